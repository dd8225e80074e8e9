using System.Numerics;
using System.Runtime.CompilerServices;
using Nonsmooth.Optimizers.Kernels;
using Nonsmooth.Optimizers.Workers;

namespace Nonsmooth.Optimizers;

/// <summary>
/// ADOPT: from the second step on m ← β₁m + (1−β₁) clip(g/max(√v, ε), ±k^¼), θ ← (1−γλ)θ − γm, then
/// v ← β₂v + (1−β₂)g²; k counts from 1 at the second step. The first step only sets v = g².
/// </summary>
/// <remarks>
/// The gradient is scaled by a v that has not seen it, and before it is averaged. States: <c>exp_avg</c>,
/// <c>exp_avg_sq</c>, 8 bytes per parameter. Taniguchi et al., "ADOPT: modified Adam can converge with any
/// β₂ with the optimal rate", 2024, with the clipping of its second version.
/// </remarks>
public sealed record AdoptOptions : AdamFamilyOptions
{
    /// <summary>The optimizer's name, description and settings.</summary>
    public static OptimizerEntry Entry { get; } = new(new AdoptOptions(), "Adam that converges with any beta2: scaled by the past, then averaged", DefaultRate: 1e-3);

    /// <inheritdoc/>
    public override string Name => "adopt";

    /// <summary>The authors' defaults: β₂ = 0.9999, ε = 1e-6, no weight decay.</summary>
    public AdoptOptions() => (Beta2, Epsilon, WeightDecay) = (0.9999, 1e-6, 0);

    /// <inheritdoc/>
    public override Optimizer Build(IReadOnlyList<ParameterSlot> slots, WorkerPool pool, Action<string>? onWarning = null) =>
        Optimizer.Create<AdoptRule<float>, AdoptOptions>(this, slots, pool, onWarning);
}

internal readonly struct AdoptRule<T> : IUpdateRule<AdoptRule<T>, T, AdoptOptions>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T _beta1;
    private readonly T _gain;
    private readonly T _beta2;
    private readonly T _squareGain;
    private readonly T _epsilon;
    private readonly T _clip;
    private readonly T _minusDecay;
    private readonly T _minusRate;

    private AdoptRule(AdoptOptions options, RuleStep at)
    {
        // In the first step every coefficient but those of v ← g² is 0.
        bool first = at.Count == 1;
        double rate = first ? 0 : at.Rate;
        _beta1 = T.CreateChecked(options.Beta1);
        _gain = T.CreateChecked(first ? 0 : 1 - options.Beta1);
        _beta2 = T.CreateChecked(first ? 0 : options.Beta2);
        _squareGain = T.CreateChecked(first ? 1 : 1 - options.Beta2);
        _epsilon = T.CreateChecked(options.Epsilon);
        _clip = T.CreateChecked(Math.Pow(at.Count - 1, 0.25));
        _minusDecay = T.CreateChecked(at.Decay ? -rate * options.WeightDecay : 0);
        _minusRate = T.CreateChecked(-rate);
    }

    public static IReadOnlyList<string> StateNames { get; } = ["exp_avg", "exp_avg_sq"];

    public static int StateCount => 2;

    public static AdoptRule<T> Create(AdoptOptions options, RuleStep at) => new(options, at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Update<TLanes, TVector>(ref TVector theta, TVector gradient, ref TVector first, ref TVector second, ref TVector third)
        where TLanes : ILanes<T, TVector>
        where TVector : struct
    {
        TVector root = LaneMath.AtLeast<T, TLanes, TVector>(TLanes.Sqrt(second), _epsilon);
        TVector scaled = LaneMath.Clamp<T, TLanes, TVector>(TLanes.Divide(gradient, root), _clip);
        first = TLanes.FusedMultiplyAdd(TLanes.Create(_beta1), first, TLanes.Multiply(TLanes.Create(_gain), scaled));
        TVector gained = TLanes.Multiply(TLanes.Create(_squareGain), gradient);
        second = TLanes.FusedMultiplyAdd(gained, gradient, TLanes.Multiply(TLanes.Create(_beta2), second));
        TVector decayed = TLanes.FusedMultiplyAdd(TLanes.Create(_minusDecay), theta, theta);
        theta = TLanes.FusedMultiplyAdd(TLanes.Create(_minusRate), first, decayed);
    }
}
