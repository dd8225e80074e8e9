using Nonsmooth.Optimizers.Schedules;
using Nonsmooth.Optimizers.Workers;
using Nonsmooth.Settings;

namespace Nonsmooth.Optimizers;

/// <summary>
/// INNAprop: inertia with Newton-like damping on RMS-scaled gradients,
/// θ̈ + αθ̇ + β d/dt g̃ + g̃ = 0 with g̃ = g/(√v/√(1−σᵗ) + ε).
/// </summary>
/// <remarks>
/// <para>
/// In the velocity form: θ ← (1−γλ)θ − γ(m + βg̃), m ← (1−αγ)m + γ(1−αβ)g̃, m₀ = 0. The published weight
/// decay first adds γλ(1−αβ)/β·θ to m. States: <c>exp_avg_sq</c> and <c>velocity</c> (or what the form
/// keeps), 8 bytes per parameter.
/// </para>
/// <para>
/// The long-run step per unit of g̃ is η = γ/α and the instantaneous one γβ, so equal rates are not equal
/// step sizes: (α, β) = (0.1, 0.9) moves ten times further than AdamW at the same rate, (2, 2) half as far.
/// αβ = 1 is AdamW with β₁ = 0, rate γβ and weight decay λ/β.
/// </para>
/// <para>Bolte, Boustany, Pauwels, Purica, "A second-order-like optimizer with adaptive gradient scaling for deep learning", 2024.</para>
/// </remarks>
public sealed record InnapropOptions : OptimizerOptions
{
    private static readonly SettingList _settings = new();
    private static readonly Setting<double> _alpha = _settings.Add(new Setting<double>("alpha", 0.1, Ranges.NonNegative, "viscous damping, at least 0") { CountsWhere = c => c.Get(_alphaSchedule!) is null });
    private static readonly Setting<double> _beta = _settings.Add(new Setting<double>("beta", 0.9, Ranges.Positive, "Newtonian damping, above 0") { CountsWhere = c => c.Get(_betaSchedule!) is null });
    private static readonly Setting<IRateSchedule?> _alphaSchedule = _settings.Add(new Setting<IRateSchedule?>("alpha-schedule", null, ScheduleText.Range, "alpha over the steps, e.g. linear:0.1:2:1000") { Example = "linear:0.1:2:1000" });
    private static readonly Setting<IRateSchedule?> _betaSchedule = _settings.Add(new Setting<IRateSchedule?>("beta-schedule", null, ScheduleText.Range, "beta over the steps") { Example = "0.5" });
    private static readonly Setting<double> _sigma = _settings.Add("sigma", 0.999, Ranges.Decay, "decay of the average squared gradient");
    private static readonly Setting<double> _epsilon = _settings.Add("epsilon", 1e-8, Ranges.NonNegative, "added to the root, at least 0");
    private static readonly Setting<double> _weightDecay = _settings.Add("weight-decay", 0.01, Ranges.NonNegative, "λ, at least 0");
    private static readonly Setting<InnapropWeightDecay> _decayMode = _settings.Add(new Setting<InnapropWeightDecay>("decay-mode", default, Ranges.OneOf<InnapropWeightDecay>(), "how weight decay acts") { CountsWhere = c => c.Get(_weightDecay) != 0 });
    private static readonly Setting<InnapropForm> _form = _settings.Add("form", default, Ranges.OneOf<InnapropForm>(), "which variables are kept");

    /// <summary>The optimizer's name, description and settings.</summary>
    public static OptimizerEntry Entry { get; } = new(new InnapropOptions(), "inertia with Newton-like damping on RMS-scaled gradients", DefaultRate: 1e-3);

    /// <inheritdoc/>
    public override string Name => "innaprop";

    /// <inheritdoc/>
    protected override IReadOnlyList<Setting> Own => _settings;

    /// <summary>The authors' defaults with the weight decay they published.</summary>
    public static InnapropOptions Published { get; } = new() { DecayMode = InnapropWeightDecay.Published };

    /// <summary>α ≥ 0, in 1/time; αγ must stay below 2. Default 0.1.</summary>
    public double Alpha { get => Get(_alpha); init => Set(_alpha, value); }

    /// <summary>β &gt; 0, in time; rates above it are stable for small curvature only, and warned of. Default 0.9.</summary>
    public double Beta { get => Get(_beta); init => Set(_beta, value); }

    /// <summary>
    /// α as a function of the step, in place of <see cref="Alpha"/>; null, the default, for none. For the
    /// velocity form only: the others would turn a change of α or β into a push.
    /// </summary>
    public IRateSchedule? AlphaSchedule { get => Get(_alphaSchedule); init => Set(_alphaSchedule, value); }

