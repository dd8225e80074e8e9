using System.Buffers;
using System.Numerics;
using Nonsmooth.LibTorch;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Native;
using Nonsmooth.LibTorch.Tensors;
using Nonsmooth.Programs;
using Nonsmooth.Reliability.Formats;
using Nonsmooth.Tensors;

namespace Nonsmooth.Reliability.Ties;

/// <summary>What one application of a site's function met.</summary>
internal readonly record struct SiteMet(long Ties, long Zeros, long Near, ValueRange Range)
{
    public static SiteMet None { get; } = new(0, 0, 0, ValueRange.None);
}

/// <summary>Measures one application of a site's function, in blocks that stay in a cache, on as many threads as libtorch.</summary>
internal sealed record SiteMeasure(ElementaryFunction Function, IReadOnlyList<TensorType> Types, int Places, Precision Precision, double NearUlps, bool FlushToZero)
{
    private const int _block = 8192;

    private readonly int _length = Block(Function.GapGrain(Types));

    /// <summary>Counts, and sets the bits of the tied places.</summary>
    public SiteMet Count(TorchTensor first, TorchTensor? second, ulong[] mask) => first.Dtype == TorchDtype.Float64
        ? Count(first, second, mask, FlushToZero ? double.BitDecrement(2.2250738585072014e-308) : 0)
        : Count(first, second, mask, FlushToZero ? float.BitDecrement(1.17549435e-38f) : 0);

    private SiteMet Count<T>(TorchTensor first, TorchTensor? second, ulong[] mask, T limit)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int blocks = (Places + _length - 1) / _length;
        double usual = NearUlps > 0 ? MeanMagnitude<T>(first.AsSpan<T>()) : 0;
        var total = SiteMet.None;
        object gate = new();
        Parallel.For(
            0,
            blocks,
            new ParallelOptions { MaxDegreeOfParallelism = Math.Clamp(blocks, 1, LibTorchThreads.Count) },
            () => SiteMet.None,
            (block, _, sum) => Add(sum, Block(first, second, mask, limit, usual, block, blocks)),
            sum =>
            {
                lock (gate)
                {
                    total = Add(total, sum);
                }
            });
        return total;
    }

    private SiteMet Block<T>(TorchTensor first, TorchTensor? second, ulong[] mask, T limit, double usual, int block, int blocks)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int start = block * _length;
        int count = Math.Min(_length, Places - start);
        ReadOnlySpan<T> x = first.AsSpan<T>();
        ReadOnlySpan<T> y = second is null ? default : second.AsSpan<T>();
        T[] rented = ArrayPool<T>.Shared.Rent(2 * count);
        var gaps = rented.AsSpan(0, count);
        var scales = rented.AsSpan(count, count);
        Function.MeasureGaps(new KinkArguments<T>(Types, x, y), start, gaps, scales);
        long ties = 0;
        for (int i = 0; i < count; i += 64)
        {
            int some = Math.Min(64, count - i);
            ulong bits = TieMask.Small<T>(gaps.Slice(i, some), T.Zero);
            if (limit > T.Zero)
            {
                bits |= TieMask.Small<T>(gaps.Slice(i, some), limit) & TieMask.Small<T>(scales.Slice(i, some), limit);
            }

            mask[(start + i) / 64] = bits;
            ties += BitOperations.PopCount(bits);
        }

        long near = NearUlps > 0 ? Near<T>(gaps, scales, new UlpLimit<T>(NearUlps, Precision, usual)) - ties : 0;
        ArrayPool<T>.Shared.Return(rented);
        var left = Share(x, block, blocks);
        var right = Share(y, block, blocks);
        return new SiteMet(ties, TieMask.CountSmall(left, limit) + TieMask.CountSmall(right, limit), near, ValueRange.Of(left).And(ValueRange.Of(right)));
    }

    private static long Near<T>(ReadOnlySpan<T> gaps, ReadOnlySpan<T> scales, UlpLimit<T> limit)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        long near = 0;
        for (int i = 0; i < gaps.Length; i++)
        {
            near += gaps[i] <= limit.At(scales[i]) ? 1 : 0;
        }

        return near;
    }

    private static double MeanMagnitude<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double sum = 0;
        long finite = 0;
        foreach (var value in values)
        {
            if (T.IsFinite(value))
            {
                sum += double.CreateChecked(T.Abs(value));
                finite++;
            }
        }

        return finite > 0 ? sum / finite : 0;
    }

    // Blocks of the result share the arguments out, so that those of one shape are still in the cache.
    private static ReadOnlySpan<T> Share<T>(ReadOnlySpan<T> values, int block, int blocks)
    {
        int from = (int)((long)values.Length * block / blocks);
        return values[from..(int)((long)values.Length * (block + 1) / blocks)];
    }

    private static SiteMet Add(SiteMet a, SiteMet b) => new(a.Ties + b.Ties, a.Zeros + b.Zeros, a.Near + b.Near, a.Range.And(b.Range));

    // A multiple of what the function measures at once, and of the bits of a word.
    private static int Block(int grain)
    {
        long least = grain / (long)BigInteger.GreatestCommonDivisor(grain, 64) * 64;
        return checked((int)(Math.Max(1, _block / least) * least));
    }
}
