using System.Buffers;
using System.Numerics;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>How far elements that are put in order are from their neighbours in it.</summary>
internal static class OrderGaps
{
    /// <summary>Measures the results of whole slabs of lines.</summary>
    /// <param name="x">The elements.</param>
    /// <param name="lines">The lines that are ordered.</param>
    /// <param name="ranks">The ranks that a line's results have, ascending from the smallest, NaN greatest.</param>
    /// <param name="descending">Whether ranks count from the greatest.</param>
    /// <param name="start">The first result measured.</param>
    /// <param name="gaps">The distances to the nearer neighbour.</param>
    /// <param name="scales">The magnitudes of the elements.</param>
    /// <param name="nanWins">Whether a NaN in a line makes all its results NaN.</param>
    public static void Measure<T>(
        ReadOnlySpan<T> x, Lines lines, Range ranks, bool descending, int start, Span<T> gaps, Span<T> scales, bool nanWins = false)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (first, length) = ranks.GetOffsetAndLength(lines.Length);
        int slab = length * lines.Step;
        if (slab == 0)
        {
            return;
        }

        T[] rented = ArrayPool<T>.Shared.Rent(lines.Length);
        var line = rented.AsSpan(0, lines.Length);
        for (int at = 0; at < gaps.Length; at += slab)
        {
            for (int inner = 0; inner < lines.Step; inner++)
            {
                int from = lines.Start(((start + at) / slab * lines.Step) + inner);
                for (int i = 0; i < line.Length; i++)
                {
                    line[i] = x[from + (i * lines.Step)];
                }

                int numbers = Order(line);
                for (int i = 0; i < length; i++)
                {
                    int rank = descending ? line.Length - 1 - first - i : first + i;
                    int result = at + inner + (i * lines.Step);
                    (gaps[result], scales[result]) = (rank < (nanWins && numbers < line.Length ? 0 : numbers) ? Nearest(line[..numbers], rank) : T.NaN, T.Abs(line[rank]));
                }
            }
        }

        ArrayPool<T>.Shared.Return(rented);
    }

    /// <summary>Results of the lines that lie between each other, of which so many are measured at once.</summary>
    public static int Slab(Shape shape, int axis, int length) => Math.Max(1, length * shape[(axis + 1)..].Elements);

    /// <summary>Orders a line, NaN last; returns how many numbers it has.</summary>
    private static int Order<T>(Span<T> line)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int numbers = 0;
        for (int i = 0; i < line.Length; i++)
        {
            if (!T.IsNaN(line[i]))
            {
                (line[numbers], line[i]) = (line[i], line[numbers]);
                numbers++;
            }
        }

        line[..numbers].Sort();
        return numbers;
    }

    private static T Nearest<T>(ReadOnlySpan<T> ordered, int rank)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var below = rank > 0 ? Gap(ordered[rank - 1], ordered[rank]) : T.PositiveInfinity;
        var above = rank + 1 < ordered.Length ? Gap(ordered[rank], ordered[rank + 1]) : T.PositiveInfinity;
        return below < above ? below : above;
    }

    private static T Gap<T>(T smaller, T larger)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => smaller == larger ? T.Zero : larger - smaller;
}
