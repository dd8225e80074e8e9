using System.Numerics;
using System.Runtime.CompilerServices;
using Nonsmooth.Optimizers.Kernels;
using Nonsmooth.Optimizers.Workers;
using Nonsmooth.Settings;

namespace Nonsmooth.Optimizers;

/// <summary>
/// Adam in the maximum norm: m ← β₁m + (1−β₁)g, u ← max(β₂u, |g| + ε), θ ← (1−γλ)θ − γ/(1−β₁ᵗ) · m/u.
/// </summary>
/// <remarks>
/// As <c>optax.adamaxw</c>; coupled, as <c>torch.optim.Adamax</c>. States: <c>exp_avg</c>, <c>exp_inf</c>, 8 bytes per parameter.
/// Kingma and Ba, "Adam: a method for stochastic optimization", 2015, section 7.1.
/// </remarks>
public sealed record AdamaxOptions : AdamFamilyOptions
{
    private static readonly SettingList _settings = new(Shared);
    private static readonly Setting<bool> _coupled = _settings.Add(DecoupledDecay.Coupled());

    /// <summary>The optimizer's name, description and settings.</summary>
    public static OptimizerEntry Entry { get; } = new(new AdamaxOptions(), "Adam scaled by the largest recent gradient", DefaultRate: 2e-3);

    /// <inheritdoc/>
    public override string Name => "adamax";

    /// <inheritdoc/>
    protected override IReadOnlyList<Setting> Own => _settings;

    /// <summary>The authors' defaults: no weight decay.</summary>
    public AdamaxOptions() => WeightDecay = 0;

    /// <summary>Add λθ to the gradient instead of decoupling the decay. Default false.</summary>
    public bool Coupled { get => Get(_coupled); init => Set(_coupled, value); }

    /// <inheritdoc/>
    protected override bool Decouples => !Coupled;

    /// <inheritdoc/>
    public override Optimizer Build(IReadOnlyList<ParameterSlot> slots, WorkerPool pool, Action<string>? onWarning = null) =>
        Optimizer.Create<AdamaxRule<float>, AdamaxOptions>(this, slots, pool, onWarning);
}

internal readonly struct AdamaxRule<T> : IUpdateRule<AdamaxRule<T>, T, AdamaxOptions>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T _beta1;
    private readonly T _gain;
    private readonly WeightDecay<T> _decay;
    private readonly T _minusStep;
    private readonly T _beta2;
    private readonly T _epsilon;

    private AdamaxRule(AdamaxOptions options, RuleStep at)
    {
        _beta1 = T.CreateChecked(options.Beta1);
        _gain = T.CreateChecked(1 - options.Beta1);
        _decay = new WeightDecay<T>(options.WeightDecay, options.Coupled, at);
        _minusStep = T.CreateChecked(-at.Rate / BiasCorrection.Of(options.Beta1, at.Count));
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
        TVector direction = _decay.Direction<TLanes, TVector>(theta, gradient);
        first = TLanes.FusedMultiplyAdd(TLanes.Create(_beta1), first, TLanes.Multiply(TLanes.Create(_gain), direction));
        TVector size = TLanes.Add(LaneMath.Abs<T, TLanes, TVector>(direction), TLanes.Create(_epsilon));
        TVector kept = TLanes.Multiply(TLanes.Create(_beta2), second);
        second = TLanes.WhereGreater(kept, size, kept, size);
        TVector scaled = TLanes.Divide(first, second);
        theta = TLanes.FusedMultiplyAdd(TLanes.Create(_minusStep), scaled, _decay.Decayed<TLanes, TVector>(theta));
    }
}
