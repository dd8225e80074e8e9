using System.Numerics;
using System.Runtime.CompilerServices;
using Nonsmooth.Optimizers.Kernels;
using Nonsmooth.Optimizers.Workers;
using Nonsmooth.Settings;

namespace Nonsmooth.Optimizers;

/// <summary>
/// INNAdam ("INNAprop with momentum"), for reproduction: m ← β₁m + (1−β₁)g, s = γ/(1−β₁ᵗ),
/// h = (α − 1/β)θ′ + ψ/β, ψ ← ψ − sh, θ ← θ′ − s(h + βm/(√v/√(1−σᵗ) + ε)) with θ′ = (1−γλ)θ, ψ₀ = (1−αβ)θ₀.
/// </summary>
/// <remarks>
/// The bias correction multiplies the phase step too, so early steps are longer than γ, as in the authors'
/// code. States: <c>exp_avg</c>, <c>exp_avg_sq</c>, <c>psi</c>, 12 bytes per parameter.
/// </remarks>
public sealed record InnadamOptions : OptimizerOptions
{
    private static readonly SettingList _settings = new();
    private static readonly Setting<double> _alpha = _settings.Add("alpha", 0.1, Ranges.NonNegative, "viscous damping, at least 0");
    private static readonly Setting<double> _beta = _settings.Add("beta", 0.1, Ranges.Positive, "Newtonian damping, above 0");
    private static readonly Setting<double> _beta1 = _settings.Add("beta1", 0.9, Ranges.Decay, "decay of the average gradient");
    private static readonly Setting<double> _sigma = _settings.Add("sigma", 0.999, Ranges.Decay, "decay of the average squared gradient");
    private static readonly Setting<double> _epsilon = _settings.Add("epsilon", 1e-8, Ranges.NonNegative, "added to the root, at least 0");
    private static readonly Setting<double> _weightDecay = _settings.Add("weight-decay", 0.1, Ranges.NonNegative, "λ, at least 0");

    /// <summary>The optimizer's name, description and settings.</summary>
    public static OptimizerEntry Entry { get; } = new(new InnadamOptions(), "INNAprop with momentum as its authors coded it, for reproduction", DefaultRate: 0.01);

    /// <inheritdoc/>
    public override string Name => "innadam";

    /// <inheritdoc/>
    protected override IReadOnlyList<Setting> Own => _settings;

    /// <summary>α ≥ 0. Default 0.1.</summary>
    public double Alpha { get => Get(_alpha); init => Set(_alpha, value); }

    /// <summary>β &gt; 0. Default 0.1.</summary>
    public double Beta { get => Get(_beta); init => Set(_beta, value); }

    /// <summary>β₁ ∈ [0, 1). Default 0.9.</summary>
    public double Beta1 { get => Get(_beta1); init => Set(_beta1, value); }

    /// <summary>σ ∈ [0, 1). Default 0.999.</summary>
    public double Sigma { get => Get(_sigma); init => Set(_sigma, value); }

    /// <summary>ε ≥ 0, outside the root. Default 1e-8.</summary>
    public double Epsilon { get => Get(_epsilon); init => Set(_epsilon, value); }

    /// <summary>λ ≥ 0; multiplies θ before ψ sees it. Default 0.1.</summary>
    public double WeightDecay { get => Get(_weightDecay); init => Set(_weightDecay, value); }

    /// <inheritdoc/>
    /// <remarks>γ/α; infinite where α is 0.</remarks>
    public override double LongRunStep(double rate) => rate / Alpha;

    /// <inheritdoc/>
    public override Optimizer Build(IReadOnlyList<ParameterSlot> slots, WorkerPool pool, Action<string>? onWarning = null) =>
        Optimizer.Create<InnadamRule<float>, InnadamOptions>(this, slots, pool, onWarning);
}

internal readonly struct InnadamRule<T> : IUpdateRule<InnadamRule<T>, T, InnadamOptions>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly RootMeanSquare<T> _scaling;
    private readonly EulerPhase<T> _phase;
    private readonly T _beta1;
    private readonly T _gain;
    private readonly T _minusDecay;

    private InnadamRule(InnadamOptions options, double rate, long step, bool decay)
    {
        // The decay uses the plain rate and the phase the corrected one, so the phase is given no decay.
        double corrected = rate / BiasCorrection.Of(options.Beta1, step);
        _scaling = new RootMeanSquare<T>(options.Sigma, options.Epsilon, step);
        _phase = new EulerPhase<T>(options.Alpha, options.Beta, weightDecay: 0, corrected);
        _beta1 = T.CreateChecked(options.Beta1);
        _gain = T.CreateChecked(1 - options.Beta1);
        _minusDecay = T.CreateChecked(decay ? -rate * options.WeightDecay : 0);
    }

    public static IReadOnlyList<string> StateNames { get; } = ["exp_avg", "exp_avg_sq", "psi"];

    public static int StateCount => 3;

    public static InnadamRule<T> Create(InnadamOptions options, RuleStep at) => new(options, at.Rate, at.Count, at.Decay);

    public static double InitialFactor(InnadamOptions options, int state) => state == 2 ? 1 - (options.Alpha * options.Beta) : 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Update<TLanes, TVector>(ref TVector theta, TVector gradient, ref TVector first, ref TVector second, ref TVector third)
        where TLanes : ILanes<T, TVector>
        where TVector : struct
    {
        first = TLanes.FusedMultiplyAdd(TLanes.Create(_beta1), first, TLanes.Multiply(TLanes.Create(_gain), gradient));
        TVector scaled = TLanes.Divide(first, _scaling.Denominator<TLanes, TVector>(gradient, ref second));
        theta = TLanes.FusedMultiplyAdd(TLanes.Create(_minusDecay), theta, theta);
        _phase.Advance<TLanes, TVector>(ref theta, scaled, ref third);
    }
}
