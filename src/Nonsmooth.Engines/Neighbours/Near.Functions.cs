using Nonsmooth.Arithmetic;
using Nonsmooth.Mathematics;

namespace Nonsmooth.Engines.Neighbours;

/// <content>Comparisons and functions.</content>
internal readonly partial struct Near
{
    /// <inheritdoc/>
    public static Near Max(Near left, Near right) => Either(left, right, 1);

    /// <inheritdoc/>
    public static Near Min(Near left, Near right) => Either(left, right, -1);

    /// <inheritdoc/>
    public static Near Abs(Near value) => value.Value.IsNaN || (value.Value.IsZero && value.HasGradient) ? NaN : Side(value.Value) < 0 ? -value : value;

    /// <inheritdoc/>
    public static Near Branch(Near value, double threshold, Near below, Near at, Near above)
    {
        if (value.Value.IsNaN || double.IsInfinity(threshold))
        {
            return value.Value.IsNaN ? NaN : threshold < 0 ? above : below;
        }

        return Side(value.Value - Series.Of(threshold)) switch { < 0 => below, > 0 => above, _ => at };
    }

    /// <inheritdoc/>
    public static Near Slope(Near value, in Pieces pieces)
    {
        int first = Side(value, pieces.First);
        return value.Value.IsNaN ? NaN : FromDouble(
            first < 0 ? pieces.Below : first == 0 ? pieces.AtFirst
            : !pieces.HasSecond || Side(value, pieces.Second) < 0 ? pieces.Between
            : Side(value, pieces.Second) == 0 ? pieces.AtSecond : pieces.Above);
    }

    /// <inheritdoc/>
    public static Near Greater(Near left, Near right, double tie) => FromDouble(
        Side(left.Value - right.Value) switch { > 0 => 1, 0 => tie, _ => 0 });

    /// <inheritdoc/>
    public static Near Floor(Near value) => Stepped(value, Math.Floor, 0);

    /// <inheritdoc/>
    public static Near Round(Near value) => Stepped(value, x => Math.Round(x, MidpointRounding.ToEven), 0.5);

    /// <inheritdoc/>
    public static Near Exp(Near value) => value.Value.Exp() is var e ? new(e, Scale(value.Gradient, e)) : value;

    /// <inheritdoc/>
    public static Near ExpM1(Near value)
    {
        if (value.Value.Lead < 0)
        {
            return Exp(value) - FromDouble(1);
        }

        double x = value.Value.Centre.High;
        double e = Math.Exp(x);
        return Smooth(value, [Transcendental.ExpM1(x), e, e, e, e]);
    }

    /// <inheritdoc/>
    public static Near Log(Near value)
    {
        _tied |= value.Value.Lead != 0;
        return new(value.Value.Log(), Scale(value.Gradient, value.Value.Inverse()));
    }

    /// <inheritdoc/>
    public static Near LogP1(Near value)
    {
        double x = value.Value.Standard;
        double u = 1 / (1 + x);
        return x > -1 && double.IsFinite(x) ? Smooth(value, [Transcendental.LogP1(x), u, -u * u, 2 * u * u * u, -6 * u * u * u * u]) : Log(value + FromDouble(1));
    }

    /// <inheritdoc/>
    public static Near Sqrt(Near value) => Powered(value, 0.5);

    /// <inheritdoc/>
    public static (Near Root, Near Inverse) SqrtAndInverse(Near value) => (Sqrt(value), Rsqrt(value));

    /// <inheritdoc/>
    public static Near Rsqrt(Near value) => Powered(value, -0.5);

    /// <inheritdoc/>
    public static Near Pow(Near value, Near exponent) =>
        !exponent.HasGradient && exponent.Value.Rest.IsZero && exponent.Value.Lead >= 0 ? Powered(value, exponent.Value.Standard)
        : value.Value.Sign > 0 ? Exp(exponent * Log(value))
        : value.Value.IsZero && !value.HasGradient && exponent.Value.Sign > 0 ? FromDouble(0)
        : NaN;

    /// <inheritdoc/>
    public static Near Tanh(Near value)
    {
        double t = Math.Tanh(value.Value.Standard);
        double s = 1 / Math.Cosh(Math.Min(Math.Abs(value.Value.Standard), 700));
        s *= s;
        return value.Value.Lead < 0 ? FromDouble(value.Value.Sign) : Smooth(value, [t, s, -2 * t * s, (-2 * s * s) + (4 * t * t * s), (16 * t * s * s) - (8 * t * t * t * s)]);
    }

    /// <inheritdoc/>
    public static Near Sigmoid(Near value)
    {
        double s = Transcendental.Sigmoid(value.Value.Standard);
        double d = s * Transcendental.Sigmoid(-value.Value.Standard);
        double m = 1 - (2 * s);
        return value.Value.Lead < 0 ? FromDouble(value.Value.Sign < 0 ? 0 : 1) : Smooth(value, [s, d, d * m, d * ((m * m) - (2 * d)), d * m * ((m * m) - (8 * d))]);
    }

    /// <inheritdoc/>
    public static Near Sin(Near value) => Math.SinCos(value.Value.Standard) is var (s, c) ? Smooth(value, [s, c, -s, -c, s]) : value;

    /// <inheritdoc/>
    public static Near Cos(Near value) => Math.SinCos(value.Value.Standard) is var (s, c) ? Smooth(value, [c, -s, -c, s, c]) : value;

    /// <inheritdoc/>
    public static Near Atan(Near value)
    {
        double x = value.Value.Standard;
        if (double.IsInfinity(x))
        {
            return FromDouble(Math.CopySign(Math.PI / 2, x)) - Atan(Inverse(value));
        }

        double d = 1 / (1 + (x * x));
        return Smooth(value, [Math.Atan(x), d, -2 * x * d * d, ((6 * x * x) - 2) * d * d * d, 24 * x * (1 - (x * x)) * d * d * d * d]);
    }

    /// <inheritdoc/>
    public static Near Erf(Near value) => Error(value, Transcendental.Erf(value.Value.Standard), 1);

    /// <inheritdoc/>
    public static Near Erfc(Near value) => Error(value, Transcendental.Erfc(value.Value.Standard), -1);

    private static Near Error(Near value, double at, double sign)
    {
        double x = value.Value.Standard;
        double d = sign * 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x);
        return Smooth(value, [at, d, -2 * x * d, ((4 * x * x) - 2) * d, ((12 * x) - (8 * x * x * x)) * d]);
    }

    private static Near Smooth(Near value, double[] derivatives) => new(
        value.Value.Taylor(derivatives, derivatives[1] * value.Value.Centre.Low),
        value.HasGradient ? Scale(value.Gradient, value.Value.Taylor(derivatives.AsSpan(1))) : _none);

    private static Near Powered(Near value, double exponent)
    {
        _tied |= value.Value.Lead != 0 && (exponent < 0 || exponent != Math.Floor(exponent));
        return new(
            value.Value.Pow(exponent),
            !value.HasGradient || exponent == 0 ? _none
            : exponent == 1 ? value.Gradient
            : Scale(value.Gradient, value.Value.Pow(exponent - 1) is var p && value.Value.IsZero && exponent <= 1 ? Series.NaN : p.Times(0, exponent)));
    }

    private static Near Either(Near left, Near right, int sign)
    {
        if (left.Value.IsNaN || right.Value.IsNaN)
        {
            return NaN;
        }

        int side = Side(left.Value - right.Value) * sign;
        return side > 0 ? left : side < 0 ? right : AreSame(left.Gradient, right.Gradient) ? left : NaN;
    }

    private static bool AreSame(Series[] left, Series[] right)
    {
        int count = Math.Max(left.Length, right.Length);
        for (int i = 0; i < count; i++)
        {
            if (!((left.Length == 0 ? Series.Zero : left[i]) - (right.Length == 0 ? Series.Zero : right[i])).IsZero)
            {
                return false;
            }
        }

        return true;
    }

    private static int Side(Near value, double threshold) => double.IsInfinity(threshold)
        ? -Math.Sign(threshold)
        : Side(value.Value - Series.Of(threshold));

    private static Near Stepped(Near value, Func<double, double> step, double offset)
    {
        var centre = value.Value.Centre;
        if (value.Value.IsNaN || value.Value.Lead < 0)
        {
            return NaN;
        }

        double x = centre.High;
        int side = centre.Low != 0 ? Math.Sign(centre.Low) : value.Value.Rest.Sign;
        bool jumps = x - offset == Math.Floor(x - offset);
        _tied |= jumps;
        return FromDouble(!jumps || side == 0 ? step(x) : step(side > 0 ? Math.BitIncrement(x) : Math.BitDecrement(x)));
    }
}
