using Nonsmooth.Dictionary;
using Nonsmooth.Onnx.Files;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Onnx.Import;

/// <summary>Reductions, running sums and orders.</summary>
internal static class Reducing
{
    public static IEnumerable<OperatorRow> Rows =>
    [
        Reduce("ReduceSum", (x, keep, axes) => x.Sum(keep, axes), 13),
        Reduce("ReduceMean", (x, keep, axes) => x.Mean(keep, axes)),
        Reduce("ReduceMax", (x, keep, axes) => Extremum(x, keep, axes, true)),
        Reduce("ReduceMin", (x, keep, axes) => Extremum(x, keep, axes, false)),
        Reduce("ReduceProd", (x, keep, axes) => x.Product(keep, axes)),
        Reduce("ReduceL1", (x, keep, axes) => x.Norm(1, keep, axes)),
        Reduce("ReduceL2", (x, keep, axes) => x.Norm(2, keep, axes)),
        Reduce("ReduceLogSum", (x, keep, axes) => Functions.Log(x.Sum(keep, axes))),
        Reduce("ReduceLogSumExp", (x, keep, axes) => x.LogSumExp(keep, axes)),
        Reduce("ReduceSumSquare", (x, keep, axes) => Functions.Square(x).Sum(keep, axes)),
        Row.Of("ArgMax", n => Argument(n, n.Real(0))),
        Row.Of("ArgMin", n => Argument(n, -n.Real(0))),
        Row.Of("CumSum", CumSum),
        Row.Of("CumProd", CumProd),
        Row.Many("TopK", TopK),
    ];

    private static OperatorRow Reduce(string op, Func<Variable, bool, int[], Variable> function, int axesFrom = 18) => Row.Of(op, n =>
    {
        var x = n.Any(0);
        long[]? given = n.Version >= axesFrom ? n.Has(1) ? n.Integers(1) : null : n.Many("axes");
        bool keep = n.Flag("keepdims", true);
        int[] axes = Axes(x.Shape, given ?? []);
        if (axes.Length == 0)
        {
            if (n.Flag("noop_with_empty_axes") || x.Shape.Rank == 0)
            {
                // What is done to single elements is done all the same.
                return function(Cast(x).Reshape(x.Shape.Concat(new Shape(1))), false, [x.Shape.Rank]) is var same && x.Type.Kind == ElementKind.Real ? same : Functions.Cast(same, x.Type.Kind);
            }

            axes = [.. Enumerable.Range(0, x.Shape.Rank)];
        }

        var y = function(Cast(x), keep, axes);
        return x.Type.Kind == ElementKind.Real ? y : Functions.Cast(y, x.Type.Kind);
    });

    private static Variable Cast(Variable x) => Functions.Cast(x, ElementKind.Real);

    /// <summary>Axes from 0 on, in order; those below 0 count from the end.</summary>
    public static int[] Axes(Shape shape, IEnumerable<long> axes) => [.. axes.Select(a => shape.Axis((int)Math.Clamp(a, int.MinValue, int.MaxValue))).Order()];

    private static Variable Extremum(Variable x, bool keep, int[] axes, bool largest)
    {
        // Of nothing it is what any number changes.
        if (axes.Any(a => x.Shape[a] == 0))
        {
            var shape = new Shape([.. x.Shape.Select((s, i) => axes.Contains(i) ? 1 : s)]);
            var empty = x.Builder.Apply(new Fill(shape, largest ? double.NegativeInfinity : double.PositiveInfinity));
            return keep ? empty : empty.Reshape(Without(x.Shape, axes));
        }

        return largest ? x.Max(keep, axes) : x.Min(keep, axes);
    }

    /// <summary>A shape without some axes.</summary>
    public static Shape Without(Shape shape, int[] axes) => new([.. shape.Where((_, i) => !axes.Contains(i))]);

    private static Variable Argument(NodeContext n, Variable x)
    {
        int axis = x.Shape.Axis(n.Small("axis", 0));
        Variable y;
        if (n.Flag("select_last_index"))
        {
            var first = x.Flip(axis).ArgMax(axis);
            y = Functions.Combine(IndexOperation.Subtract, Integers.Number(n.Builder, x.Shape[axis] - 1), first);
        }
        else
        {
            y = x.ArgMax(axis);
        }

        return n.Flag("keepdims", true) ? y.Reshape(x.Shape.With(axis, 1)) : y;
    }

    private static Variable CumSum(NodeContext n)
    {
        var x = n.Real(0);
        int axis = x.Shape.Axis((int)n.Integer(1));
        bool reverse = n.Flag("reverse");
        var y = x.CumulativeSum(axis, reverse);
        if (n.Flag("exclusive"))
        {
            int size = x.Shape[axis];
            var (before, after) = (new int[x.Shape.Rank], new int[x.Shape.Rank]);
            (before[axis], after[axis]) = reverse ? (0, 1) : (1, 0);
            y = Functions.Pad(reverse ? y.Slice(axis, 1, size) : y.Slice(axis, 0, size - 1), before, after);
        }

        return n[0].Kind == ElementKind.Index ? Functions.Cast(y, ElementKind.Index) : y;
    }

    private static Variable CumProd(NodeContext n)
    {
        var x = n.Real(0);
        int axis = x.Shape.Axis((int)n.Integer(1));
        bool reverse = n.Flag("reverse");
        if (n.Flag("exclusive"))
        {
            int size = x.Shape[axis];
            var (before, after) = (new int[x.Shape.Rank], new int[x.Shape.Rank]);
            (before[axis], after[axis]) = reverse ? (0, 1) : (1, 0);
            x = Functions.Pad(reverse ? x.Slice(axis, 1, size) : x.Slice(axis, 0, size - 1), before, after, 1);
        }

        var y = x.CumulativeProduct(axis, reverse);
        return n[0].Kind == ElementKind.Index ? Functions.Cast(y, ElementKind.Index) : y;
    }

    private static IReadOnlyList<ImportValue?> TopK(NodeContext n)
    {
        var x = n.Real(0);
        int k = (int)(n.Version < 10 ? n.Attribute("k", 1) : n.Integer(1));
        var (values, indices) = x.TopK(k, x.Shape.Axis(n.Small("axis", -1)), n.Flag("largest", true));
        return [new Traced(n[0].Kind == ElementKind.Index ? Functions.Cast(values, ElementKind.Index) : values, n[0].Stored), new Traced(indices, OnnxDataType.Int64)];
    }
}
