using System.Numerics;
using System.Runtime.CompilerServices;
using Nonsmooth.Optimizers.Kernels;
using Nonsmooth.Optimizers.Workers;
using Nonsmooth.Settings;

namespace Nonsmooth.Optimizers;

/// <summary>
/// AdamW with a fast and a slow average gradient: m₁ ← β₁m₁ + (1−β₁)g, m₂ ← β₃m₂ + (1−β₃)g,
/// v ← β₂v + (1−β₂)g², θ ← (1−γλ)θ − γ (m₁/(1−β₁ᵗ) + αm₂) / (√v/√(1−β₂ᵗ) + ε).
/// </summary>
/// <remarks>
/// The slow average is not bias corrected. With a warm-up of T steps α rises linearly from 0 and β₃ from β₁
/// so that its half-life does nearly so. States: <c>exp_avg</c>, <c>exp_avg_sq</c>, <c>exp_avg_slow</c>,
/// 12 bytes per parameter. Pagliardini, Ablin, Grangier, "The AdEMAMix optimizer: better, faster, older", 2024.
/// </remarks>
public sealed record AdEMAMixOptions : AdamFamilyOptions
{
    private static readonly SettingList _settings = new(Shared);
    private static readonly Setting<double> _beta3 = _settings.Add("beta3", 0.9999, Ranges.Decay, "decay of the slow average gradient");
    private static readonly Setting<double> _alpha = _settings.Add("alpha", 5, Ranges.NonNegative, "weight of the slow average, at least 0");
    private static readonly Setting<double> _rise = _settings.Add(new Setting<double>("rise", 0, Ranges.NonNegative, "steps in which alpha and beta3 rise, 0 for none")
        { Counts = c => Ranges.Finite.Print(c.Get(_rise!) > 1 ? c.Get(_rise!) : 0), Example = "3" });

    /// <summary>The optimizer's name, description and settings.</summary>
    public static OptimizerEntry Entry { get; } = new(new AdEMAMixOptions(), "AdamW with a second, much slower average gradient", DefaultRate: 1e-3);

    /// <inheritdoc/>
    public override string Name => "ademamix";

    /// <inheritdoc/>
    protected override IReadOnlyList<Setting> Own => _settings;

    /// <summary>β₃ ∈ [0, 1). Default 0.9999.</summary>
    public double Beta3 { get => Get(_beta3); init => Set(_beta3, value); }

    /// <summary>α ≥ 0. Default 5.</summary>
    public double Alpha { get => Get(_alpha); init => Set(_alpha, value); }

    /// <summary>T ≥ 0, in steps. Default 0: α and β₃ are there from the start. The authors use the length of the run.</summary>
    public double Rise { get => Get(_rise); init => Set(_rise, value); }

    /// <inheritdoc/>
    /// <remarks>γ(1+α), once the slow average is full.</remarks>
    public override double LongRunStep(double rate) => rate * (1 + Alpha);

    /// <inheritdoc/>
    public override Optimizer Build(IReadOnlyList<ParameterSlot> slots, WorkerPool pool, Action<string>? onWarning = null) =>
        Optimizer.Create<AdEMAMixRule<float>, AdEMAMixOptions>(this, slots, pool, onWarning);
}

internal readonly struct AdEMAMixRule<T> : IUpdateRule<AdEMAMixRule<T>, T, AdEMAMixOptions>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly RootMeanSquare<T> _scaling;
    private readonly T _beta1;
    private readonly T _gain;
    private readonly T _beta3;
    private readonly T _slowGain;
    private readonly T _fastWeight;
    private readonly T _slowWeight;
    private readonly T _minusDecay;
    private readonly T _minusRate;

    private AdEMAMixRule(AdEMAMixOptions options, RuleStep at)
    {
        _scaling = new RootMeanSquare<T>(options.Beta2, options.Epsilon, at.Count);
        _beta1 = T.CreateChecked(options.Beta1);
        _gain = T.CreateChecked(1 - options.Beta1);
        double progress = options.Rise > 0 ? Math.Min(1, at.Count / options.Rise) : 1;
        double beta3 = progress < 1 ? Rising(options.Beta1, options.Beta3, progress) : options.Beta3;
        _beta3 = T.CreateChecked(beta3);
        _slowGain = T.CreateChecked(1 - beta3);
        _fastWeight = T.CreateChecked(1 / BiasCorrection.Of(options.Beta1, at.Count));
        _slowWeight = T.CreateChecked(options.Alpha * progress);
        _minusDecay = T.CreateChecked(at.Decay ? -at.Rate * options.WeightDecay : 0);
        _minusRate = T.CreateChecked(-at.Rate);
    }

    public static IReadOnlyList<string> StateNames { get; } = ["exp_avg", "exp_avg_sq", "exp_avg_slow"];

    public static int StateCount => 3;

    /// <summary>Between two decays, linear in 1/ln β and never above the second.</summary>
    private static double Rising(double from, double to, double progress) =>
        Math.Min(to, Math.Exp(1 / (((1 - progress) / Math.Log(from)) + (progress / Math.Log(to)))));

    public static AdEMAMixRule<T> Create(AdEMAMixOptions options, RuleStep at) => new(options, at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Update<TLanes, TVector>(ref TVector theta, TVector gradient, ref TVector first, ref TVector second, ref TVector third)
        where TLanes : ILanes<T, TVector>
        where TVector : struct
    {
        first = TLanes.FusedMultiplyAdd(TLanes.Create(_beta1), first, TLanes.Multiply(TLanes.Create(_gain), gradient));
        third = TLanes.FusedMultiplyAdd(TLanes.Create(_beta3), third, TLanes.Multiply(TLanes.Create(_slowGain), gradient));
        TVector mixed = TLanes.FusedMultiplyAdd(
            TLanes.Create(_slowWeight), third, TLanes.Multiply(TLanes.Create(_fastWeight), first));
        TVector scaled = TLanes.Divide(mixed, _scaling.Denominator<TLanes, TVector>(gradient, ref second));
        TVector decayed = TLanes.FusedMultiplyAdd(TLanes.Create(_minusDecay), theta, theta);
        theta = TLanes.FusedMultiplyAdd(TLanes.Create(_minusRate), scaled, decayed);
    }
}
