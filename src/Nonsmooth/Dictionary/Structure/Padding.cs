using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

public static partial class Functions
{
    /// <summary>A border on every axis; a negative one crops.</summary>
    /// <param name="x">The tensor, real.</param>
    /// <param name="before">How many elements before each axis.</param>
    /// <param name="after">How many elements after each axis.</param>
    /// <param name="mode">What they are.</param>
    /// <param name="value">The constant, for the mode that takes one.</param>
    /// <remarks>An axis is cropped first and what is left of it mirrored or repeated, as often as the border needs.</remarks>
    /// <exception cref="ShapeException">There is not one number an axis, more is cropped than there is, or nothing is left to fill a border with.</exception>
    public static Variable Pad(Variable x, IntVector before, IntVector after, PadMode mode, double value = 0)
    {
        var shape = x.Shape;
        if (before.Count != shape.Rank || after.Count != shape.Rank)
        {
            throw new ShapeException($"pads {before} and {after} do not fit {shape}: give one of each an axis");
        }

        for (int axis = 0; axis < shape.Rank; axis++)
        {
            long start = Math.Max(0L, -(long)before[axis]);
            long end = shape[axis] - Math.Max(0L, -(long)after[axis]);
            if (start > end)
            {
                throw new ShapeException($"pads {before} and {after} crop more than axis {axis} of {shape} has: crop less");
            }

            x = Slices.Range(x, axis, (int)start, (int)(end - start));
        }

        int[] low = [.. before.Select(p => Math.Max(0, p))];
        int[] high = [.. after.Select(p => Math.Max(0, p))];
        if (mode == PadMode.Constant)
        {
            return low.Concat(high).All(p => p == 0) ? x : Pad(x, low, high, value);
        }

        for (int axis = 0; axis < low.Length; axis++)
        {
            x = Extended(x, axis, low[axis], high[axis], mode);
        }

        return x;
    }

    private static Variable Extended(Variable x, int axis, int before, int after, PadMode mode)
    {
        int size = x.Shape[axis];
        return before == 0 && after == 0 ? x
            : size == 0 ? throw new ShapeException($"axis {axis} of {x.Shape} is empty: only a constant can pad it")
            : x.Take(axis, [.. Enumerable.Range(-before, checked(before + size + after)).Select(i => Source(i, size, mode))]);
    }

    // Which element of so many stands at a place outside of them.
    private static int Source(int place, int size, PadMode mode)
    {
        int period = mode switch
        {
            PadMode.Reflect => Math.Max(1, 2 * (size - 1)),
            PadMode.Symmetric => 2 * size,
            _ => size,
        };
        int folded = ((place % period) + period) % period;
        return mode switch
        {
            PadMode.Edge => Math.Clamp(place, 0, size - 1),
            PadMode.Reflect => folded < size ? folded : period - folded,
            PadMode.Symmetric => folded < size ? folded : period - 1 - folded,
            _ => folded,
        };
    }
}
