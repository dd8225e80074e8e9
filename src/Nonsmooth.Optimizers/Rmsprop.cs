using System.Numerics;
using System.Runtime.CompilerServices;
using Nonsmooth.Optimizers.Kernels;
using Nonsmooth.Optimizers.Workers;
using Nonsmooth.Settings;

namespace Nonsmooth.Optimizers;

/// <summary>
/// RMSprop: d = g + λθ, v ← αv + (1−α)d², s = d/(√v + ε), θ ← θ − γs; with momentum b ← μb + s, θ ← θ − γb.
/// </summary>
/// <remarks>
/// As <c>torch.optim.RMSprop</c>, not centred: v is not bias corrected, so the first steps are up to
/// 1/√(1−α) long, and weight decay is coupled. States: <c>square_avg</c>, and <c>momentum_buffer</c> unless
/// μ = 0: 4 or 8 bytes per parameter. Tieleman and Hinton, lecture 6.5, 2012.
/// </remarks>
public sealed record RmspropOptions : OptimizerOptions
{
    private static readonly SettingList _settings = new();
    private static readonly Setting<double> _decay = _settings.Add("decay", 0.99, Ranges.Decay, "decay of the average squared gradient");
    private static readonly Setting<double> _momentum = _settings.Add("momentum", 0, Ranges.Decay, "μ, from 0 up to but not including 1");
    private static readonly Setting<double> _epsilon = _settings.Add("epsilon", 1e-8, Ranges.NonNegative, "added to the root, at least 0");
    private static readonly Setting<double> _weightDecay = _settings.Add("weight-decay", 0, Ranges.NonNegative, "λ, at least 0");

    /// <summary>The optimizer's name, description and settings.</summary>
    public static OptimizerEntry Entry { get; } = new(new RmspropOptions(), "gradient over its root mean square; weight decay is added to the gradient", DefaultRate: 1e-2);

    /// <inheritdoc/>
    public override string Name => "rmsprop";

    /// <inheritdoc/>
    protected override IReadOnlyList<Setting> Own => _settings;

    /// <summary>α ∈ [0, 1). Default 0.99.</summary>
    public double Decay { get => Get(_decay); init => Set(_decay, value); }

    /// <summary>μ ∈ [0, 1). Default 0, which keeps no buffer.</summary>
    public double Momentum { get => Get(_momentum); init => Set(_momentum, value); }

    /// <summary>ε ≥ 0, outside the root. Default 1e-8.</summary>
    public double Epsilon { get => Get(_epsilon); init => Set(_epsilon, value); }

    /// <summary>λ ≥ 0, added to the gradient as λθ. Default 0.</summary>
    public double WeightDecay { get => Get(_weightDecay); init => Set(_weightDecay, value); }

    /// <inheritdoc/>
    /// <remarks>γ/(1−μ).</remarks>
    public override double LongRunStep(double rate) => rate / (1 - Momentum);

    /// <inheritdoc/>
    public override Optimizer Build(IReadOnlyList<ParameterSlot> slots, WorkerPool pool, Action<string>? onWarning = null) =>
        Momentum == 0
            ? Optimizer.Create<RmspropRule<float>, RmspropOptions>(this, slots, pool, onWarning)
            : Optimizer.Create<RmspropMomentumRule<float>, RmspropOptions>(this, slots, pool, onWarning);
}

internal readonly struct RmspropRule<T> : IUpdateRule<RmspropRule<T>, T, RmspropOptions>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T _decay;
    private readonly T _gain;
    private readonly T _epsilon;
    private readonly T _weightDecay;
    private readonly T _minusRate;

    private RmspropRule(RmspropOptions options, RuleStep at)
    {
        _decay = T.CreateChecked(options.Decay);
        _gain = T.CreateChecked(1 - options.Decay);
        _epsilon = T.CreateChecked(options.Epsilon);
        _weightDecay = T.CreateChecked(at.Decay ? options.WeightDecay : 0);
        _minusRate = T.CreateChecked(-at.Rate);
    }

    public static IReadOnlyList<string> StateNames { get; } = ["square_avg"];

    public static int StateCount => 1;

    public static RmspropRule<T> Create(RmspropOptions options, RuleStep at) => new(options, at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Update<TLanes, TVector>(ref TVector theta, TVector gradient, ref TVector first, ref TVector second, ref TVector third)
        where TLanes : ILanes<T, TVector>
        where TVector : struct
    {
        TVector direction = TLanes.FusedMultiplyAdd(TLanes.Create(_weightDecay), theta, gradient);
        TVector gained = TLanes.Multiply(TLanes.Create(_gain), direction);
        first = TLanes.FusedMultiplyAdd(gained, direction, TLanes.Multiply(TLanes.Create(_decay), first));
        TVector scaled = TLanes.Divide(direction, TLanes.Add(TLanes.Sqrt(first), TLanes.Create(_epsilon)));
        theta = TLanes.FusedMultiplyAdd(TLanes.Create(_minusRate), scaled, theta);
    }
}

internal readonly struct RmspropMomentumRule<T> : IUpdateRule<RmspropMomentumRule<T>, T, RmspropOptions>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T _decay;
    private readonly T _gain;
    private readonly T _epsilon;
    private readonly T _weightDecay;
    private readonly T _momentum;
    private readonly T _minusRate;

    private RmspropMomentumRule(RmspropOptions options, RuleStep at)
    {
        _decay = T.CreateChecked(options.Decay);
        _gain = T.CreateChecked(1 - options.Decay);
        _epsilon = T.CreateChecked(options.Epsilon);
        _weightDecay = T.CreateChecked(at.Decay ? options.WeightDecay : 0);
        _momentum = T.CreateChecked(options.Momentum);
        _minusRate = T.CreateChecked(-at.Rate);
    }

    public static IReadOnlyList<string> StateNames { get; } = ["square_avg", "momentum_buffer"];

    public static int StateCount => 2;

    public static RmspropMomentumRule<T> Create(RmspropOptions options, RuleStep at) => new(options, at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Update<TLanes, TVector>(ref TVector theta, TVector gradient, ref TVector first, ref TVector second, ref TVector third)
        where TLanes : ILanes<T, TVector>
        where TVector : struct
    {
        TVector direction = TLanes.FusedMultiplyAdd(TLanes.Create(_weightDecay), theta, gradient);
        TVector gained = TLanes.Multiply(TLanes.Create(_gain), direction);
        first = TLanes.FusedMultiplyAdd(gained, direction, TLanes.Multiply(TLanes.Create(_decay), first));
        TVector scaled = TLanes.Divide(direction, TLanes.Add(TLanes.Sqrt(first), TLanes.Create(_epsilon)));
        second = TLanes.FusedMultiplyAdd(TLanes.Create(_momentum), second, scaled);
        theta = TLanes.FusedMultiplyAdd(TLanes.Create(_minusRate), second, theta);
    }
}
