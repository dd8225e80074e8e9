using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nonsmooth.Dictionary;
using Nonsmooth.LibTorch.Native;
using Nonsmooth.Mathematics;
using Nonsmooth.Programs;

namespace Nonsmooth.LibTorch.Execution.Kernels;

/// <summary>Elementwise rules as loops of our own on the CPU, where libtorch's kernels lose the tails.</summary>
/// <remarks>
/// The dictionary's rule itself is run on lanes of doubles and rounded once to the program's format, so that f64 has the interpreter's
/// bits and f32 is nearly always correctly rounded. libtorch computes GELU with 1 + erf and 1 + tanh, and the slopes of SiLU,
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
    public static bool IsOnly(ElementaryFunction function) => function is Unary<Gelu>;

    /// <summary>The value of GELU; null where own loops are off.</summary>
    public static Kernel? Value(Gelu rule, Node node, LoweringContext context) => rule.Approximate
        ? Of<RuleBodies.TanhGelu>(node, context)
        : Of<RuleBodies.ExactGelu>(node, context);

    /// <summary>The derivative of GELU; null where own loops are off.</summary>
    public static Kernel? Derivative(Gelu rule, Node node, LoweringContext context) => rule.Approximate
        ? Of<RuleBodies.TanhGeluDerivative>(node, context)
        : Of<RuleBodies.ExactGeluDerivative>(node, context);

    /// <summary>The derivative of SiLU; null where own loops are off.</summary>
    public static Kernel? SiluDerivative(Node node, LoweringContext context) => Of<RuleBodies.SiluDerivative>(node, context);

    /// <summary>The derivative of the logistic function; null where own loops are off.</summary>
    public static Kernel? SigmoidDerivative(Node node, LoweringContext context) => Of<RuleBodies.SigmoidDerivative>(node, context);

    /// <summary>The derivative of tanh; null where own loops are off.</summary>
    public static Kernel? TanhDerivative(Node node, LoweringContext context) => Of<RuleBodies.TanhDerivative>(node, context);

    private static Kernel? Of<TBody>(Node node, LoweringContext context)
        where TBody : struct, IRuleBody
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
            var x = RowMajor.Of(values[a], computed);
            var g = RowMajor.Of(values[b], computed);
            var result = TensorFactory.Empty(sizes, computed, device);
            var work = new Work
            {
                X = x.Data,
                Cotangent = g.Data,
                Result = result.Data,
                Body = computed == TorchDtype.Float64 ? &Doubles<TBody> : &Singles<TBody>,
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

    private static void Singles<TBody>(Work* w, long begin, long end)
        where TBody : struct, IRuleBody
    {
        const int most = 256;
        Span<double> x = stackalloc double[most];
        Span<double> g = stackalloc double[most];
        for (long from = begin; from < end; from += most)
        {
            int count = (int)Math.Min(most, end - from);
            Formats.Widen(new((float*)w->X + from, count), x);
            Formats.Widen(new((float*)w->Cotangent + from, count), g);
            RuleBodies.Apply<TBody>(x[..count], g[..count], x[..count]);
            Formats.Narrow(x[..count], new((float*)w->Result + from, count));
        }
    }
}
