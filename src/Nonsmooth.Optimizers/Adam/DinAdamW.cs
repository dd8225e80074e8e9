using System.Numerics;
using System.Runtime.CompilerServices;
using Nonsmooth.Optimizers.Kernels;
using Nonsmooth.Optimizers.Workers;
using Nonsmooth.Settings;

namespace Nonsmooth.Optimizers;

/// <summary>
/// AdamW with an instantaneous share κ of the gradient, the damping idea of DIN in Adam's order:
/// m ← β₁m + (1−β₁)g, u = (1−κ) m/(1−β₁ᵗ) + κg, θ ← (1−γλ)θ − γ u/(√v/√(1−β₂ᵗ) + ε).
/// </summary>
/// <remarks>
/// κ = 0 is AdamW; κ = 1 is AdamW with β₁ = 0; κ = 1 − β₁ weighs as NAdam does. The learning rate means
/// what it means in AdamW. States: <c>exp_avg</c>, <c>exp_avg_sq</c>, 8 bytes per parameter.
/// </remarks>
public sealed record DinAdamWOptions : AdamFamilyOptions
{
    private static readonly SettingList _settings = new(Shared);
    private static readonly Setting<double> _kappa = _settings.Add("kappa", 0.1, Ranges.NonNegative, "share of the gradient of the moment");

    /// <summary>The optimizer's name, description and settings.</summary>
    public static OptimizerEntry Entry { get; } = new(new DinAdamWOptions(), "AdamW with a share kappa of the gradient of the moment", DefaultRate: 1e-3);

    /// <inheritdoc/>
    public override string Name => "din-adamw";

    /// <inheritdoc/>
    protected override IReadOnlyList<Setting> Own => _settings;

    /// <summary>κ ≥ 0. Default 0.1. Above 1 the average gets a negative weight.</summary>
    public double Kappa { get => Get(_kappa); init => Set(_kappa, value); }

    /// <inheritdoc/>
    public override Optimizer Build(IReadOnlyList<ParameterSlot> slots, WorkerPool pool, Action<string>? onWarning = null) =>
        Optimizer.Create<DinAdamWRule<float>, DinAdamWOptions>(this, slots, pool, onWarning);
}

internal readonly struct DinAdamWRule<T> : IUpdateRule<DinAdamWRule<T>, T, DinAdamWOptions>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly RootMeanSquare<T> _scaling;
    private readonly T _beta1;
    private readonly T _gain;
    private readonly T _averageWeight;
    private readonly T _kappa;
    private readonly T _minusDecay;
    private readonly T _minusRate;

    private DinAdamWRule(DinAdamWOptions options, double rate, long step, bool decay)
    {
        _scaling = new RootMeanSquare<T>(options.Beta2, options.Epsilon, step);
        _beta1 = T.CreateChecked(options.Beta1);
        _gain = T.CreateChecked(1 - options.Beta1);
        _averageWeight = T.CreateChecked((1 - options.Kappa) / BiasCorrection.Of(options.Beta1, step));
        _kappa = T.CreateChecked(options.Kappa);
        _minusDecay = T.CreateChecked(decay ? -rate * options.WeightDecay : 0);
        _minusRate = T.CreateChecked(-rate);
    }

    public static IReadOnlyList<string> StateNames { get; } = ["exp_avg", "exp_avg_sq"];

    public static int StateCount => 2;

    public static DinAdamWRule<T> Create(DinAdamWOptions options, RuleStep at) => new(options, at.Rate, at.Count, at.Decay);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Update<TLanes, TVector>(ref TVector theta, TVector gradient, ref TVector first, ref TVector second, ref TVector third)
        where TLanes : ILanes<T, TVector>
        where TVector : struct
    {
        first = TLanes.FusedMultiplyAdd(TLanes.Create(_beta1), first, TLanes.Multiply(TLanes.Create(_gain), gradient));
        TVector mixed = TLanes.FusedMultiplyAdd(
            TLanes.Create(_averageWeight), first, TLanes.Multiply(TLanes.Create(_kappa), gradient));
        TVector scaled = TLanes.Divide(mixed, _scaling.Denominator<TLanes, TVector>(gradient, ref second));
        TVector decayed = TLanes.FusedMultiplyAdd(TLanes.Create(_minusDecay), theta, theta);
        theta = TLanes.FusedMultiplyAdd(TLanes.Create(_minusRate), scaled, decayed);
    }
}
