using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>Windows over any number of axes written out, each for itself.</summary>
internal static class Unrolled
{
    /// <summary>The elements of every window, row-major: [N, C, windows, taps], a number where a tap lies outside.</summary>
    public static Variable Windows(Variable x, IReadOnlyList<AxisWindows> windows, double outside)
    {
        int first = x.Shape.Rank - windows.Count;
        var taps = new int[windows.Count];
        var after = new int[x.Shape.Rank];
        var places = new int[windows.Count][];
        for (int axis = 0; axis < taps.Length; axis++)
        {
            places[axis] = windows[axis].Places(out taps[axis]);
            after[first + axis] = Array.Exists(places[axis], p => p < 0) ? 1 : 0;
        }

        x = Functions.Pad(x, new int[x.Shape.Rank], after, PadMode.Constant, outside);
        for (int axis = 0; axis < taps.Length; axis++)
        {
            x = x.Take(first + axis, Array.ConvertAll(places[axis], p => p < 0 ? windows[axis].Input : p));
        }

        int[] apart = [.. x.Shape[..first], .. windows.SelectMany((w, axis) => new[] { w.Output, taps[axis] })];
        int[] order =
        [
            .. Enumerable.Range(0, first), .. Enumerable.Range(0, taps.Length).Select(a => first + (2 * a)),
            .. Enumerable.Range(0, taps.Length).Select(a => first + (2 * a) + 1),
        ];
        return x.Reshape(new Shape(apart)).Transpose(order)
            .Reshape(x.Shape[..first].Concat(new Shape(Product(windows.Select(w => w.Output)), Product(taps))));
    }

    /// <summary>For each window and tap the position in the plane, row-major; the window's first where a tap lies outside.</summary>
    public static long[] Positions(IReadOnlyList<AxisWindows> windows)
    {
        long[] positions = [0];
        int count = 1, each = 1;
        foreach (var axis in windows)
        {
            int[] places = axis.Places(out int taps);
            var next = new long[count * axis.Output * each * taps];
            int at = 0;
            for (int window = 0; window < count; window++)
            {
                for (int o = 0; o < axis.Output; o++)
                {
                    for (int tap = 0; tap < each; tap++)
                    {
                        for (int j = 0; j < taps; j++)
                        {
                            int place = places[(o * taps) + j];
                            next[at++] = (positions[(window * each) + tap] * axis.Input) + (place < 0 ? axis.First[o] : place);
                        }
                    }
                }
            }

            (positions, count, each) = (next, count * axis.Output, each * taps);
        }

        return positions;
    }

    private static int Product(IEnumerable<int> sizes) => sizes.Aggregate(1, static (p, s) => checked(p * s));
}
