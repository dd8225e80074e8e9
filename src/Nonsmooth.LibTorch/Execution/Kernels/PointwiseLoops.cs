using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nonsmooth.Dictionary;
using Nonsmooth.LibTorch.Native;
using Nonsmooth.Programs;

namespace Nonsmooth.LibTorch.Execution.Kernels;

/// <summary>Elementwise functions in which libtorch's kernels are not exact, on the CPU.</summary>
/// <remarks>
/// Its square root of many numbers at once is not correctly rounded, and no pair of its operators tells a NaN on the left
/// of a comparison from one on the right in one pass.
/// </remarks>
internal static unsafe class PointwiseLoops
{
    private const long Grain = 32768;

    private struct Work
    {
        public void* A;
        public void* B;
        public void* Result;
        public double Tie;
    }

    public static Kernel? SquareRoot(Node node, LoweringContext context) =>
        Of(node, context, 0, context.Storage == TorchDtype.Float64 ? &RootDouble : &RootSingle);

    public static Kernel? Greater(Greater function, Node node, LoweringContext context) => Of(
        node,
        context,
        context.Precision.Round(function.Tie),
        context.Storage == TorchDtype.Float64 ? &GreaterDouble : &GreaterSingle);

    private static Kernel? Of(
        Node node, LoweringContext context, double tie, delegate* unmanaged[Cdecl]<long, long, void*, void> body)
    {
        if (!context.OwnLoops)
        {
            return null;
        }

        int a = node.Arguments[0];
        int b = node.Arguments[^1];
        int y = node.Results[0];
        var sizes = context.Sizes(y);
        var (storage, device) = (context.Storage, context.Device);
        var computed = storage == TorchDtype.Float64 ? storage : TorchDtype.Float32;
        return values =>
        {
            var left = RowMajor.Of(values[a], computed);
            var right = RowMajor.Of(values[b], computed);
            var result = TensorFactory.Empty(sizes, computed, device);
            var work = new Work { A = left.Data, B = right.Data, Result = result.Data, Tie = tie };
            ParallelLoop.Run(result.ElementCount, Grain, body, &work);
            left.Delete();
            right.Delete();
            values[y] = RowMajor.Into(result, storage);
        };
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void RootSingle(long begin, long end, void* work) => Root<float>(begin, end, (Work*)work);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void RootDouble(long begin, long end, void* work) => Root<double>(begin, end, (Work*)work);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void GreaterSingle(long begin, long end, void* work) => Greater<float>(begin, end, (Work*)work);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void GreaterDouble(long begin, long end, void* work) => Greater<double>(begin, end, (Work*)work);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Root<T>(long begin, long end, Work* w)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T* x = (T*)w->A;
        T* y = (T*)w->Result;
        long i = begin;
        for (; i + Vector<T>.Count <= end; i += Vector<T>.Count)
        {
            Vector.Store(Vector.SquareRoot(Vector.Load(x + i)), y + i);
        }

        for (; i < end; i++)
        {
            y[i] = T.Sqrt(x[i]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Greater<T>(long begin, long end, Work* w)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T* a = (T*)w->A;
        T* b = (T*)w->B;
        T* y = (T*)w->Result;
        T tie = T.CreateTruncating(w->Tie);
        long i = begin;
        for (; i + Vector<T>.Count <= end; i += Vector<T>.Count)
        {
            var (left, right) = (Vector.Load(a + i), Vector.Load(b + i));
            var exceeds = Vector.GreaterThan(left, right) | Vector.OnesComplement(Vector.Equals(left, left));
            var rest = Vector.ConditionalSelect(exceeds, Vector<T>.One, Vector<T>.Zero);
            Vector.Store(Vector.ConditionalSelect(Vector.Equals(left, right), new Vector<T>(tie), rest), y + i);
        }

        for (; i < end; i++)
        {
            y[i] = a[i] == b[i] ? tie : a[i] > b[i] || T.IsNaN(a[i]) ? T.One : T.Zero;
        }
    }
}
