using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nonsmooth.LibTorch.Execution.Kernels;

/// <summary>Sums in double, four at a time: of equal numbers of 32 bits exactly their multiple, so that their mean is they.</summary>
internal static unsafe class WideSums
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Of<T>(T* x, long count)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        typeof(T) == typeof(float) ? Singles((float*)x, count) : Doubles((double*)x, count);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Singles(float* x, long count)
    {
        var (low, high) = (Vector<double>.Zero, Vector<double>.Zero);
        long i = 0;
        for (; i + Vector<float>.Count <= count; i += Vector<float>.Count)
        {
            Vector.Widen(Vector.Load(x + i), out var first, out var second);
            low += first;
            high += second;
        }

        double sum = Vector.Sum(low + high);
        for (; i < count; i++)
        {
            sum += x[i];
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Doubles(double* x, long count)
    {
        var lanes = Vector<double>.Zero;
        long i = 0;
        for (; i + Vector<double>.Count <= count; i += Vector<double>.Count)
        {
            lanes += Vector.Load(x + i);
        }

        double sum = Vector.Sum(lanes);
        for (; i < count; i++)
        {
            sum += x[i];
        }

        return sum;
    }
}
