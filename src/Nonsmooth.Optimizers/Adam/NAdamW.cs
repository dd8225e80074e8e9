using System.Numerics;
using System.Runtime.CompilerServices;
using Nonsmooth.Optimizers.Kernels;
using Nonsmooth.Optimizers.Workers;
using Nonsmooth.Settings;

namespace Nonsmooth.Optimizers;

/// <summary>
/// AdamW with Nesterov momentum: μₜ = β₁(1 − ½·0.96^(tψ)), m ← β₁m + (1−β₁)g, v ← β₂v + (1−β₂)g²,
/// θ ← (1−γλ)θ − γ (μₜ₊₁ m/(1−Πᵗ⁺¹μ) + (1−μₜ) g/(1−Πᵗμ)) / (√v/√(1−β₂ᵗ) + ε).
/// </summary>
/// <remarks>
/// As <c>torch.optim.NAdam</c>, whose weight decay is coupled unless decoupled is asked for. States: <c>exp_avg</c>, <c>exp_avg_sq</c>,
/// 8 bytes per parameter, and the product of the μ as a tally. Dozat, "Incorporating Nesterov momentum into Adam", 2016.
/// </remarks>
public sealed record NAdamWOptions : AdamEpsilonOptions
{
    private static readonly SettingList _settings = new(Shared);
    private static readonly Setting<double> _momentumDecay = _settings.Add("momentum-decay", 4e-3, Ranges.NonNegative, "ψ, how slowly the momentum rises to beta1");
    private static readonly Setting<bool> _coupled = _settings.Add(DecoupledDecay.Coupled());

    /// <summary>The optimizer's name, description and settings.</summary>
    public static OptimizerEntry Entry { get; } = new(new NAdamWOptions(), "AdamW with Nesterov momentum", DefaultRate: 2e-3);

    /// <inheritdoc/>
    public override string Name => "nadamw";

    /// <inheritdoc/>
    protected override IReadOnlyList<Setting> Own => _settings;

    /// <summary>ψ ≥ 0. Default 0.004; 0 keeps μ at β₁/2, and 1e9 at β₁, which is optax's <c>nadam</c>.</summary>
    public double MomentumDecay { get => Get(_momentumDecay); init => Set(_momentumDecay, value); }

    /// <summary>Add λθ to the gradient, as <c>torch.optim.NAdam</c> does by default, instead of decoupling the decay. Default false.</summary>
    public bool Coupled { get => Get(_coupled); init => Set(_coupled, value); }

    /// <inheritdoc/>
    protected override bool Decouples => !Coupled;

    /// <inheritdoc/>
    public override Optimizer Build(IReadOnlyList<ParameterSlot> slots, WorkerPool pool, Action<string>? onWarning = null) =>
        Optimizer.Create<NAdamWRule<float>, NAdamWOptions>(this, slots, pool, onWarning);
}

internal readonly struct NAdamWRule<T> : IUpdateRule<NAdamWRule<T>, T, NAdamWOptions>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly RootMeanSquare<T> _scaling;
    private readonly T _beta1;
    private readonly T _gain;
    private readonly T _averageWeight;
    private readonly T _gradientWeight;
    private readonly WeightDecay<T> _decay;
    private readonly T _minusRate;

    private NAdamWRule(NAdamWOptions options, RuleStep at)
    {
        _scaling = options.Scaling<T>(at.Count);
        _beta1 = T.CreateChecked(options.Beta1);
        _gain = T.CreateChecked(1 - options.Beta1);
        double next = Momentum(options, at.Count + 1);
        _averageWeight = T.CreateChecked(next / (1 - (at.Tally * next)));
        _gradientWeight = T.CreateChecked((1 - Momentum(options, at.Count)) / (1 - at.Tally));
        _decay = new WeightDecay<T>(options.WeightDecay, options.Coupled, at);
        _minusRate = T.CreateChecked(-at.Rate);
    }

    public static IReadOnlyList<string> StateNames { get; } = ["exp_avg", "exp_avg_sq"];

    public static int StateCount => 2;

    public static bool HasTally => true;

    public static double NextTally(NAdamWOptions options, RuleStep before) =>
        (before.Count == 1 ? 1 : before.Tally) * Momentum(options, before.Count);

    private static double Momentum(NAdamWOptions options, long step) =>
        options.Beta1 * (1 - (0.5 * Math.Pow(0.96, step * options.MomentumDecay)));

    public static NAdamWRule<T> Create(NAdamWOptions options, RuleStep at) => new(options, at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Update<TLanes, TVector>(ref TVector theta, TVector gradient, ref TVector first, ref TVector second, ref TVector third)
        where TLanes : ILanes<T, TVector>
        where TVector : struct
    {
        TVector direction = _decay.Direction<TLanes, TVector>(theta, gradient);
        first = TLanes.FusedMultiplyAdd(TLanes.Create(_beta1), first, TLanes.Multiply(TLanes.Create(_gain), direction));
        TVector mixed = TLanes.FusedMultiplyAdd(
            TLanes.Create(_averageWeight), first, TLanes.Multiply(TLanes.Create(_gradientWeight), direction));
        TVector scaled = TLanes.Divide(mixed, _scaling.Denominator<TLanes, TVector>(direction, ref second));
        theta = TLanes.FusedMultiplyAdd(TLanes.Create(_minusRate), scaled, _decay.Decayed<TLanes, TVector>(theta));
    }
}
