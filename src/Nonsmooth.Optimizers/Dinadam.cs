using System.Numerics;
using System.Runtime.CompilerServices;
using Nonsmooth.Optimizers.Kernels;
using Nonsmooth.Optimizers.Workers;

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
    /// <summary>The optimizer's name, description and settings.</summary>
    public static OptimizerEntry Entry { get; } = new OptimizerEntry<DinadamOptions>(
        "dinadam",
        "DINAdam with the sign of its derivation; sign=published is its authors' code",
        defaultRate: 1e-3,
        new DinadamOptions(),
        OptimizerSetting<DinadamOptions>.Number("alpha", "viscous damping, at least 0", o => o.Alpha, (o, v) => o with { Alpha = v }),
        OptimizerSetting<DinadamOptions>.Number("beta", "Newtonian damping, above 0", o => o.Beta, (o, v) => o with { Beta = v }),
        OptimizerSetting<DinadamOptions>.Choice("sign", "sign of the damping term", o => o.Sign, (o, v) => o with { Sign = v }),
        OptimizerSetting<DinadamOptions>.Number("beta1", "decay of the average gradient", o => o.Beta1, (o, v) => o with { Beta1 = v }),
        OptimizerSetting<DinadamOptions>.Number("sigma", "decay of the average squared gradient", o => o.Sigma, (o, v) => o with { Sigma = v }),
        OptimizerSetting<DinadamOptions>.Number("epsilon", "added to the root, at least 0", o => o.Epsilon, (o, v) => o with { Epsilon = v }),
        OptimizerSetting<DinadamOptions>.Number("weight-decay", "λ, at least 0", o => o.WeightDecay, (o, v) => o with { WeightDecay = v }));

    /// <summary>α ≥ 0. Default 0.1.</summary>
    public double Alpha { get; init; } = 0.1;

    /// <summary>β &gt; 0, αβ ≠ 1. Default 0.9.</summary>
    public double Beta { get; init; } = 0.9;

    /// <summary>Default <see cref="DinadamSign.Corrected"/>.</summary>
    public DinadamSign Sign { get; init; }

    /// <summary>β₁ ∈ [0, 1). Default 0.9.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>σ ∈ [0, 1). Default 0.999.</summary>
    public double Sigma { get; init; } = 0.999;

    /// <summary>ε ≥ 0, outside the root. Default 1e-8.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>λ ≥ 0, decoupled. Default 0.01.</summary>
    public double WeightDecay { get; init; } = 0.01;

    /// <inheritdoc/>
    public override void Validate()
    {
        OptionCheck.NonNegative("alpha", Alpha);
        OptionCheck.Positive("beta", Beta);
        OptionCheck.Decay("beta1", Beta1);
        OptionCheck.Decay("sigma", Sigma);
        OptionCheck.NonNegative("epsilon", Epsilon);
        OptionCheck.NonNegative("weight-decay", WeightDecay);
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

    /// <inheritdoc/>
    public override ReferenceOptimizer<T> Reference<T>(int length) =>
        ReferenceOptimizer<T>.Create<DinadamRule<T>, DinadamOptions>(this, length);
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
