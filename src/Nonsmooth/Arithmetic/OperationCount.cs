using System.Globalization;
using System.Runtime.CompilerServices;

namespace Nonsmooth.Arithmetic;

/// <summary>How many scalar operations of each kind: exact, additive, a value.</summary>
/// <remarks>Arithmetic is checked: a count that does not fit in 63 bits throws instead of wrapping.</remarks>
public readonly struct OperationCount : IEquatable<OperationCount>
{
    private static readonly int _kinds = Enum.GetValues<ScalarOperation>().Length;

    private readonly Buffer _counts;

    private OperationCount(Buffer counts) => _counts = counts;

    /// <summary>No operation at all.</summary>
    public static OperationCount Zero => default;

    /// <summary>How many operations of one kind.</summary>
    public long this[ScalarOperation kind] => _counts[(int)kind];

    /// <summary>Additions and subtractions, those of a constant included.</summary>
    public long Additions => this[ScalarOperation.Add] + this[ScalarOperation.AddConstant];

    /// <summary>Multiplications, those by a constant included.</summary>
    public long Multiplications => this[ScalarOperation.Multiply] + this[ScalarOperation.MultiplyConstant];

    /// <summary>Comparisons of reals.</summary>
    public long Comparisons => this[ScalarOperation.Compare] + this[ScalarOperation.Maximum];

    /// <summary>Everything else: divisions, inverses, exponentials, roots, …</summary>
    public long Nonlinear => Total - Additions - Multiplications - Comparisons;

    /// <summary>All operations, each counted once.</summary>
    public long Total
    {
        get
        {
            long total = 0;
            for (int i = 0; i < _kinds; i++)
            {
                total = checked(total + _counts[i]);
            }

            return total;
        }
    }

    /// <summary><paramref name="count"/> operations of one kind.</summary>
    public static OperationCount Of(ScalarOperation kind, long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        Buffer buffer = default;
        buffer[(int)kind] = count;
        return new OperationCount(buffer);
    }

    /// <summary>The sum, kind by kind.</summary>
    public static OperationCount operator +(OperationCount left, OperationCount right)
    {
        Buffer sum = default;
        for (int i = 0; i < _kinds; i++)
        {
            sum[i] = checked(left._counts[i] + right._counts[i]);
        }

        return new OperationCount(sum);
    }

    /// <summary>The count of <paramref name="times"/> repetitions.</summary>
    public static OperationCount operator *(long times, OperationCount count)
    {
        Buffer product = default;
        for (int i = 0; i < _kinds; i++)
        {
            product[i] = checked(times * count._counts[i]);
        }

        return new OperationCount(product);
    }

    /// <summary>Equality, kind by kind.</summary>
    public static bool operator ==(OperationCount left, OperationCount right) => left.Equals(right);

    /// <summary>Inequality, kind by kind.</summary>
    public static bool operator !=(OperationCount left, OperationCount right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(OperationCount other)
    {
        for (int i = 0; i < _kinds; i++)
        {
            if (_counts[i] != other._counts[i])
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is OperationCount other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Total.GetHashCode();

    /// <summary>The kinds that occur, as in <c>12 add, 16 multiply</c>; <c>0</c> when none does.</summary>
    public override string ToString()
    {
        var parts = new List<string>();
        foreach (var kind in Enum.GetValues<ScalarOperation>())
        {
            if (this[kind] != 0)
            {
                parts.Add(string.Create(CultureInfo.InvariantCulture, $"{this[kind]} {kind}"));
            }
        }

        return parts.Count == 0 ? "0" : string.Join(", ", parts);
    }

    [InlineArray(17)]
    private struct Buffer
    {
        private long _first;
    }
}
