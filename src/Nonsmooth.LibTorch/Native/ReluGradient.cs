using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nonsmooth.LibTorch.Native;

/// <summary>g where x &gt; 0, atZero·g where x = 0, and 0 elsewhere, in one pass over memory on the CPU.</summary>
/// <remarks>
/// libtorch's own operator takes a Scalar, which the dispatcher refuses, and the spellings it accepts need two passes
/// and are 7 to 9 times slower. A NaN in x passes g through, as libtorch's <c>threshold_backward</c> does.
/// </remarks>
internal static unsafe class ReluGradient
{
    private const long Grain = 32768;

    private struct Context
    {
        public void* Gradient;
        public void* Input;
        public void* Result;
        public double AtZero;
    }

    /// <summary>
    /// Writes the gradient into <paramref name="result"/>, which may be <paramref name="gradient"/>; returns false, having
    /// done nothing, where the three tensors are not on the CPU with one dtype, one size and one dense layout, or where a
    /// 16-bit dtype meets an <paramref name="atZero"/> other than 0 and 1.
    /// </summary>
    public static bool TryRun(TensorHandle gradient, TensorHandle input, TensorHandle result, double atZero = 0)
    {
        var dtype = input.Dtype;
        var wide = dtype is TorchDtype.Float32 or TorchDtype.Float64;
        if (!(wide || (dtype is TorchDtype.BFloat16 or TorchDtype.Float16 && atZero is 0 or 1))
            || gradient.Dtype != dtype || result.Dtype != dtype
            || input.Device.Kind != DeviceKind.Cpu || gradient.Device.Kind != DeviceKind.Cpu || result.Device.Kind != DeviceKind.Cpu
            || !input.IsDense || !Same(input, gradient) || !Same(input, result))
        {
            return false;
        }

        var context = new Context { Gradient = gradient.Data, Input = input.Data, Result = result.Data, AtZero = atZero };
        ParallelLoop.Run(
            input.ElementCount,
            Grain,
            dtype switch
            {
                TorchDtype.Float32 => &Single,
                TorchDtype.Float64 => &Double,
                TorchDtype.BFloat16 => &BFloat16,
                _ => &Half,
            },
            &context);
        return true;
    }

    private static bool Same(TensorHandle a, TensorHandle b) =>
        a.Sizes.SequenceEqual(b.Sizes) && a.Strides.SequenceEqual(b.Strides);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Single(long begin, long end, void* context)
    {
        var c = (Context*)context;
        Real((float*)c->Gradient, (float*)c->Input, (float*)c->Result, (float)c->AtZero, begin, end);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Double(long begin, long end, void* context)
    {
        var c = (Context*)context;
        Real((double*)c->Gradient, (double*)c->Input, (double*)c->Result, c->AtZero, begin, end);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void BFloat16(long begin, long end, void* context) =>
        Bits((Context*)context, unchecked((short)0xff80), begin, end);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Half(long begin, long end, void* context) =>
        Bits((Context*)context, unchecked((short)0xfc00), begin, end);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Real<T>(T* gradient, T* input, T* result, T atZero, long begin, long end)
        where T : unmanaged, INumber<T>
    {
        var factor = new Vector<T>(atZero);

        // 0 at 0 even of an infinite gradient.
        var scales = atZero == T.Zero ? Vector<T>.Zero : Vector<T>.AllBitsSet;
        var i = begin;
        for (; i + Vector<T>.Count <= end; i += Vector<T>.Count)
        {
            var x = Vector.Load(input + i);
            var g = Vector.Load(gradient + i);
            var zero = Vector.ConditionalSelect(Vector.Equals(x, Vector<T>.Zero) & scales, factor * g, Vector<T>.Zero);
            Vector.Store(Vector.ConditionalSelect(Vector.LessThanOrEqual(x, Vector<T>.Zero), zero, g), result + i);
        }

        for (; i < end; i++)
        {
            result[i] = input[i] <= T.Zero ? (input[i] == T.Zero && atZero != T.Zero ? atZero * gradient[i] : T.Zero) : gradient[i];
        }
    }

    /// <summary>The same on bit patterns: a 16-bit float is negative or zero where its pattern is, NaN aside.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Bits(Context* context, short negativeInfinity, long begin, long end)
    {
        short* gradient = (short*)context->Gradient, input = (short*)context->Input, result = (short*)context->Result;
        var passZero = context->AtZero != 0;
        var infinity = new Vector<short>(negativeInfinity);
        var minusZero = new Vector<short>(short.MinValue);
        var i = begin;
        for (; i + Vector<short>.Count <= end; i += Vector<short>.Count)
        {
            var x = Vector.Load(input + i);
            var zero = Vector.Equals(x, Vector<short>.Zero) | Vector.Equals(x, minusZero);
            var blocked = Vector.LessThan(x, Vector<short>.Zero) & Vector.LessThanOrEqual(x, infinity);
            blocked = passZero ? Vector.AndNot(blocked, zero) : blocked | zero;
            Vector.Store(Vector.AndNot(Vector.Load(gradient + i), blocked), result + i);
        }

        for (; i < end; i++)
        {
            var x = input[i];
            var zero = x == 0 || x == short.MinValue;
            var blocked = x < 0 && x <= negativeInfinity;
            blocked = passZero ? blocked && !zero : blocked || zero;
            result[i] = blocked ? (short)0 : gradient[i];
        }
    }
}
