using System.Numerics;
using System.Runtime.CompilerServices;
using Nonsmooth.Optimizers.Kernels;
using Nonsmooth.Optimizers.Workers;
using Nonsmooth.Settings;

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
    private static readonly SettingList _settings = new();
    private static readonly Setting<double> _beta1 = _settings.Add("beta1", 0.9, Ranges.Decay, "weight of the average in the direction");
    private static readonly Setting<double> _beta2 = _settings.Add("beta2", 0.99, Ranges.Decay, "decay of the average gradient");
    private static readonly Setting<double> _weightDecay = _settings.Add("weight-decay", 0.1, Ranges.NonNegative, "λ, at least 0");

    /// <summary>The optimizer's name, description and settings.</summary>
    public static OptimizerEntry Entry { get; } = new(new LionOptions(), "sign of a momentum, with decoupled weight decay", DefaultRate: 1e-4);

    /// <inheritdoc/>
    public override string Name => "lion";

    /// <inheritdoc/>
    protected override IReadOnlyList<Setting> Own => _settings;

    /// <summary>β₁ ∈ [0, 1). Default 0.9.</summary>
    public double Beta1 { get => Get(_beta1); init => Set(_beta1, value); }

    /// <summary>β₂ ∈ [0, 1). Default 0.99.</summary>
    public double Beta2 { get => Get(_beta2); init => Set(_beta2, value); }

    /// <summary>λ ≥ 0, decoupled. Default 0.1.</summary>
    public double WeightDecay { get => Get(_weightDecay); init => Set(_weightDecay, value); }

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
