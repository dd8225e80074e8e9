using Nonsmooth.Programs;

namespace Nonsmooth.Dictionary;

/// <summary>Parts of a tensor along one axis.</summary>
internal static class Slices
{
    /// <summary>So many indices along an axis, from a start, the tensor itself where that is all of it.</summary>
    public static Variable Range(Variable x, int axis, int start, int count, int step = 1)
    {
        if (start == 0 && step == 1 && count == x.Shape[axis])
        {
            return x;
        }

        int[] starts = new int[x.Shape.Rank];
        int[] sizes = [.. x.Shape];
        int[] steps = [.. Enumerable.Repeat(1, x.Shape.Rank)];
        (starts[axis], sizes[axis], steps[axis]) = (start, count, step);
        return x.Builder.Apply(new Slice(starts, sizes, steps), x);
    }

    /// <summary>The tensors of size 1 along an axis.</summary>
    public static Variable[] Along(Variable x, int axis) =>
        [.. Enumerable.Range(0, x.Shape[axis]).Select(i => Range(x, axis, i, 1))];
}
