using System.Numerics;
using System.Runtime.CompilerServices;
using Nonsmooth.Optimizers.Checks;
using Nonsmooth.Optimizers.Kernels;
using Nonsmooth.Optimizers.Workers;

namespace Nonsmooth.Optimizers;

/// <summary>
/// Schedule-free AdamW: gradients are taken at y = (1−β₁)z + β₁x. With d = g/(√v/√(1−β₂ᵗ) + ε) + λy and
/// c = γₜ²/Σγ², z ← z − γd and x ← (1−c)x + cz. The parameters in training are y, those to evaluate x.
/// </summary>
/// <remarks>
/// <para>
/// Evaluate within <see cref="Optimizer.UseEvaluationWeights"/>. Give a constant rate after a warm-up; the
/// average takes the place of a falling schedule. x is recovered as (y − (1−β₁)z)/β₁ and kept nowhere.
/// </para>
/// <para>
/// c weighs a step by the square of its own rate, as in the paper; the authors' code takes the largest
/// rate so far, which differs when the rate falls. States: <c>z</c>, <c>exp_avg_sq</c>, 8 bytes per
/// parameter, and Σγ² as a tally. Defazio et al., "The road less scheduled", 2024.
/// </para>
/// </remarks>
public sealed record ScheduleFreeAdamWOptions : AdamFamilyOptions
{
    /// <summary>The optimizer's name, description and settings.</summary>
    public static OptimizerEntry Entry { get; } = new(new ScheduleFreeAdamWOptions(), "AdamW that averages its iterates instead of lowering the rate", DefaultRate: 2.5e-3);

    /// <inheritdoc/>
    public override string Name => "schedule-free-adamw";

    /// <summary>The defaults of the family without weight decay.</summary>
    public ScheduleFreeAdamWOptions() => WeightDecay = 0;

    /// <inheritdoc/>
    /// <remarks>β₁ = 0 is refused: y would then be z, and x lost.</remarks>
    public override void Validate()
    {
        base.Validate();
        OptionCheck.Require(Beta1 > 0, "beta1", Beta1, "a number above 0 and below 1");
    }

    /// <inheritdoc/>
    public override Optimizer Build(IReadOnlyList<ParameterSlot> slots, WorkerPool pool, Action<string>? onWarning = null) =>
        Optimizer.Create<ScheduleFreeAdamWRule<float>, ScheduleFreeAdamWOptions>(this, slots, pool, onWarning);
}

internal readonly struct ScheduleFreeAdamWRule<T> : IUpdateRule<ScheduleFreeAdamWRule<T>, T, ScheduleFreeAdamWOptions>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly RootMeanSquare<T> _scaling;
    private readonly T _weightDecay;
    private readonly T _share;
    private readonly T _minusPull;
    private readonly T _minusRate;

    private ScheduleFreeAdamWRule(ScheduleFreeAdamWOptions options, RuleStep at)
    {
        _scaling = new RootMeanSquare<T>(options.Beta2, options.Epsilon, at.Count);
        double share = at.Tally > 0 ? at.Rate * at.Rate / at.Tally : 0;
        _weightDecay = T.CreateChecked(at.Decay ? options.WeightDecay : 0);
        _share = T.CreateChecked(share);
        _minusPull = T.CreateChecked(at.Rate * ((options.Beta1 * (1 - share)) - 1));
        _minusRate = T.CreateChecked(-at.Rate);
    }

    public static IReadOnlyList<string> StateNames { get; } = ["z", "exp_avg_sq"];

    public static int StateCount => 2;

    public static bool HasTally => true;

    public static bool HasEvaluationWeights => true;

    public static double NextTally(ScheduleFreeAdamWOptions options, RuleStep before) => before.Tally + (before.Rate * before.Rate);

    public static double InitialFactor(ScheduleFreeAdamWOptions options, int state) => state == 0 ? 1 : 0;

    public static T EvaluationWeight(ScheduleFreeAdamWOptions options, T theta, T first, T second)
    {
        double z = double.CreateChecked(first);
        return T.CreateChecked(z + ((double.CreateChecked(theta) - z) / options.Beta1));
    }

    public static ScheduleFreeAdamWRule<T> Create(ScheduleFreeAdamWOptions options, RuleStep at) => new(options, at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Update<TLanes, TVector>(ref TVector theta, TVector gradient, ref TVector first, ref TVector second, ref TVector third)
        where TLanes : ILanes<T, TVector>
        where TVector : struct
    {
        TVector scaled = TLanes.Divide(gradient, _scaling.Denominator<TLanes, TVector>(gradient, ref second));
        TVector direction = TLanes.FusedMultiplyAdd(TLanes.Create(_weightDecay), theta, scaled);
        TVector gap = TLanes.FusedMultiplyAdd(TLanes.Create(T.NegativeOne), theta, first);
        TVector drawn = TLanes.FusedMultiplyAdd(TLanes.Create(_share), gap, theta);
        theta = TLanes.FusedMultiplyAdd(TLanes.Create(_minusPull), direction, drawn);
        first = TLanes.FusedMultiplyAdd(TLanes.Create(_minusRate), direction, first);
    }
}
