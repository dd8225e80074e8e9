namespace Nonsmooth.Reliability.Traps;

/// <summary>What the elements of a value can be: an interval, its ends included, and what the interval cannot say.</summary>
/// <param name="Low">The smallest element; −∞ where there is no bound.</param>
/// <param name="High">The largest element; +∞ where there is no bound.</param>
/// <remarks>
/// A statement about numbers of a format, not about reals: an exponential can be 0, 1 − 1e-8 can be 1. A value is
/// taken to be finite unless <see cref="Infinite"/> or <see cref="Overflows"/> says that it need not be.
/// </remarks>
public readonly record struct ValueRange(double Low, double High)
{
    /// <summary>Any finite number: what nothing is known about.</summary>
    public static ValueRange Any { get; } = new(double.NegativeInfinity, double.PositiveInfinity);

    /// <summary>Numbers that are not negative.</summary>
    public static ValueRange NotNegative { get; } = new(0, double.PositiveInfinity);

    /// <summary>Numbers greater than 0.</summary>
    public static ValueRange Positive { get; } = NotNegative with { NonZero = true };

    /// <summary>Whether 0 is left out though it lies in the interval.</summary>
    public bool NonZero { get; init; }

    /// <summary>Whether an element can be infinite because a constant is: a mask of −∞.</summary>
    public bool Infinite { get; init; }

    /// <summary>Whether an exponential of an ordinary argument (1000) makes an element infinite.</summary>
    public bool Overflows { get; init; }

    /// <summary>Whether all elements are one known number.</summary>
    public bool IsConstant => Low.Equals(High);

    /// <summary>Whether a number can be an element.</summary>
    public bool Contains(double number) => Low <= number && number <= High && !(number == 0 && NonZero);

    /// <summary>Whether a number can be an element that is known to be bounded from below: the program itself leads there.</summary>
    public bool Reaches(double number) => Contains(number) && double.IsFinite(Low);

    /// <summary>Whether 0 can be an element of a value with 0 at an end or bounds on both sides.</summary>
    public bool ReachesZero => Contains(0) && (double.IsFinite(Low) || High == 0);

    /// <summary>What either can be.</summary>
    public ValueRange Union(ValueRange other) => new(Math.Min(Low, other.Low), Math.Max(High, other.High))
    {
        NonZero = !Contains(0) && !other.Contains(0),
        Infinite = Infinite || other.Infinite,
        Overflows = Overflows || other.Overflows,
    };

    /// <summary>The interval under an increasing function; the flags stay where they are not given.</summary>
    internal ValueRange Map(Func<double, double> increasing) => this with { Low = increasing(Low), High = increasing(High), NonZero = false };
}
