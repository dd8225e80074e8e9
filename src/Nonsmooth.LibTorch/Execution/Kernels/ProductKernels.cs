using System.Numerics;
using Nonsmooth.Dictionary;
using Nonsmooth.LibTorch.Native;
using Nonsmooth.Programs;
using static Nonsmooth.LibTorch.Execution.Kernels.StructureKernels;

namespace Nonsmooth.LibTorch.Execution.Kernels;

/// <summary>Rows of products, running ones, recurrences and norms of any order.</summary>
internal static class ProductKernels
{
    private static readonly OperatorName _product = new("prod", "dim_int");
    private static readonly OperatorName _running = new("cumprod");
    private static readonly OperatorName _flip = new("flip");
    private static readonly OperatorName _sum = new("sum", "dim_IntList");
    private static readonly OperatorName _abs = new("abs");

    public static void Register(Dictionary<Type, Func<Node, LoweringContext, Kernel?>> table)
    {
        table.Add<Product>((f, n, _) => Reduced(f, n));
        table.Add<CumulativeProduct>((f, n, _) => Running(f, n));
        table.Add<Recurrence>((f, n, c) => OwnKernels.Of(default(Recurring), f, n, c));
        table.Add<PowerNorm>(Normed);
    }

    private static Kernel Reduced(Product function, Node node)
    {
        int x = node.Arguments[0];
        int y = node.Results[0];
        long[] axes = Longs(function.Axes);
        bool keep = function.KeepAxes;
        return values =>
        {
            var product = values[x].Share();
            for (int i = axes.Length - 1; i >= 0; i--)
            {
                product = Dispatcher.Call1(_product, [Slot.Take(product), Slot.Of(axes[i]), Slot.Of(keep), Slot.None]);
            }

            values[y] = product;
        };
    }

    private static Kernel Running(CumulativeProduct function, Node node)
    {
        int x = node.Arguments[0];
        int y = node.Results[0];
        long axis = function.Axis;
        long[] axes = [axis];
        bool reverse = function.Reverse;
        return values =>
        {
            var line = reverse ? Dispatcher.Call1(_flip, [Slot.Of(values[x]), Slot.Of(axes)]) : values[x].Share();
            var products = Dispatcher.Call1(_running, [Slot.Take(line), Slot.Of(axis), Slot.None]);
            values[y] = reverse ? Dispatcher.Call1(_flip, [Slot.Take(products), Slot.Of(axes)]) : products;
        };
    }

    private static Kernel Normed(PowerNorm function, Node node, LoweringContext context)
    {
        if (function.Axes.Count == 0)
        {
            return Row.Unary(_abs, node);
        }

        int x = node.Arguments[0];
        int y = node.Results[0];
        long[] axes = Longs(function.Axes);
        bool keep = function.KeepAxes;
        var (order, inverse) = (function.Order, 1 / function.Order);
        return values =>
        {
            var size = Dispatcher.Call1(_abs, [Slot.Of(values[x])]);
            var powers = context.Direct.Power(size, order);
            size.Delete();
            var sum = Dispatcher.Call1(_sum, [Slot.Take(powers), Slot.Some(Slot.Of(axes)), Slot.Of(keep), Slot.None]);
            values[y] = context.Direct.Power(sum, inverse);
            sum.Delete();
        };
    }

    private readonly struct Recurring : ISpanKernel<Recurrence>
    {
        public void Run<T>(Recurrence function, SpanArguments<T> at)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            var shape = at.ArgumentTypes[0].Shape;
            int length = shape[function.Axis];
            int inner = shape[(function.Axis + 1)..].Elements;
            var a = at.Argument(0);
            var b = at.Argument(1);
            var y = at.Result(0);
            for (int block = 0; block < y.Length; block += length * inner)
            {
                for (int i = 0; i < length; i++)
                {
                    int row = block + ((function.Reverse ? length - 1 - i : i) * inner);
                    int before = function.Reverse ? row + inner : row - inner;
                    for (int j = 0; j < inner; j++)
                    {
                        y[row + j] = i == 0 ? b[row + j] : (a[row + j] * y[before + j]) + b[row + j];
                    }
                }
            }
        }
    }
}
