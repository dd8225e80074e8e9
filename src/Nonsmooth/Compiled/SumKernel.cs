using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nonsmooth.Compiled;

/// <summary>Sums over the middle of three axes, each from its first element on; divided by a number at the end where it is not 1.</summary>
internal sealed class SumKernel<T>(string name, int from, int to, int outer, int middle, int inner, T divisor) : Kernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override string Name => name;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override unsafe void Run(Frame<T> frame)
    {
        for (int o = 0; o < outer; o++)
        {
            T* x = frame.Memory + from + (o * middle * inner);
            T* y = frame.Memory + to + (o * inner);
            if (inner == 1)
            {
                y[0] = Line(x);
            }
            else
            {
                Columns(x, y);
            }
        }

        if (divisor != T.One)
        {
            foreach (ref var sum in frame.At(to, outer * inner))
            {
                sum /= divisor;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe T Line(T* x)
    {
        T sum = x[0];
        for (int k = 1; k < middle; k++)
        {
            sum += x[k];
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe void Columns(T* x, T* y)
    {
        int i = 0;
        for (; i + Vector<T>.Count <= inner; i += Vector<T>.Count)
        {
            var sum = Vector.Load(x + i);
            for (int k = 1; k < middle; k++)
            {
                sum += Vector.Load(x + (k * inner) + i);
            }

            sum.Store(y + i);
        }

        for (; i < inner; i++)
        {
            T sum = x[i];
            for (int k = 1; k < middle; k++)
            {
                sum += x[(k * inner) + i];
            }

            y[i] = sum;
        }
    }
}
