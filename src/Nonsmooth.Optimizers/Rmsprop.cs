using Nonsmooth.Optimizers.Workers;
using Nonsmooth.Settings;

namespace Nonsmooth.Optimizers;

/// <summary>
/// RMSprop: d = g + λθ, v ← αv + (1−α)d², s = d/(√v + ε), θ ← θ − γs; with momentum b ← μb + s, θ ← θ − γb.
/// </summary>
/// <remarks>
/// As <c>torch.optim.RMSprop</c>: v is not bias corrected unless asked for, so the first steps are up to
/// 1/√(1−α) long, and weight decay is coupled. With <c>epsilon-in-root</c> and decay 0.9 as <c>optax.rmsprop</c>. Centred, v is lessened by the
/// square of an average gradient, but not below 0, where rounding could bring it. States: <c>square_avg</c>, and <c>momentum_buffer</c> unless
/// μ = 0; centred both and <c>grad_avg</c>: 4, 8 or 12 bytes per parameter. Tieleman and Hinton, lecture 6.5, 2012.
/// </remarks>
public sealed record RmspropOptions : OptimizerOptions
{
    private static readonly SettingList _settings = new();
    private static readonly Setting<double> _decay = _settings.Add("decay", 0.99, Ranges.Decay, "decay of the average squared gradient");
    private static readonly Setting<double> _momentum = _settings.Add("momentum", 0, Ranges.Decay, "μ, from 0 up to but not including 1");
    private static readonly Setting<double> _epsilon = _settings.Add("epsilon", 1e-8, Ranges.NonNegative, "added to the root, at least 0");
    private static readonly Setting<bool> _inRoot = _settings.Add("epsilon-in-root", false, Ranges.Switch, "add epsilon under the root");
    private static readonly Setting<bool> _corrected = _settings.Add("bias-correction", false, Ranges.Switch, "correct the averages' start at 0");
    private static readonly Setting<bool> _centred = _settings.Add("centred", false, Ranges.Switch, "scale by the deviation from an average gradient");
    private static readonly Setting<bool> _nesterov = _settings.Add(new Setting<bool>("nesterov", false, Ranges.Switch, "look ahead along the momentum")
        { CountsWhere = c => c.Get(_momentum!) != 0 });
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

    /// <summary>ε ≥ 0. Default 1e-8.</summary>
    public double Epsilon { get => Get(_epsilon); init => Set(_epsilon, value); }

    /// <summary>√(v + ε) instead of √v + ε. Default false.</summary>
    public bool EpsilonInRoot { get => Get(_inRoot); init => Set(_inRoot, value); }

    /// <summary>v/(1−αᵗ) instead of v. Default false.</summary>
    public bool CorrectsBias { get => Get(_corrected); init => Set(_corrected, value); }

    /// <summary>v − m² instead of v, m the average gradient with the same decay. A gradient that lasts then makes steps long without bound but ε. Default false.</summary>
    public bool Centred { get => Get(_centred); init => Set(_centred, value); }

    /// <summary>θ ← θ − γ(s + μb); nothing without momentum. Default false.</summary>
    public bool Nesterov { get => Get(_nesterov); init => Set(_nesterov, value); }

    /// <summary>λ ≥ 0, added to the gradient as λθ. Default 0.</summary>
    public double WeightDecay { get => Get(_weightDecay); init => Set(_weightDecay, value); }

    /// <inheritdoc/>
    /// <remarks>γ/(1−μ).</remarks>
    public override double LongRunStep(double rate) => rate / (1 - Momentum);

    /// <inheritdoc/>
    public override Optimizer Build(IReadOnlyList<ParameterSlot> slots, WorkerPool pool, Action<string>? onWarning = null) =>
        Centred ? Optimizer.Create<RmspropCentredRule<float>, RmspropOptions>(this, slots, pool, onWarning)
            : Momentum == 0 ? Optimizer.Create<RmspropRule<float>, RmspropOptions>(this, slots, pool, onWarning)
            : Optimizer.Create<RmspropMomentumRule<float>, RmspropOptions>(this, slots, pool, onWarning);
}
