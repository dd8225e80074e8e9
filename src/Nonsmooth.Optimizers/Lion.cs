using System.Numerics;
using System.Runtime.CompilerServices;
using Nonsmooth.Optimizers.Kernels;
using Nonsmooth.Optimizers.Workers;

namespace Nonsmooth.Optimizers;

/// <summary>
/// Lion: u = sign(β₁m + (1−β₁)g), θ ← (1−γλ)θ − γu, m ← β₂m + (1−β₂)g; sign(0) = 0 and sign(NaN) = NaN.
/// </summary>
/// <remarks>
/// Every step moves every coordinate by γ, so rates are 3 to 10 times lower than AdamW's and weight decay
/// as much higher. State: <c>exp_avg</c>, 4 bytes per parameter. Chen et al., "Symbolic discovery of optimization algorithms", 2023.
/// </remarks>
public sealed record LionOptions : OptimizerOptions
{
    /// <summary>The optimizer's name, description and settings.</summary>
    public static OptimizerEntry Entry { get; } = new OptimizerEntry<LionOptions>(
        "lion",
        "sign of a momentum, with decoupled weight decay",
        defaultRate: 1e-4,
        new LionOptions(),
        OptimizerSetting<LionOptions>.Number("beta1", "weight of the average in the direction", o => o.Beta1, (o, v) => o with { Beta1 = v }),
        OptimizerSetting<LionOptions>.Number("beta2", "decay of the average gradient", o => o.Beta2, (o, v) => o with { Beta2 = v }),
        OptimizerSetting<LionOptions>.Number("weight-decay", "λ, at least 0", o => o.WeightDecay, (o, v) => o with { WeightDecay = v }));

    /// <summary>β₁ ∈ [0, 1). Default 0.9.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>β₂ ∈ [0, 1). Default 0.99.</summary>
    public double Beta2 { get; init; } = 0.99;

    /// <summary>λ ≥ 0, decoupled. Default 0.1.</summary>
    public double WeightDecay { get; init; } = 0.1;

    /// <inheritdoc/>
    public override void Validate()
    {
        OptionCheck.Decay("beta1", Beta1);
        OptionCheck.Decay("beta2", Beta2);
        OptionCheck.NonNegative("weight-decay", WeightDecay);
    }

    /// <inheritdoc/>
    public override void ValidateRate(double rate)
    {
        base.ValidateRate(rate);
        DecoupledDecay.Validate(rate, WeightDecay);
    }

    /// <inheritdoc/>
    public override string? WarningFor(double rate) => DecoupledDecay.WarningFor(rate, WeightDecay);

    /// <inheritdoc/>
    public override Optimizer Build(IReadOnlyList<ParameterSlot> slots, WorkerPool pool, Action<string>? onWarning = null) =>
        Optimizer.Create<LionRule<float>, LionOptions>(this, slots, pool, onWarning);

    /// <inheritdoc/>
    public override ReferenceOptimizer<T> Reference<T>(int length) =>
        ReferenceOptimizer<T>.Create<LionRule<T>, LionOptions>(this, length);
}

internal readonly struct LionRule<T> : IUpdateRule<LionRule<T>, T, LionOptions>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T _weight;
    private readonly T _instant;
    private readonly T _decay;
    private readonly T _gain;
    private readonly T _minusDecay;
    private readonly T _minusRate;

    private LionRule(LionOptions options, RuleStep at)
    {
        _weight = T.CreateChecked(options.Beta1);
        _instant = T.CreateChecked(1 - options.Beta1);
        _decay = T.CreateChecked(options.Beta2);
        _gain = T.CreateChecked(1 - options.Beta2);
        _minusDecay = T.CreateChecked(at.Decay ? -at.Rate * options.WeightDecay : 0);
        _minusRate = T.CreateChecked(-at.Rate);
    }

    public static IReadOnlyList<string> StateNames { get; } = ["exp_avg"];

    public static int StateCount => 1;

    public static LionRule<T> Create(LionOptions options, RuleStep at) => new(options, at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Update<TLanes, TVector>(ref TVector theta, TVector gradient, ref TVector first, ref TVector second, ref TVector third)
        where TLanes : ILanes<T, TVector>
        where TVector : struct
    {
        TVector mixed = TLanes.FusedMultiplyAdd(TLanes.Create(_weight), first, TLanes.Multiply(TLanes.Create(_instant), gradient));
        TVector decayed = TLanes.FusedMultiplyAdd(TLanes.Create(_minusDecay), theta, theta);
        theta = TLanes.FusedMultiplyAdd(TLanes.Create(_minusRate), LaneMath.Sign<T, TLanes, TVector>(mixed), decayed);
        first = TLanes.FusedMultiplyAdd(TLanes.Create(_decay), first, TLanes.Multiply(TLanes.Create(_gain), gradient));
    }
}
