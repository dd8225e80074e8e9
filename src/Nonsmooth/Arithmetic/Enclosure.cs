using System.Globalization;

namespace Nonsmooth.Arithmetic;

/// <summary>A closed interval with double ends that is known to hold a number: arithmetic rounded outward.</summary>
/// <remarks>
/// <para>A program run on enclosures (<see cref="Evaluation.Interpreter.Evaluate{T}"/>) gives intervals that hold its values over the reals at
/// every point of the box of its inputs. Each interval holds its values whatever the others are: x − x is not 0.</para>
/// <para>+ − × ÷ √, absolute values, extrema, roundings and comparisons are proved. What goes
/// through exp, log, tanh, sin, cos, atan, erf or a power is not: it assumes that the functions of <see cref="Mathematics.Transcendental"/> err by less
/// than one unit in the last place, which is measured and not proved.</para>
/// <para>A branch that is not decided gives the hull of those that can be taken, and a slope or comparison its hull. Where a
/// place, a mask or an order is asked for that is not decided, and where an enclosure is asked for one number,
/// <see cref="UndecidedException"/> is thrown. A result that some element of the interval does not have (a quotient by 0, the root of a
/// negative number, ∞ − ∞, a NaN) is <em>undefined</em>: it stays so until a branch drops it, and its ends cannot be read.</para>
/// </remarks>
public readonly struct Enclosure : INumeric<Enclosure>
{
    private readonly double _lower;
    private readonly double _upper;

    internal Enclosure(double lower, double upper) =>
        (_lower, _upper) = lower <= upper ? (lower, upper) : (double.NaN, double.NaN);

    /// <inheritdoc/>
    public static string Format => "enclosure";

    /// <summary>Whether every element of the operands had the result.</summary>
    public bool IsDefined => _lower <= _upper;

    /// <summary>The lower end, −∞ if there is none.</summary>
    /// <exception cref="UndecidedException">The enclosure is undefined.</exception>
    public double Lower => IsDefined ? _lower : throw Undefined();

    /// <summary>The upper end, ∞ if there is none.</summary>
    /// <exception cref="UndecidedException">The enclosure is undefined.</exception>
    public double Upper => IsDefined ? _upper : throw Undefined();

    /// <summary>The largest absolute value.</summary>
    /// <exception cref="UndecidedException">The enclosure is undefined.</exception>
    public double Magnitude => Math.Max(Math.Abs(Lower), Math.Abs(Upper));

    /// <summary>The least absolute value.</summary>
    /// <exception cref="UndecidedException">The enclosure is undefined.</exception>
    public double Mignitude => Lower > 0 ? _lower : Upper < 0 ? -_upper : 0;

    /// <summary>A number about half way between the ends.</summary>
    /// <exception cref="UndecidedException">The enclosure is undefined.</exception>
    public double Middle => Lower + ((Upper - Lower) / 2);

    internal static Enclosure None => new(double.NaN, double.NaN);

    private bool IsUnbounded => double.IsInfinity(_lower) || double.IsInfinity(_upper);

    private bool MayBeZero => _lower <= 0 && _upper >= 0;

    /// <summary>The interval of the given ends.</summary>
    /// <exception cref="ArgumentException">The ends are NaN or in the wrong order.</exception>
    public static Enclosure Between(double lower, double upper) => lower <= upper
        ? new(lower, upper)
        : throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"no interval from {lower} to {upper}"));

    /// <summary>Whether a number lies inside.</summary>
    /// <exception cref="UndecidedException">The enclosure is undefined.</exception>
    public bool Contains(double value) => Lower <= value && value <= Upper;

    /// <inheritdoc/>
    public static Enclosure FromDouble(double value) => new(value, value);

    /// <summary>The number itself, exactly; undefined for NaN.</summary>
    public static implicit operator Enclosure(double value) => new(value, value);

    /// <summary>Always refused: what is then computed with one double would no longer be enclosed.</summary>
    /// <exception cref="UndecidedException">Always.</exception>
    public static double ToDouble(Enclosure value) => throw new UndecidedException($"the enclosure {value} is not one number");

    /// <inheritdoc/>
    public static (double Left, double Right) Ordered(Enclosure left, Enclosure right) =>
        left.Upper < right.Lower ? (left._upper, right._lower)
        : left.Lower > right.Upper ? (left._lower, right._upper)
        : left._lower == left._upper && right._lower == right._upper ? (left._lower, right._lower)
        : throw new UndecidedException($"the enclosures {left} and {right} do not tell which is larger");

    /// <inheritdoc/>
    public static bool IsNaN(Enclosure value) => value.IsDefined ? false : throw Undefined();

    /// <inheritdoc/>
    public static bool IsZero(Enclosure value) => value._lower == 0 && value._upper == 0;

    /// <inheritdoc/>
    public static Enclosure Weighted(double weight, Enclosure value) => FromDouble(weight) * value;

    /// <inheritdoc/>
    public static Enclosure operator +(Enclosure left, Enclosure right) =>
        double.IsNaN(left._lower + right._upper) || double.IsNaN(left._upper + right._lower)
            ? None
            : new(Directed.Sum(left._lower, right._lower).Down, Directed.Sum(left._upper, right._upper).Up);

    /// <inheritdoc/>
    public static Enclosure operator -(Enclosure left, Enclosure right) => left + -right;

    /// <inheritdoc/>
    public static Enclosure operator -(Enclosure value) => new(-value._upper, -value._lower);

    /// <inheritdoc/>
    public static Enclosure operator *(Enclosure left, Enclosure right) =>
        (left.IsUnbounded && right.MayBeZero) || (right.IsUnbounded && left.MayBeZero)
            ? None
            : EnclosedFunctions.Corners(left, right, Directed.Product);

    /// <inheritdoc/>
    public static Enclosure operator /(Enclosure left, Enclosure right) =>
        right.MayBeZero ? None : EnclosedFunctions.Corners(left, right, Directed.Quotient);

    /// <inheritdoc/>
    public static Enclosure Max(Enclosure left, Enclosure right) =>
        new(Math.Max(left._lower, right._lower), Math.Max(left._upper, right._upper));

    /// <inheritdoc/>
    public static Enclosure Min(Enclosure left, Enclosure right) =>
        new(Math.Min(left._lower, right._lower), Math.Min(left._upper, right._upper));

    /// <inheritdoc/>
    public static Enclosure Abs(Enclosure value) => value._lower >= 0 ? value
        : value._upper <= 0 ? -value
        : new(value.IsDefined ? 0 : double.NaN, Math.Max(-value._lower, value._upper));

    /// <inheritdoc/>
    public static Enclosure Inverse(Enclosure value) => FromDouble(1) / value;

    /// <inheritdoc/>
    public static Enclosure Exp(Enclosure value) => EnclosedFunctions.Exp(value);

    /// <inheritdoc/>
    public static Enclosure ExpM1(Enclosure value) => EnclosedFunctions.ExpM1(value);

    /// <inheritdoc/>
    public static Enclosure Log(Enclosure value) => EnclosedFunctions.Log(value);

    /// <inheritdoc/>
    public static Enclosure LogP1(Enclosure value) => EnclosedFunctions.LogP1(value);

    /// <inheritdoc/>
    public static Enclosure Sqrt(Enclosure value) => new(Directed.Root(value._lower).Down, Directed.Root(value._upper).Up);

    /// <inheritdoc/>
    public static (Enclosure Root, Enclosure Inverse) SqrtAndInverse(Enclosure value) => (Sqrt(value), Rsqrt(value));

    /// <inheritdoc/>
    public static Enclosure Rsqrt(Enclosure value) => Inverse(Sqrt(value));

    /// <inheritdoc/>
    public static Enclosure Tanh(Enclosure value) => EnclosedFunctions.Tanh(value);

    /// <inheritdoc/>
    public static Enclosure Sigmoid(Enclosure value) => Inverse(FromDouble(1) + Exp(-value));

    /// <inheritdoc/>
    public static Enclosure Sin(Enclosure value) => EnclosedFunctions.Sin(value);

    /// <inheritdoc/>
    public static Enclosure Cos(Enclosure value) => EnclosedFunctions.Cos(value);

    /// <inheritdoc/>
    public static Enclosure Atan(Enclosure value) => EnclosedFunctions.Atan(value);

    /// <inheritdoc/>
    public static Enclosure Erf(Enclosure value) => EnclosedFunctions.Erf(value);

    /// <inheritdoc/>
    public static Enclosure Erfc(Enclosure value) => EnclosedFunctions.Erfc(value);

    /// <inheritdoc/>
    public static Enclosure Pow(Enclosure value, Enclosure exponent) => EnclosedFunctions.Pow(value, exponent);

    /// <inheritdoc/>
    public static Enclosure Floor(Enclosure value) => new(Math.Floor(value._lower), Math.Floor(value._upper));

    /// <inheritdoc/>
    public static Enclosure Round(Enclosure value) =>
        new(Math.Round(value._lower, MidpointRounding.ToEven), Math.Round(value._upper, MidpointRounding.ToEven));

    /// <inheritdoc/>
    public static Enclosure Branch(Enclosure value, double threshold, Enclosure below, Enclosure at, Enclosure above)
    {
        if (!value.IsDefined)
        {
            return None;
        }

        Enclosure? hull = value._lower < threshold ? below : null;
        hull = value.Contains(threshold) ? Hull(hull, at) : hull;
        return value._upper > threshold ? Hull(hull, above) : hull!.Value;
    }

    /// <inheritdoc/>
    public static Enclosure Slope(Enclosure value, in Pieces pieces)
    {
        var upper = pieces.HasSecond
            ? Branch(value, pieces.Second, FromDouble(pieces.Between), FromDouble(pieces.AtSecond), FromDouble(pieces.Above))
            : FromDouble(pieces.Between);
        return Branch(value, pieces.First, FromDouble(pieces.Below), FromDouble(pieces.AtFirst), upper);
    }

    /// <inheritdoc/>
    public static Enclosure Greater(Enclosure left, Enclosure right, double tie) =>
        Branch(left - right, 0, FromDouble(0), FromDouble(tie), FromDouble(1));

    /// <summary>The ends.</summary>
    public override string ToString() => IsDefined
        ? string.Create(CultureInfo.InvariantCulture, $"[{_lower:R}, {_upper:R}]")
        : "undefined";

    internal static Enclosure Hull(Enclosure? first, Enclosure second) => first is { } f
        ? new(Math.Min(f._lower, second._lower), Math.Max(f._upper, second._upper))
        : second;

    private static UndecidedException Undefined() => new("a number that was to be enclosed is undefined for some of the inputs");
}
