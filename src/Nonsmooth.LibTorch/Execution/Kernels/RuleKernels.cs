using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Nonsmooth.Arithmetic;
using Nonsmooth.Dictionary;
using Nonsmooth.LibTorch.Native;
using Nonsmooth.Mathematics;
using Nonsmooth.Programs;
using Nonsmooth.Selections;
using Table = System.Collections.Generic.Dictionary<System.Type, System.Func<Nonsmooth.Programs.Node, Nonsmooth.LibTorch.Execution.LoweringContext, Nonsmooth.LibTorch.Execution.Kernel?>>;

namespace Nonsmooth.LibTorch.Execution.Kernels;

/// <summary>Elementwise rules run as they stand on the CPU: in double precision over lanes, with the interpreter's bits, rounded once to the format.</summary>
/// <remarks>For functions of which one pass is worth more than its speed; elsewhere they are written out.</remarks>
internal static unsafe class RuleKernels
{
    private const long _grain = 4096;
    private static readonly HashSet<Type> _types = [];

    private struct Work
    {
        public void* Rule;
        public double* A;
        public double* B;
        public double* Result;
        public delegate*<Work*, long, long, void> Body;
    }

    public static void Register(Table table)
    {
        Smooth<Tan>(table);
        Smooth<Sinh>(table);
        Smooth<Cosh>(table);
        Smooth<Asin>(table);
        Smooth<Acos>(table);
        Smooth<Atan>(table);
        Smooth<Asinh>(table);
        Smooth<Acosh>(table);
        Smooth<Atanh>(table);
        Smooth<Sinc>(table);
        Smooth<Mish>(table);
        Value<Softsign>(table);
        Value<Softshrink>(table);
        Value<Hardshrink>(table);
        Value<Threshold>(table);
        Pair<Atan2>(table);
        Pair<XLogY>(table);
        Pair<LogAddExp>(table);
        Pair<LogisticLoss>(table);
        Pair<Remainder>(table);
        Pair<Fmod>(table);
    }

    /// <summary>Whether a function's only kernel is here.</summary>
    public static bool Has(ElementaryFunction function) => _types.Contains(function.GetType());

    private static void Smooth<TRule>(Table table)
        where TRule : unmanaged, IGradientRule, IEquatable<TRule>
    {
        Value<TRule>(table);
        table.Add<UnaryGradient<TRule>>((f, n, c) => Of(f.Rule, &Slopes<TRule>, n, c));
    }

    private static void Value<TRule>(Table table)
        where TRule : unmanaged, IUnary, IEquatable<TRule>
    {
        _types.Add(typeof(Unary<TRule>));
        table.Add<Unary<TRule>>((f, n, c) => Of(f.Rule, &Values<TRule>, n, c));
    }

    private static void Pair<TRule>(Table table)
        where TRule : unmanaged, IBinary, IEquatable<TRule>
    {
        _types.Add(typeof(Binary<TRule>));
        table.Add<Binary<TRule>>((f, n, c) => Of(f.Rule, &Pairs<TRule>, n, c));
    }

    private static Kernel? Of<TRule>(TRule rule, delegate*<Work*, long, long, void> body, Node node, LoweringContext context)
        where TRule : unmanaged
    {
        if (!context.OwnLoops)
        {
            return null;
        }

        int a = node.Arguments[0];
        int b = node.Arguments[^1];
        int y = node.Results[0];
        var sizes = context.Sizes(y);
        var (storage, device, address) = (context.Storage, context.Device, (nint)body);
        return values =>
        {
            var held = rule;
            var first = RowMajor.Of(values[a], TorchDtype.Float64);
            var second = RowMajor.Of(values[b], TorchDtype.Float64);
            var result = TensorFactory.Empty(sizes, TorchDtype.Float64, device);
            var work = new Work
            {
                Rule = &held,
                A = (double*)first.Data,
                B = (double*)second.Data,
                Result = (double*)result.Data,
                Body = (delegate*<Work*, long, long, void>)address,
            };
            ParallelLoop.Run(result.ElementCount, _grain, &Run, &work);
            first.Delete();
            second.Delete();
            values[y] = RowMajor.Into(result, storage);
        };
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Run(long begin, long end, void* work) => ((Work*)work)->Body((Work*)work, begin, end);

    private static void Values<TRule>(Work* w, long begin, long end)
        where TRule : unmanaged, IUnary => Widest<TRule, ValueBody<TRule>>(w, begin, end);

    private static void Slopes<TRule>(Work* w, long begin, long end)
        where TRule : unmanaged, IUnary => Widest<TRule, SlopeBody<TRule>>(w, begin, end);

    private static void Pairs<TRule>(Work* w, long begin, long end)
        where TRule : unmanaged, IBinary => Widest<TRule, PairBody<TRule>>(w, begin, end);

    private static void Widest<TRule, TBody>(Work* w, long begin, long end)
        where TRule : unmanaged
        where TBody : struct, IBody<TRule>
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Lanes<TRule, TBody, Lanes512>(w, begin, end);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Lanes<TRule, TBody, Lanes256>(w, begin, end);
        }
        else
        {
            Lanes<TRule, TBody, Lanes128>(w, begin, end);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Lanes<TRule, TBody, V>(Work* w, long begin, long end)
        where TRule : unmanaged
        where TBody : struct, IBody<TRule>
        where V : struct, ILanes<V>
    {
        var rule = *(TRule*)w->Rule;
        long i = begin;
        for (; i + V.Count <= end; i += V.Count)
        {
            var y = TBody.At<V>(rule, new(V.Load(ref w->A[i])), new(V.Load(ref w->B[i])));
            V.Store(y.Value, ref w->Result[i]);
        }

        for (; i < end; i++)
        {
            w->Result[i] = TBody.At<Lanes128>(rule, new(Lanes128.Of(w->A[i])), new(Lanes128.Of(w->B[i]))).Value[0];
        }
    }

    private interface IBody<TRule>
    {
        static abstract Lanewise<V> At<V>(TRule rule, Lanewise<V> a, Lanewise<V> b)
            where V : struct, ILanes<V>;
    }

    private readonly struct ValueBody<TRule> : IBody<TRule>
        where TRule : struct, IUnary
    {
        public static Lanewise<V> At<V>(TRule rule, Lanewise<V> a, Lanewise<V> b)
            where V : struct, ILanes<V> => rule.Value(a);
    }

    private readonly struct SlopeBody<TRule> : IBody<TRule>
        where TRule : struct, IUnary
    {
        public static Lanewise<V> At<V>(TRule rule, Lanewise<V> a, Lanewise<V> b)
            where V : struct, ILanes<V> => rule.Slope(a, a, Selection.Default) * b;
    }

    private readonly struct PairBody<TRule> : IBody<TRule>
        where TRule : struct, IBinary
    {
        public static Lanewise<V> At<V>(TRule rule, Lanewise<V> a, Lanewise<V> b)
            where V : struct, ILanes<V> => rule.Value(a, b);
    }
}
