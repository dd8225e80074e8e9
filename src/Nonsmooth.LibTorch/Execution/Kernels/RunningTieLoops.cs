using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nonsmooth.LibTorch.Native;

namespace Nonsmooth.LibTorch.Execution.Kernels;

/// <summary>The recurrence of a running maximum's derivative and its transpose, a line at a time.</summary>
internal static unsafe class RunningTieLoops
{
    private const long Grain = 16384;

    public struct Work
    {
        public void* X;
        public void* Direction;
        public void* Result;

        /// <summary>1 − b by the number of elements that tie so far: entry 0 is an element below the maximum.</summary>
        public void* Kept;

        /// <summary>b, likewise.</summary>
        public void* Taken;
        public long Length;
        public long Step;
    }

    /// <summary>Runs over so many lines of row-major tensors of 32 or 64 bits.</summary>
    public static void Run(Work work, long lines, bool transposed, bool wide)
    {
        if (work.Length > 0)
        {
            ParallelLoop.Run(
                lines,
                Math.Max(1, Grain / work.Length),
                (transposed, wide) switch
                {
                    (false, false) => &TangentSingle,
                    (false, true) => &TangentDouble,
                    (true, false) => &CotangentSingle,
                    _ => &CotangentDouble,
                },
                &work);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void TangentSingle(long begin, long end, void* work) => Tangent<float>(begin, end, (Work*)work);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void TangentDouble(long begin, long end, void* work) => Tangent<double>(begin, end, (Work*)work);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void CotangentSingle(long begin, long end, void* work) => Cotangent<float>(begin, end, (Work*)work);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void CotangentDouble(long begin, long end, void* work) => Cotangent<double>(begin, end, (Work*)work);

    private static void Tangent<T>(long begin, long end, Work* w)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (long line = begin; line < end; line++)
        {
            long start = Start(line, w);
            T* x = (T*)w->X + start;
            T* t = (T*)w->Direction + start;
            T* y = (T*)w->Result + start;
            y[0] = t[0];
            var (best, tied) = (x[0], 1L);
            for (long i = 1, at = w->Step; i < w->Length; i++, at += w->Step)
            {
                long entry = Entry(x[at], ref best, ref tied);
                y[at] = Weighted(((T*)w->Kept)[entry], y[at - w->Step]) + Weighted(((T*)w->Taken)[entry], t[at]);
            }
        }
    }

    // Forwards, which entry of the table each element takes is written where its result will be; then backwards.
    private static void Cotangent<T>(long begin, long end, Work* w)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (long line = begin; line < end; line++)
        {
            long start = Start(line, w);
            T* x = (T*)w->X + start;
            T* g = (T*)w->Direction + start;
            T* y = (T*)w->Result + start;
            var (best, tied) = (x[0], 1L);
            long last = (w->Length - 1) * w->Step;
            for (long at = w->Step; at <= last; at += w->Step)
            {
                y[at] = T.CreateTruncating(Entry(x[at], ref best, ref tied));
            }

            T due = g[last];
            for (long at = last; at > 0; at -= w->Step)
            {
                long entry = long.CreateTruncating(y[at]);
                y[at] = Weighted(((T*)w->Taken)[entry], due);
                due = g[at - w->Step] + Weighted(((T*)w->Kept)[entry], due);
            }

            y[0] = due;
        }
    }

    private static long Start(long line, Work* w) => (line / w->Step * w->Length * w->Step) + (line % w->Step);

    // 0 below the maximum so far, 1 at a new one, k at the k-th element that attains it; NaN exceeds numbers, ties with NaN.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long Entry<T>(T element, ref T best, ref long tied)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (T.IsNaN(best))
        {
            return T.IsNaN(element) ? ++tied : 0;
        }

        if (element > best || T.IsNaN(element))
        {
            (best, tied) = (element, 1);
            return 1;
        }

        return element == best ? ++tied : 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Weighted<T>(T weight, T value)
        where T : unmanaged, IFloatingPointIeee754<T> => weight == T.Zero ? T.Zero : weight * value;
}
