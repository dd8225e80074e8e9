using System.Numerics;
using System.Runtime.CompilerServices;
using Nonsmooth.Optimizers.Kernels;
using Nonsmooth.Optimizers.Workers;

namespace Nonsmooth.Optimizers;

/// <summary>
/// INNA: explicit Euler on DIN's phase-space form, with the raw gradient. θ′ = (1−γλ)θ,
/// u = (1/β − α)θ′ − ψ/β, ψ ← ψ + γu, θ ← θ′ + γ(u − βg), ψ₀ = (1−αβ)θ₀.
/// </summary>
/// <remarks>State: <c>psi</c>, 4 bytes per parameter. The rate need not stay below β.</remarks>
public sealed record InnaOptions : OptimizerOptions
{
    /// <summary>The optimizer's name, description and settings.</summary>
    public static OptimizerEntry Entry { get; } = new OptimizerEntry<InnaOptions>(
        "inna",
        "inertial Newton-like descent on the raw gradient",
        defaultRate: 0.01,
        new InnaOptions(),
        OptimizerSetting<InnaOptions>.Number("alpha", "viscous damping, at least 0", o => o.Alpha, (o, v) => o with { Alpha = v }),
        OptimizerSetting<InnaOptions>.Number("beta", "Newtonian damping, above 0", o => o.Beta, (o, v) => o with { Beta = v }),
        OptimizerSetting<InnaOptions>.Number("weight-decay", "λ, at least 0", o => o.WeightDecay, (o, v) => o with { WeightDecay = v }));

    /// <summary>α ≥ 0. Default 0.5.</summary>
    public double Alpha { get; init; } = 0.5;

    /// <summary>β &gt; 0. Default 0.1.</summary>
    public double Beta { get; init; } = 0.1;

    /// <summary>λ ≥ 0; multiplies θ before ψ sees it. Default 0.</summary>
    public double WeightDecay { get; init; }

    /// <inheritdoc/>
    public override void Validate()
    {
        OptionCheck.NonNegative("alpha", Alpha);
        OptionCheck.Positive("beta", Beta);
        OptionCheck.NonNegative("weight-decay", WeightDecay);
    }

    /// <inheritdoc/>
    /// <remarks>γ/α; infinite where α is 0.</remarks>
    public override double LongRunStep(double rate) => rate / Alpha;

    /// <inheritdoc/>
    public override Optimizer Build(IReadOnlyList<ParameterSlot> slots, WorkerPool pool, Action<string>? onWarning = null) =>
        Optimizer.Create<InnaRule<float>, InnaOptions>(this, slots, pool, onWarning);

    /// <inheritdoc/>
    public override ReferenceOptimizer<T> Reference<T>(int length) =>
        ReferenceOptimizer<T>.Create<InnaRule<T>, InnaOptions>(this, length);
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
