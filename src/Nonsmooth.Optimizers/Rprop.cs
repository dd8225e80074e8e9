using System.Numerics;
using System.Runtime.CompilerServices;
using Nonsmooth.Optimizers.Kernels;
using Nonsmooth.Optimizers.Workers;
using Nonsmooth.Settings;

namespace Nonsmooth.Optimizers;

/// <summary>
/// Resilient backpropagation: a length s per coordinate, 1 at first, times η₊ where the gradient keeps its sign and η₋ where it turns, γs within bounds;
/// θ ← θ − γ s sign(g). Where it turned nothing moves, and the next gradient is taken for a first one.
/// </summary>
/// <remarks>
/// As <c>torch.optim.Rprop</c> at a constant rate; a scheduled rate multiplies every length. For full gradients: noise turns signs.
/// States: <c>prev_sign</c>, <c>length</c>, 8 bytes per parameter. Riedmiller and Braun, 1993; the variant without backtracking, Igel and Hüsken, 2003.
/// </remarks>
public sealed record RpropOptions : OptimizerOptions
{
    private static readonly SettingList _settings = new();
    private static readonly Setting<double> _shrink = _settings.Add("shrink", 0.5, Ranges.Part, "factor of a length where the sign turned, above 0 and below 1");
    private static readonly Setting<double> _grow = _settings.Add("grow", 1.2, Ranges.Above(1), "factor of a length where the sign stayed, above 1");
    private static readonly Setting<double> _least = _settings.Add("least", 1e-6, Ranges.NonNegative, "the shortest step, at least 0");
    private static readonly Setting<double> _most = _settings.Add(new Setting<double>("most", 50, Ranges.Positive, "the longest step, above 0") { Example = "0.001" });

    /// <summary>The optimizer's name, description and settings.</summary>
    public static OptimizerEntry Entry { get; } = new(new RpropOptions(), "signs of full gradients, with a length per coordinate", DefaultRate: 1e-2);

    /// <inheritdoc/>
    public override string Name => "rprop";

    /// <inheritdoc/>
    protected override IReadOnlyList<Setting> Own => _settings;

    /// <summary>η₋ ∈ (0, 1). Default 0.5.</summary>
    public double Shrink { get => Get(_shrink); init => Set(_shrink, value); }

    /// <summary>η₊ &gt; 1. Default 1.2.</summary>
    public double Grow { get => Get(_grow); init => Set(_grow, value); }

    /// <summary>The shortest step. Default 1e-6.</summary>
    public double Least { get => Get(_least); init => Set(_least, value); }

    /// <summary>The longest step. Default 50.</summary>
    public double Most { get => Get(_most); init => Set(_most, value); }

    /// <inheritdoc/>
    public override Optimizer Build(IReadOnlyList<ParameterSlot> slots, WorkerPool pool, Action<string>? onWarning = null) =>
        Optimizer.Create<RpropRule<float>, RpropOptions>(this, slots, pool, onWarning);
}

internal readonly struct RpropRule<T> : IUpdateRule<RpropRule<T>, T, RpropOptions>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T _start;
    private readonly T _shrink;
    private readonly T _grow;
    private readonly T _least;
    private readonly T _most;
    private readonly T _minusRate;

    private RpropRule(RpropOptions options, RuleStep at)
    {
        _start = T.CreateChecked(at.Count == 1 ? 1 : 0);
        _shrink = T.CreateChecked(options.Shrink);
        _grow = T.CreateChecked(options.Grow);
        _least = T.CreateSaturating(at.Rate > 0 ? options.Least / at.Rate : 0);
        _most = T.CreateSaturating(at.Rate > 0 ? options.Most / at.Rate : double.MaxValue);
        _minusRate = T.CreateChecked(-at.Rate);
    }

    public static IReadOnlyList<string> StateNames { get; } = ["prev_sign", "length"];

    public static int StateCount => 2;

    public static RpropRule<T> Create(RpropOptions options, RuleStep at) => new(options, at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Update<TLanes, TVector>(ref TVector theta, TVector gradient, ref TVector first, ref TVector second, ref TVector third)
        where TLanes : ILanes<T, TVector>
        where TVector : struct
    {
        TVector zero = TLanes.Create(T.Zero);
        TVector sign = LaneMath.Sign<T, TLanes, TVector>(gradient);
        TVector agreement = TLanes.Multiply(sign, first);
        TVector length = TLanes.Add(second, TLanes.Create(_start));
        TVector grown = TLanes.Multiply(TLanes.Create(_grow), length);
        TVector shrunk = TLanes.Multiply(TLanes.Create(_shrink), length);
        length = TLanes.WhereGreater(agreement, zero, grown, TLanes.WhereGreater(zero, agreement, shrunk, length));
        length = LaneMath.AtLeast<T, TLanes, TVector>(length, _least);
        second = TLanes.WhereGreater(length, TLanes.Create(_most), TLanes.Create(_most), length);
        first = TLanes.WhereGreater(zero, agreement, zero, sign);
        theta = TLanes.FusedMultiplyAdd(TLanes.Multiply(TLanes.Create(_minusRate), second), first, theta);
    }
}
