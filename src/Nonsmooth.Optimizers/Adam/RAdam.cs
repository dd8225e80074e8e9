using System.Numerics;
using System.Runtime.CompilerServices;
using Nonsmooth.Optimizers.Kernels;
using Nonsmooth.Optimizers.Workers;
using Nonsmooth.Settings;

namespace Nonsmooth.Optimizers;

/// <summary>
/// Rectified Adam: with ρ∞ = 2/(1−β₂) − 1 and ρ = ρ∞ − 2tβ₂ᵗ/(1−β₂ᵗ), Adam's step times
/// √((ρ−4)(ρ−2)ρ∞/((ρ∞−4)(ρ∞−2)ρ)) where ρ is at least the threshold, and θ ← θ − γm/(1−β₁ᵗ) before.
/// </summary>
/// <remarks>
/// As <c>optax.radam</c>; with <c>raw-epsilon</c>, and <c>coupled</c> where there is decay, as <c>torch.optim.RAdam</c>. States:
/// <c>exp_avg</c>, <c>exp_avg_sq</c>, 8 bytes per parameter. Liu et al., "On the variance of the adaptive learning rate and beyond", 2020.
/// </remarks>
public sealed record RAdamOptions : AdamEpsilonOptions
{
    private static readonly SettingList _settings = new(Shared);
    private static readonly Setting<bool> _coupled = _settings.Add(DecoupledDecay.Coupled());
    private static readonly Setting<double> _threshold = _settings.Add(
        new Setting<double>("threshold", 5, Ranges.AtLeast(4), "ρ from which on the gradient is scaled, at least 4") { Example = "8" });

    /// <summary>The optimizer's name, description and settings.</summary>
    public static OptimizerEntry Entry { get; } = new(new RAdamOptions(), "Adam that scales no gradient before it knows how much", DefaultRate: 1e-3);

    /// <inheritdoc/>
    public override string Name => "radam";

    /// <inheritdoc/>
    protected override IReadOnlyList<Setting> Own => _settings;

    /// <summary>The authors' defaults: no weight decay.</summary>
    public RAdamOptions() => WeightDecay = 0;

    /// <summary>Add λθ to the gradient instead of decoupling the decay. Default false.</summary>
    public bool Coupled { get => Get(_coupled); init => Set(_coupled, value); }

    /// <inheritdoc/>
    protected override bool Decouples => !Coupled;

    /// <summary>The least ρ at which the gradient is scaled, at least 4, below which the factor is none. Default 5: from step 6 on at β₂ = 0.999.</summary>
    public double Threshold { get => Get(_threshold); init => Set(_threshold, value); }

    /// <inheritdoc/>
    public override Optimizer Build(IReadOnlyList<ParameterSlot> slots, WorkerPool pool, Action<string>? onWarning = null) =>
        Optimizer.Create<RAdamRule<float>, RAdamOptions>(this, slots, pool, onWarning);
}

internal readonly struct RAdamRule<T> : IUpdateRule<RAdamRule<T>, T, RAdamOptions>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly RootMeanSquare<T> _scaling;
    private readonly AveragedStep<T> _step;
    private readonly bool _scales;

    private RAdamRule(RAdamOptions options, RuleStep at)
    {
        _scaling = options.Scaling<T>(at.Count);
        double most = (2 / (1 - options.Beta2)) - 1;
        double bias = BiasCorrection.Of(options.Beta2, at.Count);
        double now = most - (2 * at.Count * (1 - bias) / bias);
        _scales = now >= options.Threshold;
        double factor = _scales ? Math.Sqrt((now - 4) * (now - 2) * most / ((most - 4) * (most - 2) * now)) : 1;
        _step = new AveragedStep<T>(options.Beta1, options.WeightDecay, options.Coupled, at, factor);
    }

    public static IReadOnlyList<string> StateNames { get; } = ["exp_avg", "exp_avg_sq"];

    public static int StateCount => 2;

    public static RAdamRule<T> Create(RAdamOptions options, RuleStep at) => new(options, at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Update<TLanes, TVector>(ref TVector theta, TVector gradient, ref TVector first, ref TVector second, ref TVector third)
        where TLanes : ILanes<T, TVector>
        where TVector : struct
    {
        TVector direction = _step.Average<TLanes, TVector>(theta, gradient, ref first);
        TVector root = _scaling.Denominator<TLanes, TVector>(direction, ref second);
        theta = _step.Moved<TLanes, TVector>(theta, _scales ? TLanes.Divide(first, root) : first);
    }
}
