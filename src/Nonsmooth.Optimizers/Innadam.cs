using System.Numerics;
using System.Runtime.CompilerServices;
using Nonsmooth.Optimizers.Kernels;
using Nonsmooth.Optimizers.Workers;

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
    /// <summary>The optimizer's name, description and settings.</summary>
    public static OptimizerEntry Entry { get; } = new OptimizerEntry<InnadamOptions>(
        "innadam",
        "INNAprop with momentum as its authors coded it, for reproduction",
        defaultRate: 0.01,
        new InnadamOptions(),
        OptimizerSetting<InnadamOptions>.Number("alpha", "viscous damping, at least 0", o => o.Alpha, (o, v) => o with { Alpha = v }),
        OptimizerSetting<InnadamOptions>.Number("beta", "Newtonian damping, above 0", o => o.Beta, (o, v) => o with { Beta = v }),
        OptimizerSetting<InnadamOptions>.Number("beta1", "decay of the average gradient", o => o.Beta1, (o, v) => o with { Beta1 = v }),
        OptimizerSetting<InnadamOptions>.Number("sigma", "decay of the average squared gradient", o => o.Sigma, (o, v) => o with { Sigma = v }),
        OptimizerSetting<InnadamOptions>.Number("epsilon", "added to the root, at least 0", o => o.Epsilon, (o, v) => o with { Epsilon = v }),
        OptimizerSetting<InnadamOptions>.Number("weight-decay", "λ, at least 0", o => o.WeightDecay, (o, v) => o with { WeightDecay = v }));

    /// <summary>α ≥ 0. Default 0.1.</summary>
    public double Alpha { get; init; } = 0.1;

    /// <summary>β &gt; 0. Default 0.1.</summary>
    public double Beta { get; init; } = 0.1;

    /// <summary>β₁ ∈ [0, 1). Default 0.9.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>σ ∈ [0, 1). Default 0.999.</summary>
    public double Sigma { get; init; } = 0.999;

    /// <summary>ε ≥ 0, outside the root. Default 1e-8.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>λ ≥ 0; multiplies θ before ψ sees it. Default 0.1.</summary>
    public double WeightDecay { get; init; } = 0.1;

    /// <inheritdoc/>
    public override void Validate()
    {
        OptionCheck.NonNegative("alpha", Alpha);
        OptionCheck.Positive("beta", Beta);
        OptionCheck.Decay("beta1", Beta1);
        OptionCheck.Decay("sigma", Sigma);
        OptionCheck.NonNegative("epsilon", Epsilon);
        OptionCheck.NonNegative("weight-decay", WeightDecay);
    }

    /// <inheritdoc/>
    /// <remarks>γ/α; infinite where α is 0.</remarks>
    public override double LongRunStep(double rate) => rate / Alpha;

    /// <inheritdoc/>
    public override Optimizer Build(IReadOnlyList<ParameterSlot> slots, WorkerPool pool, Action<string>? onWarning = null) =>
        Optimizer.Create<InnadamRule<float>, InnadamOptions>(this, slots, pool, onWarning);

    /// <inheritdoc/>
    public override ReferenceOptimizer<T> Reference<T>(int length) =>
        ReferenceOptimizer<T>.Create<InnadamRule<T>, InnadamOptions>(this, length);
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
