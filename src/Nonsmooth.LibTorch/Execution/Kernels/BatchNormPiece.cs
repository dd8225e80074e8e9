using System.Numerics;
using System.Runtime.CompilerServices;
using Nonsmooth.LibTorch.Native;

namespace Nonsmooth.LibTorch.Execution.Kernels;

/// <summary>The arithmetic of <see cref="BatchNormRows"/> on one piece of rows, in single precision, some rows at a time.</summary>
internal static unsafe class BatchNormPiece
{
    /// <summary>Numbers that a block of rows has at most: they stay in the nearest cache.</summary>
    public const int Scratch = 4096;

    // A sum of more numbers is continued in double.
    private const long MostRows = 64;

    /// <summary>Channels that a loop takes at once.</summary>
    public static int Columns => 4 * Vector<float>.Count;

    public static float Number(TensorHandle vector, long at) => vector.Dtype == TorchDtype.BFloat16
        ? BitConverter.UInt32BitsToSingle((uint)((ushort*)vector.Data)[at] << 16)
        : ((float*)vector.Data)[at];

    public static void Set(TensorHandle vector, long at, double value)
    {
        if (vector.Dtype == TorchDtype.BFloat16)
        {
            float single = (float)value;
            Brain.Narrow(&single, (ushort*)vector.Data + at, 1);
        }
        else
        {
            ((float*)vector.Data)[at] = (float)value;
        }
    }

