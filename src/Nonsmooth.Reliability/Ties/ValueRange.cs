using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

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
        // A comparison with NaN is false.
        var (least, most) = (Vector256.Create(T.PositiveInfinity), Vector256.Create(T.NegativeInfinity));
        foreach (var lanes in MemoryMarshal.Cast<T, Vector256<T>>(values))
        {
            least = Vector256.ConditionalSelect(Vector256.LessThan(lanes, least), lanes, least);
            most = Vector256.ConditionalSelect(Vector256.GreaterThan(lanes, most), lanes, most);
        }

        var range = None;
        for (int lane = 0; lane < Vector256<T>.Count; lane++)
        {
            range = range.And(new(double.CreateChecked(least[lane]), double.CreateChecked(most[lane])));
        }

        foreach (var value in values[^(values.Length % Vector256<T>.Count)..])
        {
            range = T.IsNaN(value) ? range : range.And(new(double.CreateChecked(value), double.CreateChecked(value)));
        }

        return range;
    }
}
