using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nonsmooth.LibTorch.Native;

namespace Nonsmooth.LibTorch.Execution.Kernels;

/// <summary>Batch norm and its gradient on the CPU, a channel at a time, while it lies in the cache.</summary>
/// <remarks>
/// libtorch's own kernel adds up the statistics one number after the other and is several times slower. A channel is one
/// thread's work, so that the bits do not depend on the number of threads; planes are added up in double.
/// </remarks>
internal static unsafe class BatchNormLoops
{
    private const long Grain = 32768;

    private struct Work
    {
        public void* X;
        public void* G;
        public void* Weight;
        public void* Bias;
        public void* Y;
        public void* Mean;
        public void* Variance;
        public void* OfWeight;
        public void* OfBias;
        public long Images;
        public long Channels;
        public long Plane;
        public double Epsilon;
    }

    /// <summary>Whether the loops take such tensors, x first: row-major, of 32 or 64 bits, with planes worth a loop.</summary>
    public static bool Take(ReadOnlySpan<TensorHandle> tensors)
    {
        var sizes = tensors[0].Sizes;
        if (tensors[0].ElementCount < 4 * sizes[0] * sizes[1])
        {
            return false;
        }

        foreach (var tensor in tensors)
        {
            if (tensor.Dtype is not (TorchDtype.Float32 or TorchDtype.Float64) || !tensor.IsContiguous || tensor.ElementCount == 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>y, mean and variance into tensors the caller made.</summary>
    public static void Forward(
        TensorHandle x, TensorHandle weight, TensorHandle bias, double epsilon, TensorHandle y, TensorHandle mean, TensorHandle variance)
    {
        var work = Over(x, epsilon);
        work.Weight = weight.Data;
        work.Bias = bias.Data;
        work.Y = y.Data;
        work.Mean = mean.Data;
        work.Variance = variance.Data;
        Run(x, &work, x.Dtype == TorchDtype.Float32 ? &ForwardSingle : &ForwardDouble);
    }

    /// <summary>The cotangents of x, weight and bias into tensors the caller made.</summary>
    public static void Backward(
        TensorHandle x,
        TensorHandle weight,
        TensorHandle mean,
        TensorHandle variance,
        TensorHandle g,
        double epsilon,
        TensorHandle ofX,
        TensorHandle ofWeight,
        TensorHandle ofBias)
    {
        var work = Over(x, epsilon);
        work.G = g.Data;
        work.Weight = weight.Data;
        work.Mean = mean.Data;
        work.Variance = variance.Data;
        work.Y = ofX.Data;
        work.OfWeight = ofWeight.Data;
        work.OfBias = ofBias.Data;
        Run(x, &work, x.Dtype == TorchDtype.Float32 ? &BackwardSingle : &BackwardDouble);
    }

    private static Work Over(TensorHandle x, double epsilon)
    {
        var sizes = x.Sizes;
        return new Work
        {
            X = x.Data,
            Images = sizes[0],
            Channels = sizes[1],
            Plane = x.ElementCount / (sizes[0] * sizes[1]),
            Epsilon = epsilon,
        };
    }

    private static void Run(TensorHandle x, Work* work, delegate* unmanaged[Cdecl]<long, long, void*, void> body) =>
        ParallelLoop.Run(work->Channels, Math.Max(1, Grain * work->Channels / x.ElementCount), body, work);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void ForwardSingle(long begin, long end, void* work) => Forward<float>(begin, end, (Work*)work);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void ForwardDouble(long begin, long end, void* work) => Forward<double>(begin, end, (Work*)work);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void BackwardSingle(long begin, long end, void* work) => Backward<float>(begin, end, (Work*)work);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void BackwardDouble(long begin, long end, void* work) => Backward<double>(begin, end, (Work*)work);

    private static void Forward<T>(long begin, long end, Work* w)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        long stride = w->Channels * w->Plane;
        double count = w->Images * (double)w->Plane;
        for (long c = begin; c < end; c++)
        {
            T* x = (T*)w->X + (c * w->Plane);
            T* y = (T*)w->Y + (c * w->Plane);
            double sum = 0;
            for (long n = 0; n < w->Images; n++)
            {
                sum += WideSums.Of(x + (n * stride), w->Plane);
            }

            T mean = T.CreateTruncating(sum / count);
            double squares = 0;
            for (long n = 0; n < w->Images; n++)
            {
                squares += Squares(x + (n * stride), mean, w->Plane);
            }

            double variance = squares / count;
            T scale = T.CreateTruncating(1 / Math.Sqrt(variance + w->Epsilon)) * ((T*)w->Weight)[c];
            for (long n = 0; n < w->Images; n++)
            {
                Affine(x + (n * stride), mean, scale, ((T*)w->Bias)[c], y + (n * stride), w->Plane);
            }

            ((T*)w->Mean)[c] = mean;
            ((T*)w->Variance)[c] = T.CreateTruncating(variance);
        }
    }

    private static void Backward<T>(long begin, long end, Work* w)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        long stride = w->Channels * w->Plane;
        double count = w->Images * (double)w->Plane;
        for (long c = begin; c < end; c++)
        {
            T* x = (T*)w->X + (c * w->Plane);
            T* g = (T*)w->G + (c * w->Plane);
            T* y = (T*)w->Y + (c * w->Plane);
            T mean = ((T*)w->Mean)[c];
            double sum = 0;
            double products = 0;
            for (long n = 0; n < w->Images; n++)
            {
                var (s, p) = Sums(g + (n * stride), x + (n * stride), mean, w->Plane);
                (sum, products) = (sum + s, products + p);
            }

            double scale = 1 / Math.Sqrt(double.CreateTruncating(((T*)w->Variance)[c]) + w->Epsilon);
            T shift = T.CreateTruncating(sum / count);
            T slope = T.CreateTruncating(products * scale * scale / count);
            T factor = T.CreateTruncating(scale) * ((T*)w->Weight)[c];
            for (long n = 0; n < w->Images; n++)
            {
                Combine(g + (n * stride), x + (n * stride), mean, shift, slope, factor, y + (n * stride), w->Plane);
            }

            ((T*)w->OfWeight)[c] = T.CreateTruncating(products * scale);
            ((T*)w->OfBias)[c] = T.CreateTruncating(sum);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static double Squares<T>(T* x, T mean, long count)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var sum = Vector<T>.Zero;
        var centre = new Vector<T>(mean);
        long i = 0;
        for (; i + Vector<T>.Count <= count; i += Vector<T>.Count)
        {
            var d = Vector.Load(x + i) - centre;
            sum += d * d;
        }

        double rest = double.CreateTruncating(Vector.Sum(sum));
        for (; i < count; i++)
        {
            var d = double.CreateTruncating(x[i] - mean);
            rest += d * d;
        }

        return rest;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Affine<T>(T* x, T mean, T scale, T bias, T* y, long count)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (centre, factor, shift) = (new Vector<T>(mean), new Vector<T>(scale), new Vector<T>(bias));
        long i = 0;
        for (; i + Vector<T>.Count <= count; i += Vector<T>.Count)
        {
            Vector.Store(((Vector.Load(x + i) - centre) * factor) + shift, y + i);
        }

        for (; i < count; i++)
        {
            y[i] = ((x[i] - mean) * scale) + bias;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (double Sum, double Products) Sums<T>(T* g, T* x, T mean, long count)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (sum, products, centre) = (Vector<T>.Zero, Vector<T>.Zero, new Vector<T>(mean));
        long i = 0;
        for (; i + Vector<T>.Count <= count; i += Vector<T>.Count)
        {
            var direction = Vector.Load(g + i);
            sum += direction;
            products += direction * (Vector.Load(x + i) - centre);
        }

        double s = double.CreateTruncating(Vector.Sum(sum));
        double p = double.CreateTruncating(Vector.Sum(products));
        for (; i < count; i++)
        {
            s += double.CreateTruncating(g[i]);
            p += double.CreateTruncating(g[i]) * double.CreateTruncating(x[i] - mean);
        }

        return (s, p);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Combine<T>(T* g, T* x, T mean, T shift, T slope, T factor, T* y, long count)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (centre, less, times, scale) = (new Vector<T>(mean), new Vector<T>(shift), new Vector<T>(slope), new Vector<T>(factor));
        long i = 0;
        for (; i + Vector<T>.Count <= count; i += Vector<T>.Count)
        {
            var part = Vector.Load(g + i) - less - ((Vector.Load(x + i) - centre) * times);
            Vector.Store(part * scale, y + i);
        }

        for (; i < count; i++)
        {
            y[i] = (g[i] - shift - ((x[i] - mean) * slope)) * factor;
        }
    }
}
