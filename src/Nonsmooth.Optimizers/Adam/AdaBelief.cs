using System.Numerics;
using System.Runtime.CompilerServices;
using Nonsmooth.Optimizers.Kernels;
using Nonsmooth.Optimizers.Workers;
using Nonsmooth.Settings;

namespace Nonsmooth.Optimizers;

/// <summary>
/// AdaBelief: m ← β₁m + (1−β₁)g, s ← β₂s + (1−β₂)(g − m)² + ε′, θ ← (1−γλ)θ − γ/(1−β₁ᵗ) · m/(√s/√(1−β₂ᵗ) + ε).
/// </summary>
/// <remarks>
/// As <c>optax.adabelief</c>: long steps where the gradient is as expected. A gradient that lasts unchanged makes s nearly 0 and the step
/// long without bound but ε′. States: <c>exp_avg</c>, <c>exp_avg_var</c>, 8 bytes per parameter. Zhuang et al.,
/// "AdaBelief optimizer: adapting stepsizes by the belief in observed gradients", 2020.
/// </remarks>
public sealed record AdaBeliefOptions : CoupledAdamOptions
{
    private static readonly SettingList _settings = new(Shared);
    private static readonly Setting<double> _epsilonRoot = _settings.Add("epsilon-root", 1e-16, Ranges.NonNegative, "added to the variance in each step, at least 0");

    /// <summary>The optimizer's name, description and settings.</summary>
    public static OptimizerEntry Entry { get; } = new(new AdaBeliefOptions(), "Adam scaled by how far the gradient is from its average", DefaultRate: 1e-3);

    /// <inheritdoc/>
    public override string Name => "adabelief";

    /// <inheritdoc/>
    protected override IReadOnlyList<Setting> Own => _settings;

    /// <summary>The authors' defaults: ε = ε′ = 1e-16, no weight decay.</summary>
    public AdaBeliefOptions() => (Epsilon, WeightDecay) = (1e-16, 0);

    /// <summary>ε′ ≥ 0. Default 1e-16.</summary>
    public double EpsilonRoot { get => Get(_epsilonRoot); init => Set(_epsilonRoot, value); }

    /// <inheritdoc/>
    public override Optimizer Build(IReadOnlyList<ParameterSlot> slots, WorkerPool pool, Action<string>? onWarning = null) =>
        Optimizer.Create<AdaBeliefRule<float>, AdaBeliefOptions>(this, slots, pool, onWarning);
}

internal readonly struct AdaBeliefRule<T> : IUpdateRule<AdaBeliefRule<T>, T, AdaBeliefOptions>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly AveragedStep<T> _step;
    private readonly T _beta2;
    private readonly T _squareGain;
    private readonly T _inner;
    private readonly T _outer;
    private readonly T _epsilon;

    private AdaBeliefRule(AdaBeliefOptions options, RuleStep at)
    {
        _step = new AveragedStep<T>(options.Beta1, options.WeightDecay, options.Coupled, at);
        _beta2 = T.CreateChecked(options.Beta2);
        _squareGain = T.CreateChecked(1 - options.Beta2);
        _inner = T.CreateChecked(options.EpsilonRoot);
        _outer = T.CreateChecked(1 / Math.Sqrt(BiasCorrection.Of(options.Beta2, at.Count)));
        _epsilon = T.CreateChecked(options.Epsilon);
    }

    public static IReadOnlyList<string> StateNames { get; } = ["exp_avg", "exp_avg_var"];

    public static int StateCount => 2;

    public static AdaBeliefRule<T> Create(AdaBeliefOptions options, RuleStep at) => new(options, at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Update<TLanes, TVector>(ref TVector theta, TVector gradient, ref TVector first, ref TVector second, ref TVector third)
        where TLanes : ILanes<T, TVector>
        where TVector : struct
    {
        TVector direction = _step.Average<TLanes, TVector>(theta, gradient, ref first);
        TVector surprise = TLanes.FusedMultiplyAdd(TLanes.Create(T.NegativeOne), first, direction);
        TVector kept = TLanes.FusedMultiplyAdd(TLanes.Create(_beta2), second, TLanes.Create(_inner));
        second = TLanes.FusedMultiplyAdd(TLanes.Multiply(TLanes.Create(_squareGain), surprise), surprise, kept);
        TVector root = TLanes.FusedMultiplyAdd(TLanes.Sqrt(second), TLanes.Create(_outer), TLanes.Create(_epsilon));
        theta = _step.Moved<TLanes, TVector>(theta, TLanes.Divide(first, root));
    }
}
