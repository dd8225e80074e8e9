using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nonsmooth.LibTorch.Native;

namespace Nonsmooth.LibTorch.Execution.Kernels;

/// <summary>(x − mean)·w/√(variance + ε) + b by channels, of given statistics, on the processor.</summary>
/// <remarks>The difference is taken first, so that a channel far from 0 loses nothing. Each element by itself: the same bits for any threads.</remarks>
internal static unsafe class GivenNorm
{
    private const long Grain = 32768;

    private struct Work
    {
        public void* X;
        public void* Y;
        public void* Mean;
        public void* Factor;
        public void* Bias;
        public long Channels;
        public long Plane;
    }

    /// <summary>Whether the loop takes such tensors, x first: of 32 or 64 bits all, on the processor, row-major or with channels last.</summary>
    public static bool Take(ReadOnlySpan<TensorHandle> tensors)
    {
        bool takes = tensors[0].ElementCount > 0 && tensors[0].Rank >= 2 && (tensors[0].IsContiguous || LastChannels.Are(tensors[0]));
        for (int i = 0; takes && i < tensors.Length; i++)
        {
            takes = tensors[i].Dtype is TorchDtype.Float32 or TorchDtype.Float64 && tensors[i].Dtype == tensors[0].Dtype
                && tensors[i].Device.Kind == DeviceKind.Cpu && (i == 0 || tensors[i].IsContiguous);
        }

        return takes;
    }

    /// <summary>The norm, in the layout of x.</summary>
    public static TensorHandle Of(TensorHandle x, TensorHandle weight, TensorHandle bias, TensorHandle mean, TensorHandle variance, double epsilon)
    {
        var y = TensorFactory.EmptyStrided(x.Sizes, x.Strides, x.Dtype, Device.Cpu);
        long channels = x.Sizes[1];
        bool last = !x.IsContiguous;
        var factor = TensorFactory.Empty([channels], x.Dtype, Device.Cpu);
        var work = new Work
        {
            X = x.Data, Y = y.Data, Mean = mean.Data, Bias = bias.Data, Factor = factor.Data,
            Channels = channels, Plane = last ? 1 : x.ElementCount / (x.Sizes[0] * channels),
        };
        long rows = x.ElementCount / (work.Plane == 1 ? channels : work.Plane);
        long grain = Math.Max(1, Grain * rows / x.ElementCount);
        if (x.Dtype == TorchDtype.Float32)
        {
            Factors<float>(&work, weight, variance, epsilon);
            ParallelLoop.Run(rows, grain, work.Plane == 1 ? &RowsSingle : &PlanesSingle, &work);
        }
        else
        {
            Factors<double>(&work, weight, variance, epsilon);
            ParallelLoop.Run(rows, grain, work.Plane == 1 ? &RowsDouble : &PlanesDouble, &work);
        }

        factor.Delete();
        return y;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void RowsSingle(long begin, long end, void* work) => Rows<float>(begin, end, (Work*)work);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void RowsDouble(long begin, long end, void* work) => Rows<double>(begin, end, (Work*)work);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void PlanesSingle(long begin, long end, void* work) => Planes<float>(begin, end, (Work*)work);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void PlanesDouble(long begin, long end, void* work) => Planes<double>(begin, end, (Work*)work);

    private static void Factors<T>(Work* w, TensorHandle weight, TensorHandle variance, double epsilon)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (long c = 0; c < w->Channels; c++)
        {
            ((T*)w->Factor)[c] = T.CreateTruncating(
                double.CreateTruncating(((T*)weight.Data)[c]) / Math.Sqrt(double.CreateTruncating(((T*)variance.Data)[c]) + epsilon));
        }
    }

    // A row is one position's channels.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows<T>(long begin, long end, Work* w)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T* mean = (T*)w->Mean;
        T* factor = (T*)w->Factor;
        T* bias = (T*)w->Bias;
        for (long row = begin; row < end; row++)
        {
            T* x = (T*)w->X + (row * w->Channels);
            T* y = (T*)w->Y + (row * w->Channels);
            long c = 0;
            for (; c + Vector<T>.Count <= w->Channels; c += Vector<T>.Count)
            {
                Vector.Store(((Vector.Load(x + c) - Vector.Load(mean + c)) * Vector.Load(factor + c)) + Vector.Load(bias + c), y + c);
            }

            for (; c < w->Channels; c++)
            {
                y[c] = ((x[c] - mean[c]) * factor[c]) + bias[c];
            }
        }
    }

    private static void Planes<T>(long begin, long end, Work* w)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (long plane = begin; plane < end; plane++)
        {
            long c = plane % w->Channels;
            var (mean, factor, bias) = (((T*)w->Mean)[c], ((T*)w->Factor)[c], ((T*)w->Bias)[c]);
            BatchNormLoops.Affine((T*)w->X + (plane * w->Plane), mean, factor, bias, (T*)w->Y + (plane * w->Plane), w->Plane);
        }
    }
}
