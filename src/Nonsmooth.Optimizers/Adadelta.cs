using System.Numerics;
using System.Runtime.CompilerServices;
using Nonsmooth.Optimizers.Kernels;
using Nonsmooth.Optimizers.Workers;
using Nonsmooth.Settings;

namespace Nonsmooth.Optimizers;

/// <summary>
/// Adadelta: d = g + λθ, v ← ρv + (1−ρ)d², Δ = √(u + ε)/√(v + ε) · d, u ← ρu + (1−ρ)Δ², θ ← θ − γΔ.
/// </summary>
/// <remarks>
/// As <c>torch.optim.Adadelta</c> and <c>optax.adadelta</c>. The first steps are about √(ε/(1−ρ)) long and find their length from there, so that the
/// rate is mostly 1. States: <c>square_avg</c>, <c>acc_delta</c>, 8 bytes per parameter. Zeiler, "ADADELTA: an adaptive learning rate method", 2012.
/// </remarks>
public sealed record AdadeltaOptions : OptimizerOptions
{
    private static readonly SettingList _settings = new();
    private static readonly Setting<double> _rho = _settings.Add("decay", 0.9, Ranges.Decay, "ρ of both averages");
    private static readonly Setting<double> _epsilon = _settings.Add("epsilon", 1e-6, Ranges.Positive, "added under both roots, above 0");
    private static readonly Setting<double> _weightDecay = _settings.Add("weight-decay", 0, Ranges.NonNegative, "λ, at least 0");

    /// <summary>The optimizer's name, description and settings.</summary>
    public static OptimizerEntry Entry { get; } = new(new AdadeltaOptions(), "steps as long as earlier ones, over the root mean square; weight decay is added to the gradient", DefaultRate: 1);

    /// <inheritdoc/>
    public override string Name => "adadelta";

    /// <inheritdoc/>
    protected override IReadOnlyList<Setting> Own => _settings;

    /// <summary>ρ ∈ [0, 1). Default 0.9.</summary>
    public double Decay { get => Get(_rho); init => Set(_rho, value); }

    /// <summary>ε &gt; 0: without it nothing would ever move. Default 1e-6.</summary>
    public double Epsilon { get => Get(_epsilon); init => Set(_epsilon, value); }

    /// <summary>λ ≥ 0, added to the gradient as λθ. Default 0.</summary>
    public double WeightDecay { get => Get(_weightDecay); init => Set(_weightDecay, value); }

    /// <inheritdoc/>
    public override Optimizer Build(IReadOnlyList<ParameterSlot> slots, WorkerPool pool, Action<string>? onWarning = null) =>
        Optimizer.Create<AdadeltaRule<float>, AdadeltaOptions>(this, slots, pool, onWarning);
}

internal readonly struct AdadeltaRule<T> : IUpdateRule<AdadeltaRule<T>, T, AdadeltaOptions>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T _rho;
    private readonly T _gain;
    private readonly T _epsilon;
    private readonly T _weightDecay;
    private readonly T _minusRate;

    private AdadeltaRule(AdadeltaOptions options, RuleStep at)
    {
        _rho = T.CreateChecked(options.Decay);
        _gain = T.CreateChecked(1 - options.Decay);
        _epsilon = T.CreateChecked(options.Epsilon);
        _weightDecay = T.CreateChecked(at.Decay ? options.WeightDecay : 0);
        _minusRate = T.CreateChecked(-at.Rate);
    }

    public static IReadOnlyList<string> StateNames { get; } = ["square_avg", "acc_delta"];

    public static int StateCount => 2;

    public static AdadeltaRule<T> Create(AdadeltaOptions options, RuleStep at) => new(options, at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Update<TLanes, TVector>(ref TVector theta, TVector gradient, ref TVector first, ref TVector second, ref TVector third)
        where TLanes : ILanes<T, TVector>
        where TVector : struct
    {
        TVector direction = TLanes.FusedMultiplyAdd(TLanes.Create(_weightDecay), theta, gradient);
        TVector gained = TLanes.Multiply(TLanes.Create(_gain), direction);
        first = TLanes.FusedMultiplyAdd(gained, direction, TLanes.Multiply(TLanes.Create(_rho), first));
        TVector past = TLanes.Sqrt(TLanes.Add(second, TLanes.Create(_epsilon)));
        TVector root = TLanes.Sqrt(TLanes.Add(first, TLanes.Create(_epsilon)));
        TVector move = TLanes.Multiply(TLanes.Divide(past, root), direction);
        second = TLanes.FusedMultiplyAdd(TLanes.Multiply(TLanes.Create(_gain), move), move, TLanes.Multiply(TLanes.Create(_rho), second));
        theta = TLanes.FusedMultiplyAdd(TLanes.Create(_minusRate), move, theta);
    }
}
