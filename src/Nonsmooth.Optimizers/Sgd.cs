using System.Numerics;
using System.Runtime.CompilerServices;
using Nonsmooth.Optimizers.Checks;
using Nonsmooth.Optimizers.Kernels;
using Nonsmooth.Optimizers.Workers;
using Nonsmooth.Settings;

namespace Nonsmooth.Optimizers;

/// <summary>
/// Stochastic gradient descent, with momentum by default: d = g + λθ, b ← μb + (1−τ)d, θ ← θ − γb
/// (Nesterov: θ ← θ − γ(d + μb)), b = d at first.
/// </summary>
/// <remarks>
/// Weight decay is coupled: λθ joins the gradient before the momentum, as in <c>torch.optim.SGD</c>; the
/// dampening τ is 0 by default. State: <c>momentum_buffer</c>, 4 bytes per parameter; none when μ = 0.
/// </remarks>
public sealed record SgdOptions : OptimizerOptions
{
    private static readonly SettingList _settings = new();
    private static readonly Setting<double> _momentum = _settings.Add("momentum", 0.9, Ranges.Decay, "μ, from 0 up to but not including 1");
    private static readonly Setting<double> _dampening = _settings.Add(new Setting<double>("dampening", 0, Ranges.Share, "τ, share of a gradient that does not enter the momentum, from 0 to 1")
        { CountsWhere = c => c.Get(_momentum!) != 0 });
    private static readonly Setting<bool> _nesterov = _settings.Add("nesterov", false, Ranges.Switch, "look ahead along the momentum");
    private static readonly Setting<double> _weightDecay = _settings.Add("weight-decay", 0, Ranges.NonNegative, "λ, at least 0");

    /// <summary>The optimizer's name, description and settings.</summary>
    public static OptimizerEntry Entry { get; } = new(new SgdOptions(), "gradient descent with momentum; weight decay is added to the gradient", DefaultRate: 0.1);

    /// <summary>The same with Nesterov's look-ahead switched on, under a name of its own.</summary>
    public static OptimizerEntry NesterovEntry { get; } =
        new(new SgdOptions { Nesterov = true }, "gradient descent with Nesterov momentum; sgd with nesterov=true", DefaultRate: 0.1) { Name = "nesterov" };

    /// <inheritdoc/>
    public override string Name => "sgd";

    /// <inheritdoc/>
    protected override IReadOnlyList<Setting> Own => _settings;

    /// <summary>μ ∈ [0, 1). Default 0.9; 0 keeps no state.</summary>
    public double Momentum { get => Get(_momentum); init => Set(_momentum, value); }

    /// <summary>τ ∈ [0, 1]: the momentum takes (1−τ)d, but all of the first gradient. Default 0.</summary>
    public double Dampening { get => Get(_dampening); init => Set(_dampening, value); }

    /// <summary>Nesterov's look-ahead; needs μ &gt; 0. Default false.</summary>
    public bool Nesterov { get => Get(_nesterov); init => Set(_nesterov, value); }

    /// <summary>λ ≥ 0, added to the gradient as λθ. Default 0.</summary>
    public double WeightDecay { get => Get(_weightDecay); init => Set(_weightDecay, value); }

    /// <inheritdoc/>
    public override bool KeepsStates => Momentum != 0;

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        if (Nesterov)
        {
            OptionCheck.Require(Momentum > 0, "momentum", Momentum, "a momentum above 0 with nesterov, or turn nesterov off");
        }
    }

    /// <inheritdoc/>
    /// <remarks>γ(1−τ)/(1−μ), with Nesterov γ(1 + μ(1−τ)/(1−μ)), per unit of the gradient itself.</remarks>
    public override double LongRunStep(double rate) => Momentum == 0 ? rate
        : Nesterov ? rate * (1 + (Momentum * (1 - Dampening) / (1 - Momentum))) : rate * (1 - Dampening) / (1 - Momentum);

    /// <inheritdoc/>
    public override Optimizer Build(IReadOnlyList<ParameterSlot> slots, WorkerPool pool, Action<string>? onWarning = null) =>
        Momentum == 0
            ? Optimizer.Create<GradientDescentRule<float>, SgdOptions>(this, slots, pool, onWarning)
            : Optimizer.Create<MomentumRule<float>, SgdOptions>(this, slots, pool, onWarning);
}

/// <summary>θ ← θ − γ(g + λθ), without state.</summary>
internal readonly struct GradientDescentRule<T> : IUpdateRule<GradientDescentRule<T>, T, SgdOptions>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T _minusRate;
    private readonly T _weightDecay;

    private GradientDescentRule(SgdOptions options, double rate, bool decay)
    {
        _minusRate = T.CreateChecked(-rate);
        _weightDecay = T.CreateChecked(decay ? options.WeightDecay : 0);
    }

    public static IReadOnlyList<string> StateNames { get; } = [];

    public static int StateCount => 0;

    public static GradientDescentRule<T> Create(SgdOptions options, RuleStep at) => new(options, at.Rate, at.Decay);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Update<TLanes, TVector>(ref TVector theta, TVector gradient, ref TVector first, ref TVector second, ref TVector third)
        where TLanes : ILanes<T, TVector>
        where TVector : struct
    {
        TVector direction = TLanes.FusedMultiplyAdd(TLanes.Create(_weightDecay), theta, gradient);
        theta = TLanes.FusedMultiplyAdd(TLanes.Create(_minusRate), direction, theta);
    }
}

/// <summary>Gradient descent with (Nesterov) momentum.</summary>
internal readonly struct MomentumRule<T> : IUpdateRule<MomentumRule<T>, T, SgdOptions>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T _minusRate;
    private readonly T _weightDecay;
    private readonly T _momentum;
    private readonly T _gain;
    private readonly bool _nesterov;

    private MomentumRule(SgdOptions options, RuleStep at)
    {
        _minusRate = T.CreateChecked(-at.Rate);
        _weightDecay = T.CreateChecked(at.Decay ? options.WeightDecay : 0);
        _momentum = T.CreateChecked(options.Momentum);
        _gain = T.CreateChecked(at.Count == 1 ? 1 : 1 - options.Dampening);
        _nesterov = options.Nesterov;
    }

    public static IReadOnlyList<string> StateNames { get; } = ["momentum_buffer"];

    public static int StateCount => 1;

    public static MomentumRule<T> Create(SgdOptions options, RuleStep at) => new(options, at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Update<TLanes, TVector>(ref TVector theta, TVector gradient, ref TVector first, ref TVector second, ref TVector third)
        where TLanes : ILanes<T, TVector>
        where TVector : struct
    {
        TVector direction = TLanes.FusedMultiplyAdd(TLanes.Create(_weightDecay), theta, gradient);
        first = TLanes.FusedMultiplyAdd(TLanes.Create(_momentum), first, TLanes.Multiply(TLanes.Create(_gain), direction));
        TVector move = _nesterov ? TLanes.FusedMultiplyAdd(TLanes.Create(_momentum), first, direction) : first;
        theta = TLanes.FusedMultiplyAdd(TLanes.Create(_minusRate), move, theta);
    }
}
