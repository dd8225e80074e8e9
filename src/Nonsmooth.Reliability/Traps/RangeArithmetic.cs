namespace Nonsmooth.Reliability.Traps;

/// <summary>What operations make of ranges, rounded as a format rounds.</summary>
/// <param name="format">The arithmetic, which rounds constants and underflows.</param>
internal sealed class RangeArithmetic(TrapFormat format)
{
    private const double Infinity = double.PositiveInfinity;

    /// <summary>A constant.</summary>
    public ValueRange Constant(double value) => new(Round(value), Round(value)) { Infinite = double.IsInfinity(value) };

    /// <summary>A number of the format.</summary>
    public double Round(double value) => format.Round(value);

    /// <summary>a · c.</summary>
    public ValueRange Times(ValueRange a, double c)
    {
        c = Round(c);
        double x = Product(a.Low, c), y = Product(a.High, c);
        return a with { Low = Math.Min(x, y), High = Math.Max(x, y), NonZero = a.NonZero && c != 0, Infinite = a.Infinite || double.IsInfinity(c) };
    }

    /// <summary>a · b.</summary>
    public static ValueRange Times(ValueRange a, ValueRange b)
    {
        double[] corners = [Product(a.Low, b.Low), Product(a.Low, b.High), Product(a.High, b.Low), Product(a.High, b.High)];

        return new(corners.Min(), corners.Max()) { NonZero = !a.Contains(0) && !b.Contains(0), Infinite = a.Infinite || b.Infinite, Overflows = a.Overflows || b.Overflows };
    }

    /// <summary>a + b.</summary>
    public ValueRange Plus(ValueRange a, ValueRange b) => new(Round(a.Low + b.Low), Round(a.High + b.High))
    {
        NonZero = (a.Low >= 0 && b.Low >= 0) || (a.High <= 0 && b.High <= 0) ? !a.Contains(0) || !b.Contains(0) : false,
        Infinite = a.Infinite || b.Infinite,
        Overflows = a.Overflows || b.Overflows,
    };

    /// <summary>The larger of two.</summary>
    public static ValueRange Largest(ValueRange a, ValueRange b)
    {
        double low = Math.Max(a.Low, b.Low);
        bool nonZero = (a.Low >= 0 && !a.Contains(0)) || (b.Low >= 0 && !b.Contains(0));
        return new(low, Math.Max(a.High, b.High)) { NonZero = nonZero, Overflows = a.Overflows || b.Overflows, Infinite = a.Infinite && b.Infinite };
    }

    /// <summary>|a|.</summary>
    public static ValueRange Absolute(ValueRange a) => a with
    {
        Low = a.Low > 0 ? a.Low : a.High < 0 ? -a.High : 0,
        High = Math.Max(Math.Abs(a.Low), Math.Abs(a.High)),
    };

    /// <summary>a².</summary>
    public ValueRange Square(ValueRange a) => Absolute(a) with { Low = Round(Product(Absolute(a).Low, Absolute(a).Low)), High = Product(Absolute(a).High, Absolute(a).High) };

    /// <summary>1/a.</summary>
    /// <remarks>A zero at the upper end can have either sign, and with it its inverse; one at the lower end is taken as +0.</remarks>
    public static ValueRange Inverse(ValueRange a) => a.Low < 0 && (a.High > 0 || a.Contains(0))
        ? ValueRange.Any with { NonZero = true, Overflows = a.Overflows }
        : new(a.Low < 0 ? Reciprocal(a.High, -1) : Reciprocal(a.High, 1), a.Low < 0 ? Reciprocal(a.Low, -1) : Reciprocal(a.Low, 1))
        {
            // A finite number's inverse is not 0; that of an exponential that overflows is.
            NonZero = !a.Overflows && !a.Infinite,
        };

    private static double Reciprocal(double x, int sign) => x == 0 ? sign * Infinity : 1 / x;

    /// <summary>log(a + shift).</summary>
    public ValueRange Logarithm(ValueRange a, double shift) => new(
        a.Low + shift <= 0 ? double.NegativeInfinity : Round(Math.Log(a.Low + shift)), a.High + shift <= 0 ? Infinity : Round(Math.Log(a.High + shift)))
    {
        Infinite = a.Reaches(-shift), Overflows = a.Overflows,
    };

    /// <summary>a to a constant power.</summary>
    public ValueRange Power(ValueRange a, double exponent) => exponent switch
    {
        2 => Square(a),
        > 0 when a.Low >= 0 => a.Map(x => Round(Math.Pow(x, exponent))) with { NonZero = a.NonZero },
        < 0 when a.Low >= 0 => Inverse(a.Map(x => Math.Pow(x, -exponent))),
        _ => exponent % 2 == 0 ? ValueRange.NotNegative : ValueRange.Any,
    };

    /// <summary>√a.</summary>
    public static ValueRange Root(ValueRange a) => a.Low >= 0 ? a.Map(Math.Sqrt) with { NonZero = a.NonZero } : ValueRange.NotNegative;

    /// <summary>eᵃ + shift.</summary>
    public ValueRange Exponential(ValueRange a, double shift) =>
        a.Map(x => Round(Math.Exp(x) + shift)) with { Overflows = Round(Math.Exp(a.High)) == Infinity };

    /// <summary>The sum of so many.</summary>
    public static ValueRange Total(ValueRange a, long count) => a with
    {
        Low = a.Low < 0 ? Product(a.Low, count) : a.Low,
        High = a.High > 0 ? Product(a.High, count) : a.High,
        NonZero = a.NonZero && (a.Low >= 0 || a.High <= 0),
    };

    private static double Product(double x, double y) => x == 0 || y == 0 ? 0 : x * y;
}
