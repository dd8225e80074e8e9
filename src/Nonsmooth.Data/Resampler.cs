using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Nonsmooth.Data;

/// <summary>Scales parts of images of three channels: bilinear, over as many pixels as a new one covers, so that fine patterns do not alias.</summary>
/// <remarks>
/// A new pixel is the mean of the old ones weighted by a triangle around its middle, whose half width is the distance of
/// two new pixels, at least 1; only pixels of the part count. A part scaled to its own size keeps its values.
/// </remarks>
internal static class Resampler
{
    private const int Channels = 3;

    /// <summary>Scales a part.</summary>
    /// <param name="source">Red, green, blue of each pixel, row by row.</param>
    /// <param name="width">The source's columns.</param>
    /// <param name="box">The part, within the source.</param>
    /// <param name="rows">New rows.</param>
    /// <param name="columns">New columns.</param>
    /// <param name="target">Gets the new pixels in the order of the source, from 0 to 255.</param>
    public static void Scale(ReadOnlySpan<byte> source, int width, CropBox box, int rows, int columns, Span<float> target)
    {
        int line = box.Width * Channels;
        var lines = ArrayPool<float>.Shared.Rent(line * box.Height);
        var sum = ArrayPool<float>.Shared.Rent(line);
        for (int row = 0; row < box.Height; row++)
        {
            var bytes = source.Slice((((box.Top + row) * width) + box.Left) * Channels, line);
            Widen(bytes, lines.AsSpan(row * line, line));
        }

        var (down, across) = (Taps.Of(box.Height, rows), Taps.Of(box.Width, columns));
        for (int row = 0; row < rows; row++)
        {
            var mixed = sum.AsSpan(0, line);
            mixed.Clear();
            for (int tap = 0; tap < down.Count[row]; tap++)
            {
                AddScaled(mixed, lines.AsSpan((down.First[row] + tap) * line, line), down.Weight(row, tap));
            }

            Across(mixed, across, target.Slice(row * columns * Channels, columns * Channels));
        }

        ArrayPool<float>.Shared.Return(lines);
        ArrayPool<float>.Shared.Return(sum);
    }

    private static void Across(ReadOnlySpan<float> line, Taps taps, Span<float> target)
    {
        for (int column = 0; column < taps.First.Length; column++)
        {
            float red = 0, green = 0, blue = 0;
            int at = taps.First[column] * Channels;
            for (int tap = 0; tap < taps.Count[column]; tap++, at += Channels)
            {
                float weight = taps.Weight(column, tap);
                red += weight * line[at];
                green += weight * line[at + 1];
                blue += weight * line[at + 2];
            }

            (target[Channels * column], target[(Channels * column) + 1], target[(Channels * column) + 2]) = (red, green, blue);
        }
    }

    private static void Widen(ReadOnlySpan<byte> bytes, Span<float> numbers)
    {
        for (int i = 0; i < bytes.Length; i++)
        {
            numbers[i] = bytes[i];
        }
    }

    // A product and a sum, rounded each: the same bits for any width of vectors.
    private static void AddScaled(Span<float> sum, ReadOnlySpan<float> line, float weight)
    {
        var sums = MemoryMarshal.Cast<float, Vector<float>>(sum);
        var lines = MemoryMarshal.Cast<float, Vector<float>>(line);
        for (int i = 0; i < sums.Length; i++)
        {
            sums[i] += lines[i] * weight;
        }

        for (int i = sums.Length * Vector<float>.Count; i < sum.Length; i++)
        {
            sum[i] += line[i] * weight;
        }
    }

    /// <summary>Which old pixels make each new one along an axis, and their weights, which sum to 1.</summary>
    private sealed record Taps(int[] First, int[] Count, float[] Weights, int Most)
    {
        public float Weight(int target, int tap) => Weights[(target * Most) + tap];

        public static Taps Of(int old, int made)
        {
            double scale = (double)old / made;
            double reach = Math.Max(1, scale);
            int most = (int)Math.Ceiling(2 * reach) + 1;
            var taps = new Taps(new int[made], new int[made], new float[made * most], most);
            for (int i = 0; i < made; i++)
            {
                double middle = (i + 0.5) * scale;
                int first = Math.Max(0, (int)Math.Floor(middle - reach + 0.5));
                int end = Math.Min(old, (int)Math.Floor(middle + reach + 0.5));
                double total = 0;
                for (int j = first; j < end; j++)
                {
                    total += Triangle((j + 0.5 - middle) / reach);
                }

                for (int j = first; j < end; j++)
                {
                    taps.Weights[(i * most) + j - first] = (float)(Triangle((j + 0.5 - middle) / reach) / total);
                }

                (taps.First[i], taps.Count[i]) = (first, end - first);
            }

            return taps;
        }

        private static double Triangle(double x) => Math.Max(0, 1 - Math.Abs(x));
    }
}
