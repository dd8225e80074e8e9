using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nonsmooth.Dictionary;
using Nonsmooth.LibTorch.Native;
using Nonsmooth.Programs;

namespace Nonsmooth.LibTorch.Execution.Kernels;

/// <summary>The lower median of each line and the first position that holds it, on the CPU.</summary>
/// <remarks>libtorch's own names any of the positions that hold it.</remarks>
internal static unsafe class MedianLoops
{
    private const long Grain = 4096;

    private struct Work
    {
        public void* X;
        public void* Values;
        public long* Places;
        public long Length;
        public long Step;
    }

    public static Kernel? Of(Median function, Node node, LoweringContext context)
    {
        if (!context.OwnLoops)
        {
            return null;
        }

        var lines = Lines.Along(context.Type(node.Arguments[0]).Shape, function.Axis);
        int x = node.Arguments[0];
        int y = node.Results[0];
        int place = node.Results[1];
        var sizes = context.Sizes(y);
        var (storage, device) = (context.Storage, context.Device);
        var computed = storage == TorchDtype.Float64 ? storage : TorchDtype.Float32;
        return values =>
        {
            var elements = RowMajor.Of(values[x], computed);
            var medians = TensorFactory.Empty(sizes, computed, device);
            var places = TensorFactory.Empty(sizes, TorchDtype.Int64, device);
            var work = new Work
            {
                X = elements.Data,
                Values = medians.Data,
                Places = (long*)places.Data,
                Length = lines.Length,
                Step = lines.Step,
            };
            ParallelLoop.Run(
                lines.Count, Math.Max(1, Grain / Math.Max(1, lines.Length)), computed == TorchDtype.Float64 ? &Double : &Single, &work);
            elements.Delete();
            values[y] = RowMajor.Into(medians, storage);
            values[place] = places;
        };
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Single(long begin, long end, void* work) => Find<float>(begin, end, (Work*)work);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Double(long begin, long end, void* work) => Find<double>(begin, end, (Work*)work);

    private static void Find<T>(long begin, long end, Work* w)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T* sorted = (T*)NativeMemory.Alloc((nuint)w->Length, (nuint)sizeof(T));
        for (long line = begin; line < end; line++)
        {
            T* x = (T*)w->X + (line / w->Step * w->Length * w->Step) + (line % w->Step);
            for (long i = 0; i < w->Length; i++)
            {
                sorted[i] = x[i * w->Step];
            }

            // NaN are sorted to the front.
            new Span<T>(sorted, (int)w->Length).Sort();
            T median = T.IsNaN(sorted[0]) ? T.NaN : sorted[(w->Length - 1) / 2];
            long place = 0;
            while (!TieWeightLoops.Attains(x[place * w->Step], median))
            {
                place++;
            }

            (((T*)w->Values)[line], w->Places[line]) = (x[place * w->Step], place);
        }

        NativeMemory.Free(sorted);
    }
}
