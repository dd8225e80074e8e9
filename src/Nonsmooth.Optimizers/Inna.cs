using System.Numerics;
using System.Runtime.CompilerServices;
using Nonsmooth.Optimizers.Kernels;
using Nonsmooth.Optimizers.Workers;
using Nonsmooth.Settings;

namespace Nonsmooth.Optimizers;

/// <summary>
/// INNA: explicit Euler on DIN's phase-space form, with the raw gradient. θ′ = (1−γλ)θ,
/// u = (1/β − α)θ′ − ψ/β, ψ ← ψ + γu, θ ← θ′ + γ(u − βg), ψ₀ = (1−αβ)θ₀.
/// </summary>
/// <remarks>State: <c>psi</c>, 4 bytes per parameter. The rate need not stay below β.</remarks>
public sealed record InnaOptions : OptimizerOptions
{
    private static readonly SettingList _settings = new();
    private static readonly Setting<double> _alpha = _settings.Add("alpha", 0.5, Ranges.NonNegative, "viscous damping, at least 0");
    private static readonly Setting<double> _beta = _settings.Add("beta", 0.1, Ranges.Positive, "Newtonian damping, above 0");
    private static readonly Setting<double> _weightDecay = _settings.Add("weight-decay", 0, Ranges.NonNegative, "λ, at least 0");

    /// <summary>The optimizer's name, description and settings.</summary>
    public static OptimizerEntry Entry { get; } = new(new InnaOptions(), "inertial Newton-like descent on the raw gradient", DefaultRate: 0.01);

    /// <inheritdoc/>
    public override string Name => "inna";

    /// <inheritdoc/>
    protected override IReadOnlyList<Setting> Own => _settings;

    /// <summary>α ≥ 0. Default 0.5.</summary>
    public double Alpha { get => Get(_alpha); init => Set(_alpha, value); }

    /// <summary>β &gt; 0. Default 0.1.</summary>
    public double Beta { get => Get(_beta); init => Set(_beta, value); }

    /// <summary>λ ≥ 0; multiplies θ before ψ sees it. Default 0.</summary>
    public double WeightDecay { get => Get(_weightDecay); init => Set(_weightDecay, value); }

    /// <inheritdoc/>
    /// <remarks>γ/α; infinite where α is 0.</remarks>
    public override double LongRunStep(double rate) => rate / Alpha;

    /// <inheritdoc/>
    public override Optimizer Build(IReadOnlyList<ParameterSlot> slots, WorkerPool pool, Action<string>? onWarning = null) =>
        Optimizer.Create<InnaRule<float>, InnaOptions>(this, slots, pool, onWarning);
}

internal readonly struct InnaRule<T> : IUpdateRule<InnaRule<T>, T, InnaOptions>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly EulerPhase<T> _phase;

    private InnaRule(InnaOptions options, double rate, bool decay) =>
        _phase = new EulerPhase<T>(options.Alpha, options.Beta, decay ? options.WeightDecay : 0, rate);

    public static IReadOnlyList<string> StateNames { get; } = ["psi"];

    public static int StateCount => 1;

    public static InnaRule<T> Create(InnaOptions options, RuleStep at) => new(options, at.Rate, at.Decay);

    public static double InitialFactor(InnaOptions options, int state) => 1 - (options.Alpha * options.Beta);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Update<TLanes, TVector>(ref TVector theta, TVector gradient, ref TVector first, ref TVector second, ref TVector third)
        where TLanes : ILanes<T, TVector>
        where TVector : struct =>
        _phase.Advance<TLanes, TVector>(ref theta, gradient, ref first);
}
