using System.Numerics;
using Nonsmooth.Dictionary;
using Nonsmooth.LibTorch.Native;
using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.LibTorch.Execution.Kernels;

/// <summary>Kernels of the derivative of a max pooling, and of its transpose, under any tie rule, on the CPU.</summary>
internal static unsafe class MaxPoolTies
{
    /// <summary>Null off the CPU and for windows of more elements than a table is worth.</summary>
    public static Kernel? Of(MaxPoolDerivative derivative, Node node, LoweringContext context)
    {
        var windows = new PoolWindows(derivative.Pool, context.Type(node.Arguments[0]).Shape);
        return !context.OwnLoops || (windows.Largest > TieTable<double>.Most && !derivative.Rule.Equals(TieRule.First)) ? null
            : context.Storage == TorchDtype.Float64 ? Of<double>(derivative, windows, node, context)
            : Of<float>(derivative, windows, node, context);
    }

    private static Kernel Of<T>(MaxPoolDerivative derivative, PoolWindows windows, Node node, LoweringContext context)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        bool scatter = derivative is MaxPoolScatter;
        bool pairs = windows.Pairs && scatter;
        bool first = derivative.Rule.Equals(TieRule.First);
        var ranks = pairs ? null : new TieTable<T>(derivative.Rule, first ? 1 : windows.Largest, context.Precision);
        var patterns = pairs ? new PairPatterns<T>(derivative.Rule, context.Precision) : null;
        T[] weights = ranks?.Weights ?? patterns!.Weights;
        Array marks = (Array?)ranks?.Nothing ?? patterns!.Products;
        var work = new MaxPoolWork
        {
            First = first,
            Pairs = pairs,
            Weights = Pinned.At(weights),
            Marks = Pinned.At(marks),
            Covered = (bool*)Pinned.At(windows.Covered),
            Rows = (int*)Pinned.At(windows.Rows),
            Columns = (int*)Pinned.At(windows.Columns),
            OutputHeight = windows.Rows.Length / 2,
            OutputWidth = windows.Columns.Length / 2,
            Height = windows.Height,
            Width = windows.Width,
            RowStep = windows.RowStep,
            ColumnStep = windows.ColumnStep,
        };
        int[] a = [.. node.Arguments];
        int y = node.Results[0];
        var sizes = context.Sizes(y);
        long planes = sizes[0] * sizes[1];
        var (storage, device) = (context.Storage, context.Device);
        var computed = storage == TorchDtype.Float64 ? storage : TorchDtype.Float32;
        return values =>
        {
            var x = RowMajor.Of(values[a[0]], computed);
            var index = RowMajor.Of(values[a[1]], TorchDtype.Int64);
            var direction = RowMajor.Of(values[a[2]], computed);
            var result = TensorFactory.Empty(sizes, computed, device);
            var run = work;
            run.X = x.Data;
            run.Index = (long*)index.Data;
            run.Direction = direction.Data;
            run.Result = result.Data;
            MaxPoolLoops.Run(run, planes, scatter, computed == TorchDtype.Float64);
            GC.KeepAlive(weights);
            GC.KeepAlive(marks);
            GC.KeepAlive(windows);
            x.Delete();
            index.Delete();
            direction.Delete();
            values[y] = RowMajor.Into(result, storage);
        };
    }
}