    public static void Statistics(BatchNormWork* w, long piece)
    {
        float* buffer = stackalloc float[Scratch];
        double* sums = w->Partial + (2 * piece * w->Channels);
        double* squares = sums + w->Channels;
        float* centre = stackalloc float[w->Channels];
        new Span<double>(sums, 2 * w->Channels).Clear();
        new Span<float>(centre, w->Channels).Clear();
        var (first, last) = Bounds(w, piece);
        for (long row = first; row < last; row += Block(w))
        {
            Sum(Rows(w, w->X, row, last, buffer), Math.Min(Block(w), last - row), w->Channels, sums);
        }

        for (int c = 0; c < w->Channels; c++)
        {
            sums[c] /= last - first;
            centre[c] = (float)sums[c];
        }

        for (long row = first; row < last; row += Block(w))
        {
            Square(Rows(w, w->X, row, last, buffer), centre, Math.Min(Block(w), last - row), w->Channels, squares);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Affine(BatchNormWork* w, long piece)
    {
        float* buffer = stackalloc float[Scratch];
        var (first, last) = Bounds(w, piece);
        for (long row = first; row < last; row += Block(w))
        {
            float* x = Rows(w, w->X, row, last, buffer);
            float* y = w->Narrow ? buffer : (float*)w->Y + (row * w->Channels);
            long count = Math.Min(Block(w), last - row) * w->Channels;
            for (long start = 0; start < count; start += w->Channels)
            {
                for (int c = 0; c < w->Channels; c += Vector<float>.Count)
                {
                    var value = ((Vector.Load(x + start + c) - Vector.Load(w->Centre + c)) * Vector.Load(w->Slope + c)) + Vector.Load(w->Shift + c);
                    value = w->Relu ? Vector.ConditionalSelect(Vector.LessThanOrEqual(value, Vector<float>.Zero), Vector<float>.Zero, value) : value;
                    Vector.Store(value, y + start + c);
                }
            }

            Brain.Return(w->Narrow, y, w->Y, row * w->Channels, count);
        }
    }

    public static void Sums(BatchNormWork* w, long piece)
    {
        float* buffer = stackalloc float[3 * Scratch];
        double* sums = w->Partial + (2 * piece * w->Channels);
        new Span<double>(sums, 2 * w->Channels).Clear();
        var (first, last) = Bounds(w, piece);
        for (long row = first; row < last; row += Block(w))
        {
            float* x = Rows(w, w->X, row, last, buffer);
            float* g = Rows(w, w->G, row, last, buffer + Scratch);
            float* gate = w->Gate is null ? null : Rows(w, w->Gate, row, last, buffer + (2 * Scratch));
            Products(x, g, gate, w->Centre, Math.Min(Block(w), last - row), w->Channels, sums);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Combine(BatchNormWork* w, long piece)
    {
        float* buffer = stackalloc float[3 * Scratch];
        var (first, last) = Bounds(w, piece);
        for (long row = first; row < last; row += Block(w))
        {
            float* x = Rows(w, w->X, row, last, buffer);
            float* g = Rows(w, w->G, row, last, buffer + Scratch);
            float* gate = w->Gate is null ? null : Rows(w, w->Gate, row, last, buffer + (2 * Scratch));
            float* y = w->Narrow ? buffer : (float*)w->Y + (row * w->Channels);
            long count = Math.Min(Block(w), last - row) * w->Channels;
            for (long start = 0; start < count; start += w->Channels)
            {
                for (int c = 0; c < w->Channels; c += Vector<float>.Count)
                {
                    var direction = Gated(g + start + c, gate is null ? null : gate + start + c);
                    var part = direction - Vector.Load(w->Shift + c) - ((Vector.Load(x + start + c) - Vector.Load(w->Centre + c)) * Vector.Load(w->Slope + c));
                    Vector.Store(part * Vector.Load(w->Factor + c), y + start + c);
                }
            }

            Brain.Return(w->Narrow, y, w->Y, row * w->Channels, count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sum(float* x, long rows, int channels, double* sums)
    {
        for (int c = 0; c < channels; c += 4 * Vector<float>.Count)
        {
            var (a, b, d, e) = (Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero);
            float* at = x + c;
            for (long row = 0; row < rows; row++, at += channels)
            {
                a += Vector.Load(at);
                b += Vector.Load(at + Vector<float>.Count);
                d += Vector.Load(at + (2 * Vector<float>.Count));
                e += Vector.Load(at + (3 * Vector<float>.Count));
            }

            AddFour(a, b, d, e, sums + c);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Square(float* x, float* centre, long rows, int channels, double* squares)
    {
        for (int c = 0; c < channels; c += 2 * Vector<float>.Count)
        {
            var (a, b) = (Vector<float>.Zero, Vector<float>.Zero);
            var (first, second) = (Vector.Load(centre + c), Vector.Load(centre + c + Vector<float>.Count));
            float* at = x + c;
            for (long row = 0; row < rows; row++, at += channels)
            {
                var (p, q) = (Vector.Load(at) - first, Vector.Load(at + Vector<float>.Count) - second);
                a += p * p;
                b += q * q;
            }

            Add(a, squares + c);
            Add(b, squares + c + Vector<float>.Count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Products(float* x, float* g, float* gate, float* centre, long rows, int channels, double* sums)
    {
        for (int c = 0; c < channels; c += 2 * Vector<float>.Count)
        {
            var (a, b, p, q) = (Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero);
            var (first, second) = (Vector.Load(centre + c), Vector.Load(centre + c + Vector<float>.Count));
            for (long row = 0, at = c; row < rows; row++, at += channels)
            {
                long next = at + Vector<float>.Count;
                var left = Gated(g + at, gate is null ? null : gate + at);
                var right = Gated(g + next, gate is null ? null : gate + next);
                a += left;
                b += right;
                p += left * (Vector.Load(x + at) - first);
                q += right * (Vector.Load(x + next) - second);
            }

            Add(a, sums + c);
            Add(b, sums + c + Vector<float>.Count);
            Add(p, sums + channels + c);
            Add(q, sums + channels + c + Vector<float>.Count);
        }
    }

    // A NaN passes, as in libtorch's threshold_backward.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Gated(float* g, float* gate) => gate is null
        ? Vector.Load(g)
        : Vector.ConditionalSelect(Vector.LessThanOrEqual(Vector.Load(gate), Vector<float>.Zero), Vector<float>.Zero, Vector.Load(g));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddFour(Vector<float> a, Vector<float> b, Vector<float> c, Vector<float> d, double* sums)
    {
        Add(a, sums);
        Add(b, sums + Vector<float>.Count);
        Add(c, sums + (2 * Vector<float>.Count));
        Add(d, sums + (3 * Vector<float>.Count));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(Vector<float> part, double* sums)
    {
        Vector.Widen(part, out var low, out var high);
        Vector.Store(Vector.Load(sums) + low, sums);
        Vector.Store(Vector.Load(sums + Vector<double>.Count) + high, sums + Vector<double>.Count);
    }

    private static (long First, long Last) Bounds(BatchNormWork* w, long piece) =>
        (piece * w->Height, Math.Min(w->Rows, (piece + 1) * w->Height));

    private static long Block(BatchNormWork* w) => Math.Clamp(Scratch / w->Channels, 1, MostRows);

    private static float* Rows(BatchNormWork* w, void* from, long row, long last, float* buffer) =>
        Brain.Singles(w->Narrow, from, row * w->Channels, Math.Min(Block(w), last - row) * w->Channels, buffer);
}
