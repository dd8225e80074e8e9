using Nonsmooth.Mathematics;

namespace Nonsmooth.Arithmetic;

/// <summary>Enclosures of the functions that are not rounded correctly.</summary>
/// <remarks>
/// They are <see cref="Transcendental"/>'s, widened by 2 numbers to each side: they err by less than one unit in the last place, which is measured
/// and not proved, and beside a power of two a unit is two numbers.
/// </remarks>
internal static class EnclosedFunctions
{
    private const int _measured = 2;

    /// <summary>What the four pairs of ends span: for operations monotone in each operand.</summary>
    public static Enclosure Corners(Enclosure left, Enclosure right, Func<double, double, (double Down, double Up)> operation)
    {
        if (!left.IsDefined || !right.IsDefined)
        {
            return Enclosure.None;
        }

        var (low, high) = operation(left.Lower, right.Lower);
        if (left.Lower == left.Upper && right.Lower == right.Upper)
        {
            return new(low, high);
        }

        Span<double> xs = [left.Lower, left.Upper, left.Upper];
        Span<double> ys = [right.Upper, right.Lower, right.Upper];
        for (int i = 0; i < xs.Length; i++)
        {
            var (down, up) = operation(xs[i], ys[i]);
            (low, high) = (Math.Min(low, down), Math.Max(high, up));
        }

        return new(low, high);
    }

    /// <summary>eˣ.</summary>
    public static Enclosure Exp(Enclosure x) => Clamped(Increasing(x, Transcendental.Exp), 0, double.PositiveInfinity);

    /// <summary>eˣ − 1.</summary>
    public static Enclosure ExpM1(Enclosure x) => Clamped(Increasing(x, Transcendental.ExpM1), -1, double.PositiveInfinity);

    /// <summary>log x.</summary>
    public static Enclosure Log(Enclosure x) => Increasing(x, Transcendental.Log);

    /// <summary>log(1 + x).</summary>
    public static Enclosure LogP1(Enclosure x) => Increasing(x, Transcendental.LogP1);

    /// <summary>Hyperbolic tangent.</summary>
    public static Enclosure Tanh(Enclosure x) => Clamped(Increasing(x, Transcendental.Tanh), -1, 1);

    /// <summary>Sine.</summary>
    public static Enclosure Sin(Enclosure x) => Wave(x, Transcendental.Sin, 0.5);

    /// <summary>Cosine.</summary>
    public static Enclosure Cos(Enclosure x) => Wave(x, Transcendental.Cos, 0);

    /// <summary>Inverse tangent.</summary>
    public static Enclosure Atan(Enclosure x) => Increasing(x, Transcendental.Atan);

    /// <summary>The error function.</summary>
    public static Enclosure Erf(Enclosure x) => Clamped(Increasing(x, Transcendental.Erf), -1, 1);

    /// <summary>1 less the error function, which falls.</summary>
    public static Enclosure Erfc(Enclosure x) => Clamped(Increasing(-x, static u => Transcendental.Erfc(-u)), 0, 2);

    /// <summary>xʸ: of a positive x, of 0 to a positive power, and of any x to an integer.</summary>
    public static Enclosure Pow(Enclosure x, Enclosure y)
    {
        if (!x.IsDefined || !y.IsDefined)
        {
            return Enclosure.None;
        }

        if (x.Lower > 0 || (x.Lower == 0 && y.Lower > 0))
        {
            return Clamped(Corners(x, y, Power), 0, double.PositiveInfinity);
        }

        double n = y.Lower;
        bool isInteger = n == y.Upper && n == Math.Floor(n) && Math.Abs(n) < 1L << 53;
        return n == y.Upper && n == 0 ? 1
            : !isInteger || (n < 0 && x.Contains(0)) ? Enclosure.None
            : n % 2 == 0 ? Clamped(Corners(Enclosure.Abs(x), y, Power), 0, double.PositiveInfinity)
            : Corners(x, y, Power);
    }

    private static (double Down, double Up) Power(double x, double y) => x == 0 ? (0, 0) : Directed.Apart(Transcendental.Pow(x, y), _measured);

    private static Enclosure Increasing(Enclosure x, Func<double, double> function) => x.IsDefined
        ? new(Directed.Apart(function(x.Lower), _measured).Down, Directed.Apart(function(x.Upper), _measured).Up)
        : x;

    // The wave has its maxima where x/π − phase is even, its minima where it is odd; the quotient errs by less than the margin.
    private static Enclosure Wave(Enclosure x, Func<double, double> function, double phase)
    {
        if (!x.IsDefined || double.IsInfinity(x.Magnitude))
        {
            return Enclosure.None;
        }

        double margin = 1e-15 * (2 + x.Magnitude);
        double first = Math.Ceiling((x.Lower / Math.PI) - phase - margin);
        double last = Math.Floor((x.Upper / Math.PI) - phase + margin);
        if (last > first || x.Magnitude > 1e9)
        {
            return Enclosure.Between(-1, 1);
        }

        var ends = Enclosure.Hull(
            Increasing(x.Lower, function), Increasing(x.Upper, function));
        var wave = first > last ? ends : Enclosure.Hull(ends, first % 2 == 0 ? 1 : -1);
        return Clamped(wave, -1, 1);
    }

    private static Enclosure Clamped(Enclosure x, double low, double high) =>
        x.IsDefined ? new(Math.Max(x.Lower, low), Math.Min(x.Upper, high)) : x;
}
