using System.Numerics;
using System.Runtime.CompilerServices;
using Nonsmooth.Optimizers.Kernels;
using Nonsmooth.Optimizers.Workers;

namespace Nonsmooth.Optimizers;

/// <summary>
/// Adam: d = g + λθ, m ← β₁m + (1−β₁)d, v ← β₂v + (1−β₂)d², θ ← θ − γ/(1−β₁ᵗ) · m/(√v/√(1−β₂ᵗ) + ε).
/// </summary>
/// <remarks>
/// Weight decay is coupled, as in <c>torch.optim.Adam</c>: it is scaled with the gradient, so weights with
/// large gradients decay less; <see cref="AdamWOptions"/> decouples it. States: <c>exp_avg</c>,
/// <c>exp_avg_sq</c>, 8 bytes per parameter. Kingma and Ba, "Adam: a method for stochastic optimization", 2015.
/// </remarks>
public sealed record AdamOptions : AdamEpsilonOptions
{
    /// <summary>The optimizer's name, description and settings.</summary>
    public static OptimizerEntry Entry { get; } = new(new AdamOptions(), "Adam; weight decay is added to the gradient", DefaultRate: 1e-3);

    /// <inheritdoc/>
    public override string Name => "adam";

    /// <summary>Adam's defaults: no weight decay.</summary>
    public AdamOptions() => WeightDecay = 0;

    /// <inheritdoc/>
    protected override bool Decouples => false;

    /// <inheritdoc/>
    public override Optimizer Build(IReadOnlyList<ParameterSlot> slots, WorkerPool pool, Action<string>? onWarning = null) =>
        Optimizer.Create<AdamRule<float>, AdamOptions>(this, slots, pool, onWarning);
}

internal readonly struct AdamRule<T> : IUpdateRule<AdamRule<T>, T, AdamOptions>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly RootMeanSquare<T> _scaling;
    private readonly T _beta1;
    private readonly T _gain;
    private readonly T _weightDecay;
    private readonly T _minusStep;

    private AdamRule(AdamOptions options, RuleStep at)
    {
        _scaling = options.Scaling<T>(at.Count);
        _beta1 = T.CreateChecked(options.Beta1);
        _gain = T.CreateChecked(1 - options.Beta1);
        _weightDecay = T.CreateChecked(at.Decay ? options.WeightDecay : 0);
        _minusStep = T.CreateChecked(-at.Rate / BiasCorrection.Of(options.Beta1, at.Count));
    }

    public static IReadOnlyList<string> StateNames { get; } = ["exp_avg", "exp_avg_sq"];

    public static int StateCount => 2;

    public static AdamRule<T> Create(AdamOptions options, RuleStep at) => new(options, at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Update<TLanes, TVector>(ref TVector theta, TVector gradient, ref TVector first, ref TVector second, ref TVector third)
        where TLanes : ILanes<T, TVector>
        where TVector : struct
    {
        TVector direction = TLanes.FusedMultiplyAdd(TLanes.Create(_weightDecay), theta, gradient);
        first = TLanes.FusedMultiplyAdd(TLanes.Create(_beta1), first, TLanes.Multiply(TLanes.Create(_gain), direction));
        TVector scaled = TLanes.Divide(first, _scaling.Denominator<TLanes, TVector>(direction, ref second));
        theta = TLanes.FusedMultiplyAdd(TLanes.Create(_minusStep), scaled, theta);
    }
}
