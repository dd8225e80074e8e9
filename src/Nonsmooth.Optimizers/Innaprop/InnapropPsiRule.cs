using System.Numerics;
using System.Runtime.CompilerServices;
using Nonsmooth.Optimizers.Kernels;

namespace Nonsmooth.Optimizers;

/// <summary>
/// The authors' form: θ′ = (1−γλ)θ, ψ ← (1 − γ/β)ψ + γ(1/β − α)θ′,
/// θ ← (1 + γ(1−αβ)/(β−γ))θ′ − γ/(β−γ)ψ − γβg̃ with the new ψ; ψ₀ = (1−αβ)θ₀.
/// </summary>
/// <remarks>
/// Both lines move by the gap ψ − (1−αβ)θ′, and are computed from it: a small difference of two numbers
/// of the weights' size, which the lines as written above would round twice.
/// </remarks>
internal readonly struct InnapropPsiRule<T> : IUpdateRule<InnapropPsiRule<T>, T, InnapropOptions>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly RootMeanSquare<T> _scaling;
    private readonly T _minusDecay;
    private readonly T _minusInertia;
    private readonly T _minusPsiPull;
    private readonly T _minusPull;
    private readonly T _minusInstant;

    private InnapropPsiRule(InnapropOptions options, double rate, long step, bool decay)
    {
        (double alpha, double beta) = (options.Alpha, options.Beta);
        _scaling = new RootMeanSquare<T>(options.Sigma, options.Epsilon, step);
        _minusDecay = T.CreateChecked(decay ? -rate * options.WeightDecay : 0);
        _minusInertia = T.CreateChecked((alpha * beta) - 1);
        _minusPsiPull = T.CreateChecked(-rate / beta);
        _minusPull = T.CreateChecked(-rate / (beta - rate));
        _minusInstant = T.CreateChecked(-rate * beta);
    }

    public static IReadOnlyList<string> StateNames { get; } = ["exp_avg_sq", "psi"];

    public static int StateCount => 2;

    public static InnapropPsiRule<T> Create(InnapropOptions options, RuleStep at) => new(options, at.Rate, at.Count, at.Decay);

    public static double InitialFactor(InnapropOptions options, int state) => state == 1 ? 1 - (options.Alpha * options.Beta) : 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Update<TLanes, TVector>(ref TVector theta, TVector gradient, ref TVector first, ref TVector second, ref TVector third)
        where TLanes : ILanes<T, TVector>
        where TVector : struct
    {
        TVector scaled = TLanes.Divide(gradient, _scaling.Denominator<TLanes, TVector>(gradient, ref first));
        TVector decayed = TLanes.FusedMultiplyAdd(TLanes.Create(_minusDecay), theta, theta);
        TVector oldGap = TLanes.FusedMultiplyAdd(TLanes.Create(_minusInertia), decayed, second);
        second = TLanes.FusedMultiplyAdd(TLanes.Create(_minusPsiPull), oldGap, second);
        TVector gap = TLanes.FusedMultiplyAdd(TLanes.Create(_minusInertia), decayed, second);
        TVector pulled = TLanes.FusedMultiplyAdd(TLanes.Create(_minusPull), gap, decayed);
        theta = TLanes.FusedMultiplyAdd(TLanes.Create(_minusInstant), scaled, pulled);
    }
}