    /// <summary>β as a function of the step, in place of <see cref="Beta"/>; null, the default, for none.</summary>
    public IRateSchedule? BetaSchedule { get => Get(_betaSchedule); init => Set(_betaSchedule, value); }

    /// <summary>σ ∈ [0, 1). Default 0.999. At 0, g̃ = g/(|g| + ε).</summary>
    public double Sigma { get => Get(_sigma); init => Set(_sigma, value); }

    /// <summary>ε ≥ 0, outside the root. Default 1e-8. At 0 a coordinate whose gradients were all 0 becomes NaN.</summary>
    public double Epsilon { get => Get(_epsilon); init => Set(_epsilon, value); }

    /// <summary>λ ≥ 0. Default 0.01.</summary>
    public double WeightDecay { get => Get(_weightDecay); init => Set(_weightDecay, value); }

    /// <summary>Default <see cref="InnapropWeightDecay.Decoupled"/>.</summary>
    public InnapropWeightDecay DecayMode { get => Get(_decayMode); init => Set(_decayMode, value); }

    /// <summary>Default <see cref="InnapropForm.Velocity"/>.</summary>
    public InnapropForm Form { get => Get(_form); init => Set(_form, value); }

    /// <summary>As <see cref="DampingView.FromAdamW"/>.</summary>
    /// <exception cref="NonsmoothException">A number is out of its range.</exception>
    public static (InnapropOptions Options, double Rate) FromAdamW(double rate, double beta1 = 0.9, bool nesterov = false)
    {
        (InnapropOptions options, double gamma) = DampingView.FromAdamW(rate, beta1, nesterov).ToOptions();

        // κ/α is γ up to a rounding, and a rate that is above β by one would be warned of.
        return (options with { Beta = nesterov ? gamma * (1 + beta1) : gamma }, gamma);
    }

    /// <summary>α at a step; the first is 1.</summary>
    public double AlphaAt(long step) => AlphaSchedule?.RateAt(step) ?? Alpha;

    /// <summary>β at a step; the first is 1.</summary>
    public double BetaAt(long step) => BetaSchedule?.RateAt(step) ?? Beta;

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        if (Form != InnapropForm.Velocity && (AlphaSchedule ?? BetaSchedule) is not null)
        {
            throw new NonsmoothException(
                $"alpha or beta has a schedule, which pushes the weights in form {Form}: give form {InnapropForm.Velocity} or no schedule".ToLowerInvariant());
        }

        InnapropWeightDecay only = Form == InnapropForm.Average ? InnapropWeightDecay.Decoupled : InnapropWeightDecay.Published;
        if (Form != InnapropForm.Velocity && WeightDecay != 0 && DecayMode != only)
        {
            throw new NonsmoothException(
                $"form is {Form}, whose weight decay is {only} only: give decay-mode {only}, weight-decay 0 or form {InnapropForm.Velocity}"
                    .ToLowerInvariant());
        }
    }

    /// <inheritdoc/>
    /// <remarks>Also αγ ≥ 2, which diverges, and γ = β in the ψ form, which divides by β − γ.</remarks>
    public override void ValidateRate(double rate)
    {
        base.ValidateRate(rate);
        InnapropStability.Validate(this, rate, step: 1);
    }

    /// <inheritdoc/>
    /// <remarks>With the α and β of the step.</remarks>
    public override void ValidateStep(double rate, long step)
    {
        base.ValidateRate(rate);
        InnapropStability.Validate(this, rate, step);
    }

    /// <inheritdoc/>
    public override string? WarningFor(double rate) => InnapropStability.WarningFor(this, rate);

    /// <inheritdoc/>
    /// <remarks>γ/α, as <see cref="DampingView.Eta"/>, with the α of the first step; infinite where that is 0.</remarks>
    public override double LongRunStep(double rate) => rate / AlphaAt(1);

    /// <inheritdoc/>
    public override Optimizer Build(IReadOnlyList<ParameterSlot> slots, WorkerPool pool, Action<string>? onWarning = null) => Form switch
    {
        InnapropForm.Velocity => Optimizer.Create<InnapropVelocityRule<float>, InnapropOptions>(this, slots, pool, onWarning),
        InnapropForm.Psi => Optimizer.Create<InnapropPsiRule<float>, InnapropOptions>(this, slots, pool, onWarning),
        InnapropForm.Euler => Optimizer.Create<InnapropEulerRule<float>, InnapropOptions>(this, slots, pool, onWarning),
        _ => Optimizer.Create<InnapropAverageRule<float>, InnapropOptions>(this, slots, pool, onWarning),
    };
}
