using System.Numerics;

namespace Nonsmooth.Reliability.Ties;

/// <summary>The least and the greatest of some numbers; those that are NaN are passed over.</summary>
/// <param name="Least">Positive infinity where there was none.</param>
/// <param name="Most">Negative infinity where there was none.</param>
public readonly record struct ValueRange(double Least, double Most)
{
    /// <summary>That of no numbers.</summary>
    public static ValueRange None { get; } = new(double.PositiveInfinity, double.NegativeInfinity);

    /// <summary>Whether there was a number.</summary>
    public bool HasNumbers => Least <= Most;

    /// <summary>That of both.</summary>
    public ValueRange And(ValueRange other) => new(Math.Min(Least, other.Least), Math.Max(Most, other.Most));

    internal static ValueRange Of<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (least, most) = (T.PositiveInfinity, T.NegativeInfinity);
        foreach (var value in values)
        {
            // A comparison with NaN is false.
            least = value < least ? value : least;
            most = value > most ? value : most;
        }

        return new(double.CreateChecked(least), double.CreateChecked(most));
    }
}
