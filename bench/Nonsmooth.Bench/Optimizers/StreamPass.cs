using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Nonsmooth.Optimizers.Workers;

namespace Nonsmooth.Bench.Optimizers;

/// <summary>
/// What the memory allows: reads p, g, v, m and writes p, v, m in place with one fused multiply-add each,
/// in a loop of its own that shares no code with the optimizers.
/// </summary>
internal sealed unsafe class StreamPass(nint p, nint g, nint v, nint m, long length) : IWorkerTask
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Execute(int worker, int workers)
    {
        const int line = 16;
        long lines = length / line;
        Pass(lines * worker / workers * line, worker == workers - 1 ? length : lines * (worker + 1) / workers * line);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Pass(long start, long end)
    {
        float* x = (float*)p, y = (float*)g, a = (float*)v, b = (float*)m;
        Vector512<float> small = Vector512.Create(1e-7f);
        long i = start;
        for (; i + 16 <= end; i += 16)
        {
            Vector512<float> gradient = Vector512.Load(y + i);
            Vector512.FusedMultiplyAdd(small, gradient, Vector512.Load(x + i)).Store(x + i);
            Vector512.FusedMultiplyAdd(small, gradient, Vector512.Load(a + i)).Store(a + i);
            Vector512.FusedMultiplyAdd(small, gradient, Vector512.Load(b + i)).Store(b + i);
        }

        for (; i < end; i++)
        {
            x[i] += 1e-7f * y[i];
            a[i] += 1e-7f * y[i];
            b[i] += 1e-7f * y[i];
        }
    }
}
