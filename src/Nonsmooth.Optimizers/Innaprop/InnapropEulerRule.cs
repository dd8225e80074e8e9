using System.Numerics;
using System.Runtime.CompilerServices;
using Nonsmooth.Optimizers.Kernels;

namespace Nonsmooth.Optimizers;

/// <summary>Explicit Euler in (θ, ψ) along g̃: the ψ form without its division by β − γ; ψ₀ = (1−αβ)θ₀.</summary>
internal readonly struct InnapropEulerRule<T> : IUpdateRule<InnapropEulerRule<T>, T, InnapropOptions>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly RootMeanSquare<T> _scaling;
    private readonly EulerPhase<T> _phase;

    private InnapropEulerRule(InnapropOptions options, double rate, long step, bool decay)
    {
        _scaling = new RootMeanSquare<T>(options.Sigma, options.Epsilon, step);
        _phase = new EulerPhase<T>(options.Alpha, options.Beta, decay ? options.WeightDecay : 0, rate);
    }

    public static IReadOnlyList<string> StateNames { get; } = ["exp_avg_sq", "psi"];

    public static int StateCount => 2;

    public static InnapropEulerRule<T> Create(InnapropOptions options, RuleStep at) => new(options, at.Rate, at.Count, at.Decay);

    public static double InitialFactor(InnapropOptions options, int state) => state == 1 ? 1 - (options.Alpha * options.Beta) : 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Update<TLanes, TVector>(ref TVector theta, TVector gradient, ref TVector first, ref TVector second, ref TVector third)
        where TLanes : ILanes<T, TVector>
        where TVector : struct
    {
        TVector scaled = TLanes.Divide(gradient, _scaling.Denominator<TLanes, TVector>(gradient, ref first));
        _phase.Advance<TLanes, TVector>(ref theta, scaled, ref second);
    }
}
