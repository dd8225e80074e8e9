using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nonsmooth.Dictionary;
using Nonsmooth.LibTorch.Native;
using Nonsmooth.Programs;

namespace Nonsmooth.LibTorch.Execution.Kernels;

/// <summary>Elementwise rules as loops of our own on the CPU, where libtorch's kernels lose the tails.</summary>
/// <remarks>
/// In f64 the dictionary's rule itself is run on lanes, with the interpreter's bits; narrower formats take <see cref="SingleRules"/>, rounded
/// once, which is nearly always correctly. libtorch computes GELU with 1 + erf and 1 + tanh, and the slopes of SiLU,
/// sigmoid and tanh with 1 less a value near 1: in their tails these are rounding errors.
/// </remarks>
internal static unsafe class RuleLoops
{
    private const long _grain = 4096;

    private struct Work
    {
        public void* X;
        public void* Cotangent;
        public void* Result;
        public delegate*<Work*, long, long, void> Body;
    }

    /// <summary>Whether a function's only kernel is here: elsewhere it is written out.</summary>
    public static bool IsOnly(ElementaryFunction function) => function is Unary<Gelu> || RuleKernels.Has(function);

    /// <summary>The value of GELU; null where own loops are off.</summary>
    public static Kernel? Value(Gelu rule, Node node, LoweringContext context) => rule.Approximate
        ? Of<RuleBodies.TanhGelu, SingleRules.TanhGelu>(node, context)
        : Of<RuleBodies.ExactGelu, SingleRules.ExactGelu>(node, context);

    /// <summary>The derivative of GELU; null where own loops are off.</summary>
    public static Kernel? Derivative(Gelu rule, Node node, LoweringContext context) => rule.Approximate
        ? Of<RuleBodies.TanhGeluDerivative, SingleRules.TanhGeluDerivative>(node, context)
        : Of<RuleBodies.ExactGeluDerivative, SingleRules.ExactGeluDerivative>(node, context);

    /// <summary>The derivative of SiLU; null where own loops are off.</summary>
    public static Kernel? SiluDerivative(Node node, LoweringContext context) => Of<RuleBodies.SiluDerivative, SingleRules.SiluDerivative>(node, context);

    /// <summary>The derivative of the logistic function; null where own loops are off.</summary>
    public static Kernel? SigmoidDerivative(Node node, LoweringContext context) => Of<RuleBodies.SigmoidDerivative, SingleRules.SigmoidDerivative>(node, context);

    /// <summary>The derivative of tanh; null where own loops are off.</summary>
    public static Kernel? TanhDerivative(Node node, LoweringContext context) => Of<RuleBodies.TanhDerivative, SingleRules.TanhDerivative>(node, context);

    private static Kernel? Of<TBody, TSingle>(Node node, LoweringContext context)
        where TBody : struct, IRuleBody
        where TSingle : struct, ISingleRule
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
        var computed = storage is TorchDtype.Float64 or TorchDtype.BFloat16 ? storage : TorchDtype.Float32;
        return values =>
        {
            var x = RowMajor.Of(values[a], computed);
            var g = RowMajor.Of(values[b], computed);
            var result = TensorFactory.Empty(sizes, computed, device);
            var work = new Work
            {
                X = x.Data,
                Cotangent = g.Data,
                Result = result.Data,
                Body = computed switch { TorchDtype.Float64 => &Doubles<TBody>, TorchDtype.BFloat16 => &Brains<TSingle>, _ => &Singles<TSingle> },
            };
            ParallelLoop.Run(result.ElementCount, _grain, &Run, &work);
            x.Delete();
            g.Delete();
            values[y] = RowMajor.Into(result, storage);
        };
    }

    // Native code calls no generic method: the loop's own address goes with the work.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Run(long begin, long end, void* work) => ((Work*)work)->Body((Work*)work, begin, end);

    private static void Doubles<TBody>(Work* w, long begin, long end)
        where TBody : struct, IRuleBody
    {
        const int most = 1 << 20;
        for (long from = begin; from < end; from += most)
        {
            int count = (int)Math.Min(most, end - from);
            RuleBodies.Apply<TBody>(
                new((double*)w->X + from, count), new((double*)w->Cotangent + from, count), new((double*)w->Result + from, count));
        }
    }

    private static void Brains<TSingle>(Work* w, long begin, long end)
        where TSingle : struct, ISingleRule
    {
        const int most = 1024;
        float* x = stackalloc float[most];
        float* g = stackalloc float[most];
        var wide = new Work { X = x, Cotangent = g, Result = x };
        for (long from = begin; from < end; from += most)
        {
            long count = Math.Min(most, end - from);
            Brain.Widen((ushort*)w->X + from, x, count);
            Brain.Widen((ushort*)w->Cotangent + from, g, count);
            Singles<TSingle>(&wide, 0, count);
            Brain.Narrow(x, (ushort*)w->Result + from, count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Singles<TSingle>(Work* w, long begin, long end)
        where TSingle : struct, ISingleRule
    {
        var (x, g, y) = ((nint)w->X, (nint)w->Cotangent, (nint)w->Result);
        long i = begin;
        for (; i + Vector<float>.Count <= end; i += Vector<float>.Count)
        {
            Vector.Widen(Vector.Load((float*)x + i), out var low, out var high);
            Vector.Widen(Vector.Load((float*)g + i), out var lowCotangent, out var highCotangent);
            Vector.Store(Vector.Narrow(TSingle.At(low, lowCotangent), TSingle.At(high, highCotangent)), (float*)y + i);
        }

        for (; i < end; i++)
        {
            ((float*)y)[i] = (float)TSingle.At(new Vector<double>(((float*)x)[i]), new Vector<double>(((float*)g)[i]))[0];
        }
    }
}
