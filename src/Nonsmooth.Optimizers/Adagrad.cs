using System.Numerics;
using System.Runtime.CompilerServices;
using Nonsmooth.Optimizers.Kernels;
using Nonsmooth.Optimizers.Workers;
using Nonsmooth.Settings;

namespace Nonsmooth.Optimizers;

/// <summary>
/// Adagrad: d = g + λθ, v ← v + d², θ ← θ − γ/(1 + (t−1)δ) · d/(√v + ε); v starts at an initial value.
/// </summary>
/// <remarks>
/// As <c>torch.optim.Adagrad</c>; with <c>epsilon-in-root</c>, initial 0.1 and ε = 1e-7 as <c>optax.adagrad</c>. Steps fall as 1/√t under a
/// lasting gradient. State: <c>sum</c>, 4 bytes per parameter. Duchi, Hazan, Singer, "Adaptive subgradient methods", 2011.
/// </remarks>
public sealed record AdagradOptions : OptimizerOptions
{
    private static readonly SettingList _settings = new();
    private static readonly Setting<double> _initial = _settings.Add("initial", 0, Ranges.NonNegative, "what the sum of squares starts at, at least 0");
    private static readonly Setting<double> _rateDecay = _settings.Add("rate-decay", 0, Ranges.NonNegative, "δ of the rate's fall 1/(1 + (t−1)δ), at least 0");
    private static readonly Setting<double> _epsilon = _settings.Add("epsilon", 1e-10, Ranges.NonNegative, "added to the root, at least 0");
    private static readonly Setting<bool> _inRoot = _settings.Add("epsilon-in-root", false, Ranges.Switch, "add epsilon under the root");
    private static readonly Setting<double> _weightDecay = _settings.Add("weight-decay", 0, Ranges.NonNegative, "λ, at least 0");

    /// <summary>The optimizer's name, description and settings.</summary>
    public static OptimizerEntry Entry { get; } = new(new AdagradOptions(), "gradient over the root of its summed squares; weight decay is added to the gradient", DefaultRate: 1e-2);

    /// <inheritdoc/>
    public override string Name => "adagrad";

    /// <inheritdoc/>
    protected override IReadOnlyList<Setting> Own => _settings;

    /// <summary>What v starts at, at least 0. Default 0.</summary>
    public double Initial { get => Get(_initial); init => Set(_initial, value); }

    /// <summary>δ ≥ 0. Default 0.</summary>
    public double RateDecay { get => Get(_rateDecay); init => Set(_rateDecay, value); }

    /// <summary>ε ≥ 0. Default 1e-10. At 0 a coordinate whose gradients were all 0 becomes NaN.</summary>
    public double Epsilon { get => Get(_epsilon); init => Set(_epsilon, value); }

    /// <summary>√(v + ε) instead of √v + ε. Default false.</summary>
    public bool EpsilonInRoot { get => Get(_inRoot); init => Set(_inRoot, value); }

    /// <summary>λ ≥ 0, added to the gradient as λθ. Default 0.</summary>
    public double WeightDecay { get => Get(_weightDecay); init => Set(_weightDecay, value); }

    /// <inheritdoc/>
    public override Optimizer Build(IReadOnlyList<ParameterSlot> slots, WorkerPool pool, Action<string>? onWarning = null) =>
        Optimizer.Create<AdagradRule<float>, AdagradOptions>(this, slots, pool, onWarning);
}

internal readonly struct AdagradRule<T> : IUpdateRule<AdagradRule<T>, T, AdagradOptions>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T _start;
    private readonly T _inner;
    private readonly T _epsilon;
    private readonly T _weightDecay;
    private readonly T _minusStep;

    private AdagradRule(AdagradOptions options, RuleStep at)
    {
        _start = T.CreateChecked(at.Count == 1 ? options.Initial : 0);
        _inner = T.CreateChecked(options.EpsilonInRoot ? options.Epsilon : 0);
        _epsilon = T.CreateChecked(options.EpsilonInRoot ? 0 : options.Epsilon);
        _weightDecay = T.CreateChecked(at.Decay ? options.WeightDecay : 0);
        _minusStep = T.CreateChecked(-at.Rate / (1 + ((at.Count - 1) * options.RateDecay)));
    }

    public static IReadOnlyList<string> StateNames { get; } = ["sum"];

    public static int StateCount => 1;

    public static AdagradRule<T> Create(AdagradOptions options, RuleStep at) => new(options, at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Update<TLanes, TVector>(ref TVector theta, TVector gradient, ref TVector first, ref TVector second, ref TVector third)
        where TLanes : ILanes<T, TVector>
        where TVector : struct
    {
        TVector direction = TLanes.FusedMultiplyAdd(TLanes.Create(_weightDecay), theta, gradient);
        first = TLanes.FusedMultiplyAdd(direction, direction, TLanes.Add(first, TLanes.Create(_start)));
        TVector root = TLanes.Add(TLanes.Sqrt(TLanes.Add(first, TLanes.Create(_inner))), TLanes.Create(_epsilon));
        theta = TLanes.FusedMultiplyAdd(TLanes.Create(_minusStep), TLanes.Divide(direction, root), theta);
    }
}
