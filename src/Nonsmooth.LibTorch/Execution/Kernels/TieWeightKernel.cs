using System.Numerics;
using Nonsmooth.Dictionary;
using Nonsmooth.LibTorch.Native;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.LibTorch.Execution.Kernels;

/// <summary>The kernel of <see cref="TieWeights"/> under any rule, on the CPU.</summary>
internal static unsafe class TieWeightKernel
{
    public static Kernel? Of(TieWeights function, Node node, LoweringContext context) =>
        !context.OwnLoops ? null
        : context.Storage == TorchDtype.Float64 ? Of<double>(function, node, context)
        : Of<float>(function, node, context);

    private static Kernel Of<T>(TieWeights function, Node node, LoweringContext context)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var shape = context.Type(node.Arguments[0]).Shape;
        long[] groups = Offsets(shape, axis => !function.Axes.Contains(axis));
        long[] members = Offsets(shape, function.Axes.Contains);
        var rule = function.Rule;
        var precision = context.Precision;
        var table = new TieTable<T>(rule, Math.Min(TieWeightLoops.Most, members.Length), precision);
        int x = node.Arguments[0];
        int top = node.Arguments[1];
        int y = node.Results[0];
        var sizes = context.Sizes(y);
        var (storage, device) = (context.Storage, context.Device);
        var computed = storage == TorchDtype.Float64 ? storage : TorchDtype.Float32;
        return values =>
        {
            var elements = RowMajor.Of(values[x], computed);
            var extrema = RowMajor.Of(values[top], computed);
            var result = TensorFactory.Empty(sizes, computed, device);
            var counts = TensorFactory.Empty([groups.Length], TorchDtype.Int64, device);
            TieWeightLoops.Run(
                new TieWeightLoops.Work
                {
                    X = elements.Data,
                    Top = extrema.Data,
                    Result = result.Data,
                    Counts = (long*)counts.Data,
                    Groups = (long*)Pinned.At(groups),
                    Members = (long*)Pinned.At(members),
                    Size = members.Length,
                    Weights = Pinned.At(table.Weights),
                },
                groups.Length,
                computed == TorchDtype.Float64);
            GC.KeepAlive(table);
            Crowded((T*)elements.Data, (T*)extrema.Data, (T*)result.Data, (long*)counts.Data);
            elements.Delete();
            extrema.Delete();
            counts.Delete();
            values[y] = RowMajor.Into(result, storage);
        };

        // Groups in which more tie than the table knows: the rule is asked, and may throw, so not in parallel.
        void Crowded(T* elements, T* extrema, T* result, long* counts)
        {
            for (int group = 0; group < groups.Length; group++)
            {
                int rank = 0;
                for (int i = 0; counts[group] > TieWeightLoops.Most && i < members.Length; i++)
                {
                    long at = groups[group] + members[i];
                    if (TieWeightLoops.Attains(elements[at], extrema[group]))
                    {
                        result[at] = T.CreateTruncating(precision.Round(rule.Weight((int)counts[group], rank++)));
                    }
                }
            }
        }
    }

    // Row-major offsets of all positions along some of the axes.
    private static long[] Offsets(Shape shape, Func<int, bool> along)
    {
        int[] axes = [.. Enumerable.Range(0, shape.Rank).Where(along)];
        long[] offsets = GC.AllocateArray<long>(axes.Aggregate(1, (n, axis) => n * shape[axis]), pinned: true);
        int repeat = 1;
        foreach (int axis in axes.Reverse())
        {
            long step = shape[(axis + 1)..].Elements;
            for (int i = 0; i < offsets.Length; i++)
            {
                offsets[i] += i / repeat % shape[axis] * step;
            }

            repeat *= shape[axis];
        }

        return offsets;
    }
}
