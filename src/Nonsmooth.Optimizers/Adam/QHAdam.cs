using System.Numerics;
using System.Runtime.CompilerServices;
using Nonsmooth.Optimizers.Kernels;
using Nonsmooth.Optimizers.Workers;
using Nonsmooth.Settings;

namespace Nonsmooth.Optimizers;

/// <summary>
/// Quasi-hyperbolic Adam: m and v as Adam's, with bias corrected m̂ and v̂,
/// θ ← (1−γλ)θ − γ ((1−ν₁)g + ν₁m̂) / (√((1−ν₂)g² + ν₂v̂) + ε).
/// </summary>
/// <remarks>
/// ν₁ = ν₂ = 1 is AdamW; ν₂ = 1 is DIN-AdamW with κ = 1 − ν₁. Weight decay is decoupled. States:
/// <c>exp_avg</c>, <c>exp_avg_sq</c>, 8 bytes per parameter. Ma and Yarats, "Quasi-hyperbolic momentum and Adam for deep learning", 2019.
/// </remarks>
public sealed record QHAdamOptions : AdamFamilyOptions
{
    private static readonly SettingList _settings = new(Shared);
    private static readonly Setting<double> _nu1 = _settings.Add("nu1", 0.7, Ranges.Share, "weight of the average gradient, from 0 to 1");
    private static readonly Setting<double> _nu2 = _settings.Add("nu2", 1, Ranges.Share, "weight of the average squared gradient, from 0 to 1");

    /// <summary>The optimizer's name, description and settings.</summary>
    public static OptimizerEntry Entry { get; } = new(new QHAdamOptions(), "AdamW with quasi-hyperbolic averages", DefaultRate: 1e-3);

    /// <inheritdoc/>
    public override string Name => "qhadam";

    /// <inheritdoc/>
    protected override IReadOnlyList<Setting> Own => _settings;

    /// <summary>The defaults that the authors recommend: β₁ = 0.995.</summary>
    public QHAdamOptions() => Beta1 = 0.995;

    /// <summary>ν₁ ∈ [0, 1]. Default 0.7.</summary>
    public double Nu1 { get => Get(_nu1); init => Set(_nu1, value); }

    /// <summary>ν₂ ∈ [0, 1]. Default 1.</summary>
    public double Nu2 { get => Get(_nu2); init => Set(_nu2, value); }

    /// <inheritdoc/>
    public override Optimizer Build(IReadOnlyList<ParameterSlot> slots, WorkerPool pool, Action<string>? onWarning = null) =>
        Optimizer.Create<QHAdamRule<float>, QHAdamOptions>(this, slots, pool, onWarning);
}

internal readonly struct QHAdamRule<T> : IUpdateRule<QHAdamRule<T>, T, QHAdamOptions>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T _beta1;
    private readonly T _gain;
    private readonly T _beta2;
    private readonly T _squareGain;
    private readonly T _averageWeight;
    private readonly T _gradientWeight;
    private readonly T _squareAverageWeight;
    private readonly T _squareWeight;
    private readonly T _epsilon;
    private readonly T _minusDecay;
    private readonly T _minusRate;

    private QHAdamRule(QHAdamOptions options, RuleStep at)
    {
        _beta1 = T.CreateChecked(options.Beta1);
        _gain = T.CreateChecked(1 - options.Beta1);
        _beta2 = T.CreateChecked(options.Beta2);
        _squareGain = T.CreateChecked(1 - options.Beta2);
        _averageWeight = T.CreateChecked(options.Nu1 / BiasCorrection.Of(options.Beta1, at.Count));
        _gradientWeight = T.CreateChecked(1 - options.Nu1);
        _squareAverageWeight = T.CreateChecked(options.Nu2 / BiasCorrection.Of(options.Beta2, at.Count));
        _squareWeight = T.CreateChecked(1 - options.Nu2);
        _epsilon = T.CreateChecked(options.Epsilon);
        _minusDecay = T.CreateChecked(at.Decay ? -at.Rate * options.WeightDecay : 0);
        _minusRate = T.CreateChecked(-at.Rate);
    }

    public static IReadOnlyList<string> StateNames { get; } = ["exp_avg", "exp_avg_sq"];

    public static int StateCount => 2;

    public static QHAdamRule<T> Create(QHAdamOptions options, RuleStep at) => new(options, at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Update<TLanes, TVector>(ref TVector theta, TVector gradient, ref TVector first, ref TVector second, ref TVector third)
        where TLanes : ILanes<T, TVector>
        where TVector : struct
    {
        first = TLanes.FusedMultiplyAdd(TLanes.Create(_beta1), first, TLanes.Multiply(TLanes.Create(_gain), gradient));
        TVector square = TLanes.Multiply(gradient, gradient);
        second = TLanes.FusedMultiplyAdd(TLanes.Create(_beta2), second, TLanes.Multiply(TLanes.Create(_squareGain), square));
        TVector mixed = TLanes.FusedMultiplyAdd(
            TLanes.Create(_averageWeight), first, TLanes.Multiply(TLanes.Create(_gradientWeight), gradient));
        TVector variance = TLanes.FusedMultiplyAdd(
            TLanes.Create(_squareAverageWeight), second, TLanes.Multiply(TLanes.Create(_squareWeight), square));
        TVector scaled = TLanes.Divide(mixed, TLanes.Add(TLanes.Sqrt(variance), TLanes.Create(_epsilon)));
        TVector decayed = TLanes.FusedMultiplyAdd(TLanes.Create(_minusDecay), theta, theta);
        theta = TLanes.FusedMultiplyAdd(TLanes.Create(_minusRate), scaled, decayed);
    }
}
