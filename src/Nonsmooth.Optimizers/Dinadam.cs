using System.Numerics;
using System.Runtime.CompilerServices;
using Nonsmooth.Optimizers.Checks;
using Nonsmooth.Optimizers.Kernels;
using Nonsmooth.Optimizers.Workers;
using Nonsmooth.Settings;

namespace Nonsmooth.Optimizers;

/// <summary>The sign of the damping term of <see cref="DinadamOptions"/>.</summary>
public enum DinadamSign
{
    /// <summary>m + αβg, which the ODE gives.</summary>
    Corrected,

    /// <summary>m − αβg, as the authors' code has it.</summary>
    Published,
}

/// <summary>
/// DINAdam: m ← β₁m + (1−β₁)(1−αβ)g, θ ← (1−γλ)θ − γ/((1−αβ)(1−β₁ᵗ)) · (m + αβg)/(√v/√(1−σᵗ) + ε).
/// </summary>
/// <remarks>
/// <para>
/// The sign: averaging g + b·dg/dt in Adam's way, u ← β₁u + (1−β₁)g + b(g − g₋₁), and writing u = m + cg
/// gives m the gain (1−β₁)(1−c) with c = +αβ. The authors' code has that gain and subtracts αβg
/// (<see cref="DinadamSign.Published"/>), which undoes the newest gradient instead of stressing it.
/// </para>
/// <para>
/// It also divides by 1 − αβ, which is 0 at its own defaults α = β = 1: αβ = 1 is refused here.
/// <see cref="DinAdamWOptions"/> is the same idea in AdamW's scale. States: <c>exp_avg</c>,
/// <c>exp_avg_sq</c>, 8 bytes per parameter.
/// </para>
/// </remarks>
public sealed record DinadamOptions : OptimizerOptions
{
    private static readonly SettingList _settings = new();
    private static readonly Setting<double> _alpha = _settings.Add("alpha", 0.1, Ranges.NonNegative, "viscous damping, at least 0");
    private static readonly Setting<double> _beta = _settings.Add("beta", 0.9, Ranges.Positive, "Newtonian damping, above 0");
    private static readonly Setting<DinadamSign> _sign = _settings.Add("sign", default, Ranges.OneOf<DinadamSign>(), "sign of the damping term");
    private static readonly Setting<double> _beta1 = _settings.Add("beta1", 0.9, Ranges.Decay, "decay of the average gradient");
    private static readonly Setting<double> _sigma = _settings.Add("sigma", 0.999, Ranges.Decay, "decay of the average squared gradient");
    private static readonly Setting<double> _epsilon = _settings.Add("epsilon", 1e-8, Ranges.NonNegative, "added to the root, at least 0");
    private static readonly Setting<double> _weightDecay = _settings.Add("weight-decay", 0.01, Ranges.NonNegative, "λ, at least 0");

    /// <summary>The optimizer's name, description and settings.</summary>
    public static OptimizerEntry Entry { get; } = new(new DinadamOptions(), "DINAdam with the sign of its derivation; sign=published is its authors' code", DefaultRate: 1e-3);

    /// <inheritdoc/>
    public override string Name => "dinadam";

    /// <inheritdoc/>
    protected override IReadOnlyList<Setting> Own => _settings;

    /// <summary>α ≥ 0. Default 0.1.</summary>
    public double Alpha { get => Get(_alpha); init => Set(_alpha, value); }

    /// <summary>β &gt; 0, αβ ≠ 1. Default 0.9.</summary>
    public double Beta { get => Get(_beta); init => Set(_beta, value); }

    /// <summary>Default <see cref="DinadamSign.Corrected"/>.</summary>
    public DinadamSign Sign { get => Get(_sign); init => Set(_sign, value); }

    /// <summary>β₁ ∈ [0, 1). Default 0.9.</summary>
    public double Beta1 { get => Get(_beta1); init => Set(_beta1, value); }

    /// <summary>σ ∈ [0, 1). Default 0.999.</summary>
    public double Sigma { get => Get(_sigma); init => Set(_sigma, value); }

    /// <summary>ε ≥ 0, outside the root. Default 1e-8.</summary>
    public double Epsilon { get => Get(_epsilon); init => Set(_epsilon, value); }

    /// <summary>λ ≥ 0, decoupled. Default 0.01.</summary>
    public double WeightDecay { get => Get(_weightDecay); init => Set(_weightDecay, value); }

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        OptionCheck.Require(Alpha * Beta != 1, "alpha times beta", Alpha * Beta, "a product other than 1, which this rule divides by zero at");
    }

    /// <inheritdoc/>
    /// <remarks>γ/(1−αβ), or γ(1−2αβ)/(1−αβ) with the published sign.</remarks>
    public override double LongRunStep(double rate) => Sign == DinadamSign.Published
        ? rate * (1 - (2 * Alpha * Beta)) / (1 - (Alpha * Beta))
        : rate / (1 - (Alpha * Beta));

    /// <inheritdoc/>
    public override Optimizer Build(IReadOnlyList<ParameterSlot> slots, WorkerPool pool, Action<string>? onWarning = null) =>
        Optimizer.Create<DinadamRule<float>, DinadamOptions>(this, slots, pool, onWarning);
}

internal readonly struct DinadamRule<T> : IUpdateRule<DinadamRule<T>, T, DinadamOptions>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly RootMeanSquare<T> _scaling;
    private readonly T _beta1;
    private readonly T _gain;
    private readonly T _instant;
    private readonly T _minusDecay;
    private readonly T _minusStep;

    private DinadamRule(DinadamOptions options, double rate, long step, bool decay)
    {
        double kappa = options.Alpha * options.Beta;
        _scaling = new RootMeanSquare<T>(options.Sigma, options.Epsilon, step);
        _beta1 = T.CreateChecked(options.Beta1);
        _gain = T.CreateChecked((1 - options.Beta1) * (1 - kappa));
        _instant = T.CreateChecked(options.Sign == DinadamSign.Published ? -kappa : kappa);
        _minusDecay = T.CreateChecked(decay ? -rate * options.WeightDecay : 0);
        _minusStep = T.CreateChecked(-rate / ((1 - kappa) * BiasCorrection.Of(options.Beta1, step)));
    }

    public static IReadOnlyList<string> StateNames { get; } = ["exp_avg", "exp_avg_sq"];

    public static int StateCount => 2;

    public static DinadamRule<T> Create(DinadamOptions options, RuleStep at) => new(options, at.Rate, at.Count, at.Decay);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Update<TLanes, TVector>(ref TVector theta, TVector gradient, ref TVector first, ref TVector second, ref TVector third)
        where TLanes : ILanes<T, TVector>
        where TVector : struct
    {
        first = TLanes.FusedMultiplyAdd(TLanes.Create(_beta1), first, TLanes.Multiply(TLanes.Create(_gain), gradient));
        TVector mixed = TLanes.FusedMultiplyAdd(TLanes.Create(_instant), gradient, first);
        TVector scaled = TLanes.Divide(mixed, _scaling.Denominator<TLanes, TVector>(gradient, ref second));
        TVector decayed = TLanes.FusedMultiplyAdd(TLanes.Create(_minusDecay), theta, theta);
        theta = TLanes.FusedMultiplyAdd(TLanes.Create(_minusStep), scaled, decayed);
    }
}
