using System.Numerics;
using System.Runtime.CompilerServices;
using Nonsmooth.Optimizers.Kernels;

namespace Nonsmooth.Optimizers;

/// <summary>What the rules of RMSprop share.</summary>
internal readonly struct RmspropParts<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T _decay;
    private readonly T _gain;
    private readonly T _epsilon;
    private readonly T _inner;
    private readonly T _correction;
    private readonly T _weightDecay;
    private readonly T _momentum;
    private readonly T _minusRate;
    private readonly bool _nesterov;

    public RmspropParts(RmspropOptions options, RuleStep at)
    {
        _decay = T.CreateChecked(options.Decay);
        _gain = T.CreateChecked(1 - options.Decay);
        _epsilon = T.CreateChecked(options.EpsilonInRoot ? 0 : options.Epsilon);
        _inner = T.CreateChecked(options.EpsilonInRoot ? options.Epsilon : 0);
        _correction = T.CreateChecked(options.CorrectsBias ? 1 / BiasCorrection.Of(options.Decay, at.Count) : 1);
        _weightDecay = T.CreateChecked(at.Decay ? options.WeightDecay : 0);
        _momentum = T.CreateChecked(options.Momentum);
        _minusRate = T.CreateChecked(-at.Rate);
        _nesterov = options.Nesterov;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Direction<TLanes, TVector>(TVector theta, TVector gradient)
        where TLanes : ILanes<T, TVector>
        where TVector : struct
        => TLanes.FusedMultiplyAdd(TLanes.Create(_weightDecay), theta, gradient);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Square<TLanes, TVector>(TVector direction, ref TVector average)
        where TLanes : ILanes<T, TVector>
        where TVector : struct
    {
        TVector gained = TLanes.Multiply(TLanes.Create(_gain), direction);
        average = TLanes.FusedMultiplyAdd(gained, direction, TLanes.Multiply(TLanes.Create(_decay), average));
        return TLanes.Multiply(average, TLanes.Create(_correction));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Variance<TLanes, TVector>(TVector direction, TVector square, ref TVector mean)
        where TLanes : ILanes<T, TVector>
        where TVector : struct
    {
        mean = TLanes.FusedMultiplyAdd(TLanes.Create(_decay), mean, TLanes.Multiply(TLanes.Create(_gain), direction));
        TVector corrected = TLanes.Multiply(mean, TLanes.Create(_correction));
        TVector minus = TLanes.Multiply(corrected, TLanes.Create(T.NegativeOne));
        return LaneMath.AtLeast<T, TLanes, TVector>(TLanes.FusedMultiplyAdd(minus, corrected, square), T.Zero);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Scaled<TLanes, TVector>(TVector direction, TVector square)
        where TLanes : ILanes<T, TVector>
        where TVector : struct
        => TLanes.Divide(direction, TLanes.Add(TLanes.Sqrt(TLanes.Add(square, TLanes.Create(_inner))), TLanes.Create(_epsilon)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Moved<TLanes, TVector>(TVector theta, TVector move)
        where TLanes : ILanes<T, TVector>
        where TVector : struct
        => TLanes.FusedMultiplyAdd(TLanes.Create(_minusRate), move, theta);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Moved<TLanes, TVector>(TVector theta, TVector scaled, ref TVector buffer)
        where TLanes : ILanes<T, TVector>
        where TVector : struct
    {
        buffer = TLanes.FusedMultiplyAdd(TLanes.Create(_momentum), buffer, scaled);
        return Moved<TLanes, TVector>(theta, _nesterov ? TLanes.FusedMultiplyAdd(TLanes.Create(_momentum), buffer, scaled) : buffer);
    }
}

internal readonly struct RmspropRule<T> : IUpdateRule<RmspropRule<T>, T, RmspropOptions>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly RmspropParts<T> _parts;

    private RmspropRule(RmspropOptions options, RuleStep at) => _parts = new RmspropParts<T>(options, at);

    public static IReadOnlyList<string> StateNames { get; } = ["square_avg"];

    public static int StateCount => 1;

    public static RmspropRule<T> Create(RmspropOptions options, RuleStep at) => new(options, at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Update<TLanes, TVector>(ref TVector theta, TVector gradient, ref TVector first, ref TVector second, ref TVector third)
        where TLanes : ILanes<T, TVector>
        where TVector : struct
    {
        TVector direction = _parts.Direction<TLanes, TVector>(theta, gradient);
        TVector square = _parts.Square<TLanes, TVector>(direction, ref first);
        theta = _parts.Moved<TLanes, TVector>(theta, _parts.Scaled<TLanes, TVector>(direction, square));
    }
}

internal readonly struct RmspropMomentumRule<T> : IUpdateRule<RmspropMomentumRule<T>, T, RmspropOptions>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly RmspropParts<T> _parts;

    private RmspropMomentumRule(RmspropOptions options, RuleStep at) => _parts = new RmspropParts<T>(options, at);

    public static IReadOnlyList<string> StateNames { get; } = ["square_avg", "momentum_buffer"];

    public static int StateCount => 2;

    public static RmspropMomentumRule<T> Create(RmspropOptions options, RuleStep at) => new(options, at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Update<TLanes, TVector>(ref TVector theta, TVector gradient, ref TVector first, ref TVector second, ref TVector third)
        where TLanes : ILanes<T, TVector>
        where TVector : struct
    {
        TVector direction = _parts.Direction<TLanes, TVector>(theta, gradient);
        TVector square = _parts.Square<TLanes, TVector>(direction, ref first);
        theta = _parts.Moved<TLanes, TVector>(theta, _parts.Scaled<TLanes, TVector>(direction, square), ref second);
    }
}

internal readonly struct RmspropCentredRule<T> : IUpdateRule<RmspropCentredRule<T>, T, RmspropOptions>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly RmspropParts<T> _parts;

    private RmspropCentredRule(RmspropOptions options, RuleStep at) => _parts = new RmspropParts<T>(options, at);

    public static IReadOnlyList<string> StateNames { get; } = ["square_avg", "momentum_buffer", "grad_avg"];

    public static int StateCount => 3;

    public static RmspropCentredRule<T> Create(RmspropOptions options, RuleStep at) => new(options, at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Update<TLanes, TVector>(ref TVector theta, TVector gradient, ref TVector first, ref TVector second, ref TVector third)
        where TLanes : ILanes<T, TVector>
        where TVector : struct
    {
        TVector direction = _parts.Direction<TLanes, TVector>(theta, gradient);
        TVector square = _parts.Variance<TLanes, TVector>(direction, _parts.Square<TLanes, TVector>(direction, ref first), ref third);
        theta = _parts.Moved<TLanes, TVector>(theta, _parts.Scaled<TLanes, TVector>(direction, square), ref second);
    }
}
