using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nonsmooth.LibTorch.Native;

namespace Nonsmooth.LibTorch.Execution.Kernels;

/// <summary>Shares the derivative of an extremum among the elements that attain it, some groups at a time.</summary>
internal static unsafe class TieWeightLoops
{
    /// <summary>Groups in which more elements tie are left 0.</summary>
    public const int Most = 256;

    private const long Grain = 32768;
    private const int Block = 256;

    public struct Work
    {
        public void* X;
        public void* Top;
        public void* Result;

        /// <summary>Receives how many elements tie in each group.</summary>
        public long* Counts;
        public long* Groups;
        public long* Members;
        public int Size;
        public void* Weights;
    }

    /// <summary>Runs over so many groups of row-major tensors of 32 or 64 bits.</summary>
    public static void Run(Work work, long groups, bool wide) =>
        ParallelLoop.Run(groups, Math.Max(1, Grain / Math.Max(1, work.Size)), wide ? &Double : &Single, &work);

    /// <summary>Whether an element attains an extremum; NaN attains NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Attains<T>(T element, T extremum)
        where T : unmanaged, IFloatingPointIeee754<T> => element == extremum || (T.IsNaN(element) && T.IsNaN(extremum));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Single(long begin, long end, void* work) => Share<float>(begin, end, (Work*)work);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Double(long begin, long end, void* work) => Share<double>(begin, end, (Work*)work);

    // Members outside, groups inside: along rows and along columns alike each line of memory is read in turn.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Share<T>(long begin, long end, Work* w)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        long* ranks = stackalloc long[Block];
        for (long from = begin; from < end; from += Block)
        {
            int count = (int)Math.Min(Block, end - from);
            long* counts = w->Counts + from;
            long* groups = w->Groups + from;
            T* top = (T*)w->Top + from;
            new Span<long>(counts, count).Clear();
            new Span<long>(ranks, count).Clear();
            for (int i = 0; i < w->Size; i++)
            {
                T* x = (T*)w->X + w->Members[i];
                for (int group = 0; group < count; group++)
                {
                    counts[group] += Attains(x[groups[group]], top[group]) ? 1 : 0;
                }
            }

            for (int i = 0; i < w->Size; i++)
            {
                T* x = (T*)w->X + w->Members[i];
                T* y = (T*)w->Result + w->Members[i];
                for (int group = 0; group < count; group++)
                {
                    long tied = counts[group];
                    y[groups[group]] = tied <= Most && Attains(x[groups[group]], top[group])
                        ? ((T*)w->Weights)[(tied * (tied - 1) / 2) + ranks[group]++]
                        : T.Zero;
                }
            }
        }
    }
}
