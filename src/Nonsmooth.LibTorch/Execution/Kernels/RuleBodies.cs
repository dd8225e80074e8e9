using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Nonsmooth.Arithmetic;
using Nonsmooth.Dictionary;
using Nonsmooth.Mathematics;
using Nonsmooth.Selections;

namespace Nonsmooth.LibTorch.Execution.Kernels;

/// <summary>What one lane of a loop computes: a rule's value, or its slope times a cotangent.</summary>
internal interface IRuleBody
{
    static abstract Lanewise<V> At<V>(Lanewise<V> x, Lanewise<V> cotangent)
        where V : struct, ILanes<V>;
}

/// <summary>The bodies of <see cref="RuleLoops"/>, and how they run over spans.</summary>
internal static class RuleBodies
{
    public static void Apply<TBody>(ReadOnlySpan<double> x, ReadOnlySpan<double> g, Span<double> y)
        where TBody : struct, IRuleBody
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Apply<TBody, Lanes512>(x, g, y);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Apply<TBody, Lanes256>(x, g, y);
        }
        else
        {
            Apply<TBody, Lanes128>(x, g, y);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Apply<TBody, V>(ReadOnlySpan<double> x, ReadOnlySpan<double> g, Span<double> y)
        where TBody : struct, IRuleBody
        where V : struct, ILanes<V>
    {
        int i = 0;
        for (; i + V.Count <= x.Length; i += V.Count)
        {
            var result = TBody.At(At<V>(x, i), At<V>(g, i));
            V.Store(result.Value, ref Unsafe.Add(ref MemoryMarshal.GetReference(y), i));
        }

        for (; i < x.Length; i++)
        {
            y[i] = TBody.At<Lanes128>(new(Lanes128.Of(x[i])), new(Lanes128.Of(g[i]))).Value[0];
        }
    }

    private static Lanewise<V> At<V>(ReadOnlySpan<double> x, int at)
        where V : struct, ILanes<V> => new(V.Load(ref Unsafe.Add(ref MemoryMarshal.GetReference(x), at)));

    private static Lanewise<V> Slope<TRule, V>(TRule rule, Lanewise<V> x, Lanewise<V> g)
        where TRule : struct, IUnary
        where V : struct, ILanes<V> => rule.Slope(x, x, Selection.Default) * g;

    internal readonly struct ExactGelu : IRuleBody
    {
        public static Lanewise<V> At<V>(Lanewise<V> x, Lanewise<V> cotangent)
            where V : struct, ILanes<V> => new Gelu(false).Value(x);
    }

    internal readonly struct TanhGelu : IRuleBody
    {
        public static Lanewise<V> At<V>(Lanewise<V> x, Lanewise<V> cotangent)
            where V : struct, ILanes<V> => new Gelu(true).Value(x);
    }

    internal readonly struct ExactGeluDerivative : IRuleBody
    {
        public static Lanewise<V> At<V>(Lanewise<V> x, Lanewise<V> cotangent)
            where V : struct, ILanes<V> => Slope(new Gelu(false), x, cotangent);
    }

    internal readonly struct TanhGeluDerivative : IRuleBody
    {
        public static Lanewise<V> At<V>(Lanewise<V> x, Lanewise<V> cotangent)
            where V : struct, ILanes<V> => Slope(new Gelu(true), x, cotangent);
    }

    internal readonly struct SiluDerivative : IRuleBody
    {
        public static Lanewise<V> At<V>(Lanewise<V> x, Lanewise<V> cotangent)
            where V : struct, ILanes<V> => Slope(default(Silu), x, cotangent);
    }

    internal readonly struct SigmoidDerivative : IRuleBody
    {
        public static Lanewise<V> At<V>(Lanewise<V> x, Lanewise<V> cotangent)
            where V : struct, ILanes<V> => Slope(default(Sigmoid), x, cotangent);
    }

    internal readonly struct TanhDerivative : IRuleBody
    {
        public static Lanewise<V> At<V>(Lanewise<V> x, Lanewise<V> cotangent)
            where V : struct, ILanes<V> => Slope(default(Tanh), x, cotangent);
    }
}
