using System.Numerics;
using System.Runtime.CompilerServices;
using Nonsmooth.Optimizers.Kernels;
using Nonsmooth.Optimizers.Workers;
using Nonsmooth.Settings;

namespace Nonsmooth.Optimizers;

/// <summary>
/// AMSGrad: Adam with the largest average squared gradient so far: m and v as Adam's, w ← max(w, v),
/// θ ← (1−γλ)θ − γ/(1−β₁ᵗ) · m/(√w/√(1−β₂ᵗ) + ε).
/// </summary>
/// <remarks>
/// As <c>torch.optim.AdamW(amsgrad=True)</c>; coupled, as <c>torch.optim.Adam</c>. With a corrected maximum w ← max(w, v/(1−β₂ᵗ))
/// and the denominator is √w + ε, as optax's. States: <c>exp_avg</c>, <c>exp_avg_sq</c>, <c>max_exp_avg_sq</c>, 12 bytes
/// per parameter. Reddi, Kale, Kumar, "On the convergence of Adam and beyond", 2018.
/// </remarks>
public sealed record AmsGradOptions : CoupledAdamOptions
{
    private static readonly SettingList _settings = new(Shared);
    private static readonly Setting<bool> _corrected = _settings.Add("corrected-maximum", false, Ranges.Switch, "take the maximum after the bias correction");

    /// <summary>The optimizer's name, description and settings.</summary>
    public static OptimizerEntry Entry { get; } = new(new AmsGradOptions(), "AdamW whose scaling never grows back", DefaultRate: 1e-3);

    /// <inheritdoc/>
    public override string Name => "amsgrad";

    /// <inheritdoc/>
    protected override IReadOnlyList<Setting> Own => _settings;

    /// <summary>Take the maximum of v/(1−β₂ᵗ), as optax, instead of v. Default false.</summary>
    public bool CorrectedMaximum { get => Get(_corrected); init => Set(_corrected, value); }

    /// <inheritdoc/>
    public override Optimizer Build(IReadOnlyList<ParameterSlot> slots, WorkerPool pool, Action<string>? onWarning = null) =>
        Optimizer.Create<AmsGradRule<float>, AmsGradOptions>(this, slots, pool, onWarning);
}

internal readonly struct AmsGradRule<T> : IUpdateRule<AmsGradRule<T>, T, AmsGradOptions>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly AveragedStep<T> _step;
    private readonly T _beta2;
    private readonly T _squareGain;
    private readonly T _inner;
    private readonly T _outer;
    private readonly T _epsilon;

    private AmsGradRule(AmsGradOptions options, RuleStep at)
    {
        _step = new AveragedStep<T>(options.Beta1, options.WeightDecay, options.Coupled, at);
        _beta2 = T.CreateChecked(options.Beta2);
        _squareGain = T.CreateChecked(1 - options.Beta2);
        double correction = 1 / BiasCorrection.Of(options.Beta2, at.Count);
        _inner = T.CreateChecked(options.CorrectedMaximum ? correction : 1);
        _outer = T.CreateChecked(options.CorrectedMaximum ? 1 : Math.Sqrt(correction));
        _epsilon = T.CreateChecked(options.Epsilon);
    }

    public static IReadOnlyList<string> StateNames { get; } = ["exp_avg", "exp_avg_sq", "max_exp_avg_sq"];

    public static int StateCount => 3;

    public static AmsGradRule<T> Create(AmsGradOptions options, RuleStep at) => new(options, at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Update<TLanes, TVector>(ref TVector theta, TVector gradient, ref TVector first, ref TVector second, ref TVector third)
        where TLanes : ILanes<T, TVector>
        where TVector : struct
    {
        TVector direction = _step.Average<TLanes, TVector>(theta, gradient, ref first);
        TVector gained = TLanes.Multiply(TLanes.Create(_squareGain), direction);
        second = TLanes.FusedMultiplyAdd(gained, direction, TLanes.Multiply(TLanes.Create(_beta2), second));
        TVector candidate = TLanes.Multiply(TLanes.Create(_inner), second);
        third = TLanes.WhereGreater(third, candidate, third, candidate);
        TVector root = TLanes.FusedMultiplyAdd(TLanes.Sqrt(third), TLanes.Create(_outer), TLanes.Create(_epsilon));
        theta = _step.Moved<TLanes, TVector>(theta, TLanes.Divide(first, root));
    }
}
