using System.Numerics;
using System.Runtime.CompilerServices;
using Nonsmooth.Optimizers.Kernels;

namespace Nonsmooth.Optimizers;

/// <summary>θ ← (1−γλ)θ − γ(m′ + βg̃), m ← (1−αγ)m′ + γ(1−αβ)g̃, with m′ = m + cθ, c = γλ(1−αβ)/β in the published decay and 0 in the decoupled.</summary>
internal readonly struct InnapropVelocityRule<T> : IUpdateRule<InnapropVelocityRule<T>, T, InnapropOptions>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly RootMeanSquare<T> _scaling;
    private readonly T _spring;
    private readonly T _minusDecay;
    private readonly T _minusRate;
    private readonly T _minusInstant;
    private readonly T _minusFriction;
    private readonly T _force;

    private InnapropVelocityRule(InnapropOptions options, double rate, long step, bool decay)
    {
        double lambda = decay ? options.WeightDecay : 0;
        (double alpha, double beta) = (options.AlphaAt(step), options.BetaAt(step));
        double inertia = 1 - (alpha * beta);
        bool published = options.DecayMode == InnapropWeightDecay.Published;
        _scaling = new RootMeanSquare<T>(options.Sigma, options.Epsilon, step);
        _spring = T.CreateChecked(published ? rate * lambda * inertia / beta : 0);
        _minusDecay = T.CreateChecked(-rate * lambda);
        _minusRate = T.CreateChecked(-rate);
        _minusInstant = T.CreateChecked(-rate * beta);
        _minusFriction = T.CreateChecked(-rate * alpha);
        _force = T.CreateChecked(rate * inertia);
    }

    public static IReadOnlyList<string> StateNames { get; } = ["exp_avg_sq", "velocity"];

    public static int StateCount => 2;

    public static InnapropVelocityRule<T> Create(InnapropOptions options, RuleStep at) => new(options, at.Rate, at.Count, at.Decay);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Update<TLanes, TVector>(ref TVector theta, TVector gradient, ref TVector first, ref TVector second, ref TVector third)
        where TLanes : ILanes<T, TVector>
        where TVector : struct
    {
        // 1 − γλ and 1 − αγ are applied as x + (−γλ)x: rounded to float32 they would lose the digits of γλ and αγ.
        TVector scaled = TLanes.Divide(gradient, _scaling.Denominator<TLanes, TVector>(gradient, ref first));
        TVector velocity = TLanes.FusedMultiplyAdd(TLanes.Create(_spring), theta, second);
        TVector moved = TLanes.FusedMultiplyAdd(TLanes.Create(_minusDecay), theta, theta);
        moved = TLanes.FusedMultiplyAdd(TLanes.Create(_minusRate), velocity, moved);
        theta = TLanes.FusedMultiplyAdd(TLanes.Create(_minusInstant), scaled, moved);
        TVector slowed = TLanes.FusedMultiplyAdd(TLanes.Create(_minusFriction), velocity, velocity);
        second = TLanes.FusedMultiplyAdd(TLanes.Create(_force), scaled, slowed);
    }
}
