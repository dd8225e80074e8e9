using System.Numerics;
using Nonsmooth.Dictionary;
using Nonsmooth.LibTorch.Native;
using Nonsmooth.Programs;

namespace Nonsmooth.LibTorch.Execution.Kernels;

/// <summary>Kernels of a running maximum's derivative and of its transpose under any rule, on the CPU.</summary>
internal static unsafe class RunningTieKernel
{
    // The transpose keeps counts of ties as numbers of the format.
    private const int Longest = 1 << 24;

    public static Kernel? Of(RunningTies function, Node node, LoweringContext context)
    {
        var lines = Lines.Along(context.Type(node.Arguments[1]).Shape, function.Axis);
        return !context.OwnLoops || lines.Length > Longest ? null
            : context.Storage == TorchDtype.Float64 ? Of<double>(function, lines, node, context)
            : Of<float>(function, lines, node, context);
    }

    private static Kernel Of<T>(RunningTies function, Lines lines, Node node, LoweringContext context)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var kept = GC.AllocateArray<T>(lines.Length + 2, pinned: true);
        var taken = GC.AllocateArray<T>(lines.Length + 2, pinned: true);
        for (int tied = 0; tied < kept.Length; tied++)
        {
            double weight = tied == 0 ? 0 : function.Rule.Weight(tied, tied - 1);
            kept[tied] = T.CreateTruncating(context.Precision.Round(1 - weight));
            taken[tied] = T.CreateTruncating(context.Precision.Round(weight));
        }

        bool transposed = function is CumulativeMaximumCotangent;
        int direction = node.Arguments[0];
        int at = node.Arguments[1];
        int y = node.Results[0];
        var sizes = context.Sizes(y);
        var (storage, device) = (context.Storage, context.Device);
        var computed = storage == TorchDtype.Float64 ? storage : TorchDtype.Float32;
        return values =>
        {
            var x = RowMajor.Of(values[at], computed);
            var t = RowMajor.Of(values[direction], computed);
            var result = TensorFactory.Empty(sizes, computed, device);
            RunningTieLoops.Run(
                new RunningTieLoops.Work
                {
                    X = x.Data,
                    Direction = t.Data,
                    Result = result.Data,
                    Kept = Pinned.At(kept),
                    Taken = Pinned.At(taken),
                    Length = lines.Length,
                    Step = lines.Step,
                },
                lines.Count,
                transposed,
                computed == TorchDtype.Float64);
            x.Delete();
            t.Delete();
            values[y] = RowMajor.Into(result, storage);
        };
    }
}
