using System.Numerics;
using Nonsmooth.LibTorch;
using Nonsmooth.LibTorch.Tensors;

namespace Nonsmooth.Reliability.Formats;

/// <summary>Counts the numbers of a tensor by magnitude, in blocks that stay in a cache.</summary>
internal static class RangeCount
{
    private const int Block = 8192;

    /// <summary>The range of a tensor of singles or doubles on the processor.</summary>
    public static ValueRange Of(string name, bool backward, TorchTensor tensor) => tensor.Dtype == TorchDtype.Float64
        ? Of(name, backward, tensor.AsSpan<double>(), double.MaxValue)
        : Of(name, backward, tensor.AsSpan<float>(), float.MaxValue);

    private static ValueRange Of<T>(string name, bool backward, ReadOnlySpan<T> values, T most)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var formats = NarrowFormat.All;
        var limits = formats.SelectMany(f => (T[])[AtMost<T>(f.Vanishing), T.BitDecrement(T.CreateChecked(f.Subnormal)), AtMost<T>(f.Finite)])
            .Append(T.Zero).Append(most).ToArray();
        var within = new long[limits.Length];
        var largest = T.Zero;
        for (int from = 0; from < values.Length; from += Block)
        {
            var block = values.Slice(from, Math.Min(Block, values.Length - from));
            for (int i = 0; i < limits.Length; i++)
            {
                within[i] += TieMask.CountSmall(block, limits[i]);
            }

            foreach (var value in block)
            {
                var magnitude = T.Abs(value);
                largest = magnitude > largest && magnitude <= most ? magnitude : largest;
            }
        }

        var (zeros, finite) = (within[^2], within[^1]);
        return new ValueRange(
            name,
            backward,
            values.Length,
            zeros,
            values.Length - finite,
            double.CreateChecked(largest),
            [.. formats.Select((f, i) => new FormatRange(f.Name, finite - within[(3 * i) + 2], within[(3 * i) + 1] - within[3 * i], within[3 * i] - zeros))]);
    }

    // The largest number of the type that is not above the limit.
    private static T AtMost<T>(double limit)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var near = T.CreateSaturating(limit);
        return double.CreateChecked(near) > limit ? T.BitDecrement(near) : near;
    }
}
