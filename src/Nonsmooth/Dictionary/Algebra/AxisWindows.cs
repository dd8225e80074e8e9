using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>The windows along one axis: which positions each covers, padding left out.</summary>
/// <remarks>Window o covers <c>First[o] + j·Step</c> for j &lt; <c>Taps[o]</c>, by taps from <c>FirstTap[o]</c> on.</remarks>
internal sealed class AxisWindows
{
    private const int Most = 1 << 26;

    private AxisWindows(int input, int kernel, int output, int step, int stride)
    {
        if (Math.Max(input, output) > Most)
        {
            throw new ShapeException($"windows along an axis of {input}: it may have at most {Most}");
        }

        (Input, Kernel, Step, Stride) = (input, kernel, step, stride);
        (First, FirstTap, Taps, Padded) = (new int[output], new int[output], new int[output], new int[output]);
    }

    /// <summary>Size of the axis.</summary>
    public int Input { get; }

    /// <summary>Taps of a whole window; 0 where windows differ.</summary>
    public int Kernel { get; }

    /// <summary>Distance between the positions of a window.</summary>
    public int Step { get; }

    /// <summary>Distance between windows; 0 where it varies.</summary>
    public int Stride { get; }

    public int[] First { get; }

    public int[] FirstTap { get; }

    /// <summary>How many positions inside the axis each window covers.</summary>
    public int[] Taps { get; }

    /// <summary>The same, with those on the padding (but not what lies beyond it).</summary>
    public int[] Padded { get; }

    public int Output => First.Length;

    /// <summary>Σ over windows of the positions covered.</summary>
    public long TotalTaps => Taps.Sum(t => (long)t);

    /// <summary>How many windows cover anything.</summary>
    public long Occupied => Taps.LongCount(t => t > 0);

    /// <summary>How many windows have exactly one position, padding included.</summary>
    public long Single(bool padded) => (padded ? Padded : Taps).LongCount(t => t == 1);

    /// <summary>How many positions some window covers.</summary>
    public long Covered => Reach().LongCount(r => r.Length > 0);

    public static AxisWindows Sliding(int input, int output, int kernel, int stride, int padding, int dilation, int? after = null)
    {
        var windows = new AxisWindows(input, kernel, output, dilation, stride);
        for (int o = 0; o < output; o++)
        {
            int start = (o * stride) - padding;
            int tap = start >= 0 ? 0 : (-start + dilation - 1) / dilation;
            int end = Reaching(input - start, dilation, kernel);
            windows.FirstTap[o] = tap;
            windows.First[o] = start + (tap * dilation);
            windows.Taps[o] = Math.Max(0, end - tap);
            windows.Padded[o] = Reaching(input + (after ?? padding) - start, dilation, kernel);
        }

        return windows;
    }

    /// <summary>Windows of nearly equal size that cover an axis, as adaptive pooling has them.</summary>
    public static AxisWindows Adaptive(int input, int output)
    {
        var windows = new AxisWindows(input, 0, output, 1, 0);
        for (int o = 0; o < output; o++)
        {
            int start = (int)((long)o * input / output);
            int end = (int)((((long)(o + 1) * input) + output - 1) / output);
            windows.First[o] = start;
            windows.Taps[o] = windows.Padded[o] = end - start;
        }

        return windows;
    }

    /// <summary>How many windows fit; not positive when not one does.</summary>
    public static int OutputSize(int input, int kernel, int stride, int padding, int dilation, bool ceiling, int? after = null)
    {
        long room = input + (long)padding + (after ?? padding) - ((long)dilation * (kernel - 1)) - 1;
        if (room < 0)
        {
            return 0;
        }

        int output = (int)Math.Min(((room + (ceiling ? stride - 1L : 0)) / stride) + 1, int.MaxValue);

        // A last window that would start on the padding behind the input is dropped.
        return ceiling && (output - 1L) * stride >= (long)input + padding ? output - 1 : output;
    }

    /// <summary>For each position, the (tap, window) pairs that cover it, by ascending tap.</summary>
    public (int Tap, int Window)[][] Reach()
    {
        var reach = new List<(int Tap, int Window)>[Input];
        for (int i = 0; i < Input; i++)
        {
            reach[i] = [];
        }

        for (int o = 0; o < Output; o++)
        {
            for (int j = 0; j < Taps[o]; j++)
            {
                reach[First[o] + (j * Step)].Add((FirstTap[o] + j, o));
            }
        }

        return [.. reach.Select(r => r.OrderBy(p => p.Tap).ToArray())];
    }

    /// <summary>For each tap, the run of windows in which it lies inside the axis: first window, its place, how many.</summary>
    /// <remarks>From one window of a run to the next the place moves by <see cref="Stride"/>.</remarks>
    public (int Window, int Place, int Count)[] Runs()
    {
        var runs = new (int Window, int Place, int Count)[Kernel];
        for (int o = 0; o < Output; o++)
        {
            for (int j = 0; j < Taps[o]; j++)
            {
                int tap = FirstTap[o] + j;
                var (window, place, count) = runs[tap];
                runs[tap] = count == 0 ? (o, First[o] + (j * Step), 1) : (window, place, count + 1);
            }
        }

        return runs;
    }

    /// <summary>The positions of all windows one after the other, each of so many taps: −1 where a tap lies outside the axis.</summary>
    public int[] Places(out int taps)
    {
        taps = Kernel > 0 ? Kernel : Taps.DefaultIfEmpty().Max();
        var places = new int[checked(Output * taps)];
        places.AsSpan().Fill(-1);
        for (int o = 0; o < Output; o++)
        {
            for (int j = 0; j < Taps[o]; j++)
            {
                places[(o * taps) + FirstTap[o] + j] = First[o] + (j * Step);
            }
        }

        return places;
    }

    // How many of the positions 0, step, 2·step, … lie below the room left.
    private static int Reaching(int room, int step, int kernel) => room <= 0 ? 0 : Math.Min(kernel, ((room - 1) / step) + 1);

    /// <summary>Checks a pair of attributes, rows before columns.</summary>
    public static IntVector Pair(IntVector pair, string name, int least) =>
        pair.Count == 2 && pair[0] >= least && pair[1] >= least
            ? pair
            : throw new ShapeException($"{name} is {pair}: give two numbers, for rows and columns, each at least {least}");
}
