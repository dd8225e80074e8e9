using System.Numerics;
using System.Runtime.CompilerServices;
using Nonsmooth.Optimizers.Kernels;
using Nonsmooth.Optimizers.Workers;
using Nonsmooth.Settings;

namespace Nonsmooth.Optimizers;

/// <summary>
/// Yogi: Adam whose average squared gradient moves by (1−β₂)g² at most: v ← v − (1−β₂) sign(v − g²) g²;
/// m and v start at an initial value, θ ← (1−γλ)θ − γ/(1−β₁ᵗ) · m/(√v/√(1−β₂ᵗ) + ε).
/// </summary>
/// <remarks>
/// As <c>optax.yogi</c>. States: <c>exp_avg</c>, <c>exp_avg_sq</c>, 8 bytes per parameter. Zaheer et al.,
/// "Adaptive methods for nonconvex optimization", 2018.
/// </remarks>
public sealed record YogiOptions : CoupledAdamOptions
{
    private static readonly SettingList _settings = new(Shared);
    private static readonly Setting<double> _initial = _settings.Add("initial", 1e-6, Ranges.NonNegative, "what both averages start at, at least 0");

    /// <summary>The optimizer's name, description and settings.</summary>
    public static OptimizerEntry Entry { get; } = new(new YogiOptions(), "Adam whose scaling moves slowly both ways", DefaultRate: 1e-2);

    /// <inheritdoc/>
    public override string Name => "yogi";

    /// <inheritdoc/>
    protected override IReadOnlyList<Setting> Own => _settings;

    /// <summary>The authors' defaults: ε = 1e-3, no weight decay.</summary>
    public YogiOptions() => (Epsilon, WeightDecay) = (1e-3, 0);

    /// <summary>What m and v start at. Default 1e-6.</summary>
    public double Initial { get => Get(_initial); init => Set(_initial, value); }

    /// <inheritdoc/>
    public override Optimizer Build(IReadOnlyList<ParameterSlot> slots, WorkerPool pool, Action<string>? onWarning = null) =>
        Optimizer.Create<YogiRule<float>, YogiOptions>(this, slots, pool, onWarning);
}

internal readonly struct YogiRule<T> : IUpdateRule<YogiRule<T>, T, YogiOptions>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly AveragedStep<T> _step;
    private readonly T _start;
    private readonly T _minusSquareGain;
    private readonly T _outer;
    private readonly T _epsilon;

    private YogiRule(YogiOptions options, RuleStep at)
    {
        _step = new AveragedStep<T>(options.Beta1, options.WeightDecay, options.Coupled, at);
        _start = T.CreateChecked(at.Count == 1 ? options.Initial : 0);
        _minusSquareGain = T.CreateChecked(options.Beta2 - 1);
        _outer = T.CreateChecked(1 / Math.Sqrt(BiasCorrection.Of(options.Beta2, at.Count)));
        _epsilon = T.CreateChecked(options.Epsilon);
    }

    public static IReadOnlyList<string> StateNames { get; } = ["exp_avg", "exp_avg_sq"];

    public static int StateCount => 2;

    public static YogiRule<T> Create(YogiOptions options, RuleStep at) => new(options, at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Update<TLanes, TVector>(ref TVector theta, TVector gradient, ref TVector first, ref TVector second, ref TVector third)
        where TLanes : ILanes<T, TVector>
        where TVector : struct
    {
        // The states of the first step are 0: what they start at is added there.
        first = TLanes.Add(first, TLanes.Create(_start));
        second = TLanes.Add(second, TLanes.Create(_start));
        TVector direction = _step.Average<TLanes, TVector>(theta, gradient, ref first);
        TVector square = TLanes.Multiply(direction, direction);
        TVector above = TLanes.FusedMultiplyAdd(TLanes.Create(T.NegativeOne), square, second);
        TVector signed = TLanes.Multiply(LaneMath.Sign<T, TLanes, TVector>(above), square);
        second = TLanes.FusedMultiplyAdd(TLanes.Create(_minusSquareGain), signed, second);
        TVector root = TLanes.FusedMultiplyAdd(TLanes.Sqrt(second), TLanes.Create(_outer), TLanes.Create(_epsilon));
        theta = _step.Moved<TLanes, TVector>(theta, TLanes.Divide(first, root));
    }
}
