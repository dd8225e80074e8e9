using System.Numerics;
using System.Runtime.CompilerServices;
using Nonsmooth.Training.Optimizers.Kernels;
using Nonsmooth.Training.Workers;

namespace Nonsmooth.Training.Optimizers;

/// <summary>
/// Adam with decoupled weight decay: m ← β₁m + (1−β₁)g, v ← β₂v + (1−β₂)g²,
/// θ ← (1−γλ)θ − γ/(1−β₁ᵗ) · m/(√v/√(1−β₂ᵗ) + ε).
/// </summary>
/// <remarks>
/// The order and the place of ε are those of <c>torch.optim.AdamW</c>. States: <c>exp_avg</c>,
/// <c>exp_avg_sq</c>, 8 bytes per parameter.
/// </remarks>
public sealed record AdamWOptions : OptimizerOptions
{
    /// <summary>The optimizer's name, description and settings.</summary>
    public static OptimizerEntry Entry { get; } = new OptimizerEntry<AdamWOptions>(
        "adamw",
        "Adam with decoupled weight decay",
        defaultRate: 1e-3,
        new AdamWOptions(),
        OptimizerSetting<AdamWOptions>.Number("beta1", "decay of the average gradient", o => o.Beta1, (o, v) => o with { Beta1 = v }),
        OptimizerSetting<AdamWOptions>.Number("beta2", "decay of the average squared gradient", o => o.Beta2, (o, v) => o with { Beta2 = v }),
        OptimizerSetting<AdamWOptions>.Number("epsilon", "added to the root, at least 0", o => o.Epsilon, (o, v) => o with { Epsilon = v }),
        OptimizerSetting<AdamWOptions>.Number("weight-decay", "λ, at least 0", o => o.WeightDecay, (o, v) => o with { WeightDecay = v }));

    /// <summary>β₁ ∈ [0, 1). Default 0.9.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>β₂ ∈ [0, 1). Default 0.999.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>ε ≥ 0, outside the root. Default 1e-8. At 0 a coordinate whose gradients were all 0 becomes NaN.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>λ ≥ 0: each step multiplies the parameter by 1 − γλ. Default 0.01.</summary>
    public double WeightDecay { get; init; } = 0.01;

    /// <inheritdoc/>
    public override void Validate()
    {
        OptionCheck.Decay("beta1", Beta1);
        OptionCheck.Decay("beta2", Beta2);
        OptionCheck.NonNegative("epsilon", Epsilon);
        OptionCheck.NonNegative("weight-decay", WeightDecay);
    }

    /// <inheritdoc/>
    public override Optimizer Build(IReadOnlyList<ParameterSlot> slots, WorkerPool pool, Action<string>? onWarning = null) =>
        Optimizer.Create<AdamWRule<float>, AdamWOptions>(this, slots, pool, onWarning);

    /// <inheritdoc/>
    public override ReferenceOptimizer<T> Reference<T>(int length) =>
        ReferenceOptimizer<T>.Create<AdamWRule<T>, AdamWOptions>(this, length);
}

internal readonly struct AdamWRule<T> : IUpdateRule<AdamWRule<T>, T, AdamWOptions>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly RootMeanSquare<T> _scaling;
    private readonly T _beta1;
    private readonly T _gain;
    private readonly T _minusDecay;
    private readonly T _minusStep;

    private AdamWRule(AdamWOptions options, double rate, long step, bool decay)
    {
        _scaling = new RootMeanSquare<T>(options.Beta2, options.Epsilon, step);
        _beta1 = T.CreateChecked(options.Beta1);
        _gain = T.CreateChecked(1 - options.Beta1);
        _minusDecay = T.CreateChecked(decay ? -rate * options.WeightDecay : 0);
        _minusStep = T.CreateChecked(-rate / BiasCorrection.Of(options.Beta1, step));
    }

    public static IReadOnlyList<string> StateNames { get; } = ["exp_avg", "exp_avg_sq"];

    public static int StateCount => 2;

    public static AdamWRule<T> Create(AdamWOptions options, double rate, long step, bool decay) => new(options, rate, step, decay);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Update<TLanes, TVector>(ref TVector theta, TVector gradient, ref TVector first, ref TVector second, ref TVector third)
        where TLanes : ILanes<T, TVector>
        where TVector : struct
    {
        first = TLanes.FusedMultiplyAdd(TLanes.Create(_beta1), first, TLanes.Multiply(TLanes.Create(_gain), gradient));
        TVector scaled = TLanes.Divide(first, _scaling.Denominator<TLanes, TVector>(gradient, ref second));
        TVector decayed = TLanes.FusedMultiplyAdd(TLanes.Create(_minusDecay), theta, theta);
        theta = TLanes.FusedMultiplyAdd(TLanes.Create(_minusStep), scaled, decayed);
    }
}
