using System.Numerics;
using System.Runtime.CompilerServices;
using Nonsmooth.Optimizers.Kernels;
using Nonsmooth.Optimizers.Workers;

namespace Nonsmooth.Optimizers;

/// <summary>
/// Adam with decoupled weight decay: m ← β₁m + (1−β₁)g, v ← β₂v + (1−β₂)g²,
/// θ ← (1−γλ)θ − γ/(1−β₁ᵗ) · m/(√v/√(1−β₂ᵗ) + ε).
/// </summary>
/// <remarks>
/// The order and the place of ε are those of <c>torch.optim.AdamW</c>. States: <c>exp_avg</c>,
/// <c>exp_avg_sq</c>, 8 bytes per parameter.
/// </remarks>
public sealed record AdamWOptions : AdamEpsilonOptions
{
    /// <summary>The optimizer's name, description and settings.</summary>
    public static OptimizerEntry Entry { get; } = new(new AdamWOptions(), "Adam with decoupled weight decay", DefaultRate: 1e-3);

    /// <inheritdoc/>
    public override string Name => "adamw";

    /// <inheritdoc/>
    public override Optimizer Build(IReadOnlyList<ParameterSlot> slots, WorkerPool pool, Action<string>? onWarning = null) =>
        Optimizer.Create<AdamWRule<float>, AdamWOptions>(this, slots, pool, onWarning);
}

internal readonly struct AdamWRule<T> : IUpdateRule<AdamWRule<T>, T, AdamWOptions>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly RootMeanSquare<T> _scaling;
    private readonly T _beta1;
    private readonly T _gain;
    private readonly T _minusDecay;
    private readonly T _minusStep;

    private AdamWRule(AdamWOptions options, double rate, long step, bool decay)
    {
        _scaling = options.Scaling<T>(step);
        _beta1 = T.CreateChecked(options.Beta1);
        _gain = T.CreateChecked(1 - options.Beta1);
        _minusDecay = T.CreateChecked(decay ? -rate * options.WeightDecay : 0);
        _minusStep = T.CreateChecked(-rate / BiasCorrection.Of(options.Beta1, step));
    }

    public static IReadOnlyList<string> StateNames { get; } = ["exp_avg", "exp_avg_sq"];

    public static int StateCount => 2;

    public static AdamWRule<T> Create(AdamWOptions options, RuleStep at) => new(options, at.Rate, at.Count, at.Decay);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Update<TLanes, TVector>(ref TVector theta, TVector gradient, ref TVector first, ref TVector second, ref TVector third)
        where TLanes : ILanes<T, TVector>
        where TVector : struct
    {
        first = TLanes.FusedMultiplyAdd(TLanes.Create(_beta1), first, TLanes.Multiply(TLanes.Create(_gain), gradient));
        TVector scaled = TLanes.Divide(first, _scaling.Denominator<TLanes, TVector>(gradient, ref second));
        TVector decayed = TLanes.FusedMultiplyAdd(TLanes.Create(_minusDecay), theta, theta);
        theta = TLanes.FusedMultiplyAdd(TLanes.Create(_minusStep), scaled, decayed);
    }
}
