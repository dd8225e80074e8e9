using System.Numerics;
using System.Runtime.CompilerServices;
using Nonsmooth.Optimizers.Kernels;
using Nonsmooth.Optimizers.Workers;

namespace Nonsmooth.Optimizers;

/// <summary>
/// Adam in the maximum norm: m ← β₁m + (1−β₁)g, u ← max(β₂u, |g| + ε), θ ← (1−γλ)θ − γ/(1−β₁ᵗ) · m/u.
/// </summary>
/// <remarks>
/// As <c>optax.adamaxw</c>; coupled, as <c>torch.optim.Adamax</c>. States: <c>exp_avg</c>, <c>exp_inf</c>, 8 bytes per parameter.
/// Kingma and Ba, "Adam: a method for stochastic optimization", 2015, section 7.1.
/// </remarks>
public sealed record AdamaxOptions : CoupledAdamOptions
{
    /// <summary>The optimizer's name, description and settings.</summary>
    public static OptimizerEntry Entry { get; } = new(new AdamaxOptions(), "Adam scaled by the largest recent gradient", DefaultRate: 2e-3);

    /// <inheritdoc/>
    public override string Name => "adamax";

    /// <summary>The authors' defaults: no weight decay.</summary>
    public AdamaxOptions() => WeightDecay = 0;

    /// <inheritdoc/>
    public override Optimizer Build(IReadOnlyList<ParameterSlot> slots, WorkerPool pool, Action<string>? onWarning = null) =>
        Optimizer.Create<AdamaxRule<float>, AdamaxOptions>(this, slots, pool, onWarning);
}

internal readonly struct AdamaxRule<T> : IUpdateRule<AdamaxRule<T>, T, AdamaxOptions>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly AveragedStep<T> _step;
    private readonly T _beta2;
    private readonly T _epsilon;

    private AdamaxRule(AdamaxOptions options, RuleStep at)
    {
        _step = new AveragedStep<T>(options.Beta1, options.WeightDecay, options.Coupled, at);
        _beta2 = T.CreateChecked(options.Beta2);
        _epsilon = T.CreateChecked(options.Epsilon);
    }

    public static IReadOnlyList<string> StateNames { get; } = ["exp_avg", "exp_inf"];

    public static int StateCount => 2;

    public static AdamaxRule<T> Create(AdamaxOptions options, RuleStep at) => new(options, at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Update<TLanes, TVector>(ref TVector theta, TVector gradient, ref TVector first, ref TVector second, ref TVector third)
        where TLanes : ILanes<T, TVector>
        where TVector : struct
    {
        TVector direction = _step.Average<TLanes, TVector>(theta, gradient, ref first);
        TVector size = TLanes.Add(LaneMath.Abs<T, TLanes, TVector>(direction), TLanes.Create(_epsilon));
        TVector kept = TLanes.Multiply(TLanes.Create(_beta2), second);
        second = TLanes.WhereGreater(kept, size, kept, size);
        theta = _step.Moved<TLanes, TVector>(theta, TLanes.Divide(first, second));
    }
}
