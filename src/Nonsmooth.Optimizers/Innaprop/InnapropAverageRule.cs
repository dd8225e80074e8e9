using System.Numerics;
using System.Runtime.CompilerServices;
using Nonsmooth.Optimizers.Kernels;

namespace Nonsmooth.Optimizers;

/// <summary>
/// The authors' second version: s = 1−αγ, e ← se + γ²(1−αβ)/s·g̃, θ ← (1−γλ)θ − e − γ(β−γ)/s·g̃, e₀ = 0.
/// </summary>
internal readonly struct InnapropAverageRule<T> : IUpdateRule<InnapropAverageRule<T>, T, InnapropOptions>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly RootMeanSquare<T> _scaling;
    private readonly T _minusDecay;
    private readonly T _minusFriction;
    private readonly T _gain;
    private readonly T _minusInstant;

    private InnapropAverageRule(InnapropOptions options, double rate, long step, bool decay)
    {
        (double alpha, double beta) = (options.Alpha, options.Beta);
        double kept = 1 - (alpha * rate);
        _scaling = new RootMeanSquare<T>(options.Sigma, options.Epsilon, step);
        _minusDecay = T.CreateChecked(decay ? -rate * options.WeightDecay : 0);
        _minusFriction = T.CreateChecked(-alpha * rate);
        _gain = T.CreateChecked(rate * rate * (1 - (alpha * beta)) / kept);
        _minusInstant = T.CreateChecked(-rate * (beta - rate) / kept);
    }

    public static IReadOnlyList<string> StateNames { get; } = ["exp_avg_sq", "average"];

    public static int StateCount => 2;

    public static InnapropAverageRule<T> Create(InnapropOptions options, RuleStep at) => new(options, at.Rate, at.Count, at.Decay);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Update<TLanes, TVector>(ref TVector theta, TVector gradient, ref TVector first, ref TVector second, ref TVector third)
        where TLanes : ILanes<T, TVector>
        where TVector : struct
    {
        TVector scaled = TLanes.Divide(gradient, _scaling.Denominator<TLanes, TVector>(gradient, ref first));
        TVector slowed = TLanes.FusedMultiplyAdd(TLanes.Create(_minusFriction), second, second);
        second = TLanes.FusedMultiplyAdd(TLanes.Create(_gain), scaled, slowed);
        TVector decayed = TLanes.FusedMultiplyAdd(TLanes.Create(_minusDecay), theta, theta);
        TVector moved = TLanes.FusedMultiplyAdd(TLanes.Create(_minusInstant), scaled, decayed);
        theta = TLanes.FusedMultiplyAdd(TLanes.Create(T.NegativeOne), second, moved);
    }
}
