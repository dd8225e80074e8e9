using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;
using F = Nonsmooth.Dictionary.Functions;

namespace Nonsmooth.Pretrained.Aten;

/// <summary>Functions that put elements where indices say, and take them from there.</summary>
internal static class ScatterRows
{
    public static IEnumerable<AtenOperator> Rows =>
    [
        new("scatter", "self, dim, index, src, reduce=None", call => Scattered(call, Reduction(call, call["reduce"] as string), true)),
        new("scatter_add", "self, dim, index, src", call => Scattered(call, ScatterReduction.Add, true)),
        new("scatter_reduce", "self, dim, index, src, reduce, *, include_self=True", call => Scattered(call, Reduction(call, call.Text("reduce")), call.Flag("include_self"))),
        new("index_add", "self, dim, index, source, *, alpha=1", call => Slices(call, F.Scale(call.Real("source"), call.Number("alpha")), ScatterReduction.Add, true)),
        new("index_copy", "self, dim, index, source", call => Slices(call, call.Real("source"), ScatterReduction.Set, true)),
        new("index_fill", "self, dim, index, value", Filled),
        new("index_reduce", "self, dim, index, source, reduce, *, include_self=True", call => Slices(call, call.Real("source"), Reduction(call, call.Text("reduce")), call.Flag("include_self"))),
        new("index", "self, indices", call => Indexed(call, call.Tensor("self"), null, false)),
        .. new AtenOperator("index_put", "self, indices, values, accumulate=False", call => Indexed(call, call.Real("self"), call.Real("values"), call.Flag("accumulate")))
            .Named("_index_put_impl", "_unsafe_index_put"),
        new("take", "self, index", call => Taken(MovingRows.Line(call.Tensor("self")), call.Tensor("index"))),
        new("take_along_dim", "self, indices, dim=None", TakenAlong),
        new("put", "self, index, source, accumulate=False", call =>
        {
            var (x, index) = (call.Real("self"), MovingRows.Line(call.Tensor("index")));
            return F.ScatterElements(
                MovingRows.Line(x), index, MovingRows.Line(call.Real("source")), 0, call.Flag("accumulate") ? ScatterReduction.Add : ScatterReduction.Set).Reshape(x.Shape);
        }),
    ];

    private static ScatterReduction Reduction(AtenCall call, string? name) => name switch
    {
        null => ScatterReduction.Set,
        "add" or "sum" => ScatterReduction.Add,
        "multiply" or "prod" => ScatterReduction.Multiply,
        "amax" => ScatterReduction.Maximum,
        "amin" => ScatterReduction.Minimum,
        "mean" => ScatterReduction.Mean,
        _ => throw call.Lacks($"no reduction {name}"),
    };

    private static Variable Scattered(AtenCall call, ScatterReduction reduction, bool includeSelf)
    {
        var (x, index) = (call.Real("self"), call.Tensor("index"));
        var shape = x.Shape;
        if (index.Shape.Elements == 0)
        {
            return x;
        }

        (x, index) = shape.Rank == 0 ? (x.Reshape(new Shape(1)), index.Reshape(new Shape(1))) : (x, index);
        var source = call["src"] is Variable
            ? call.Real("src").Reshape(call.Tensor("src").Shape.Rank == 0 ? new Shape(1) : call.Tensor("src").Shape)
            : x.Builder.Apply(new Fill(index.Shape, call.Number("src")));
        source = source.Shape.Elements == 1 ? Broadcasting.To(source, index.Shape) : source;

        // Sources behind the index are not read.
        for (int a = 0; a < index.Shape.Rank; a++)
        {
            source = index.Shape[a] < source.Shape[a] ? source.Slice(a, 0, index.Shape[a]) : source;
        }

        return F.ScatterElements(x, index, source, call.Integer("dim"), reduction, includeSelf).Reshape(shape);
    }

    private static Variable Slices(AtenCall call, Variable source, ScatterReduction reduction, bool includeSelf)
    {
        var (x, index) = (call.Real("self"), MovingRows.Line(call.Tensor("index")));
        return x.Shape.Rank == 0
            ? F.IndexReduce(x.Reshape(new Shape(1)), index, source.Reshape(index.Shape), 0, reduction, includeSelf).Reshape(Shape.Scalar)
            : F.IndexReduce(x, index, source, call.Integer("dim"), reduction, includeSelf);
    }

    private static Variable Filled(AtenCall call)
    {
        var x = call.Real("self");
        int axis = x.Shape.Rank == 0 ? 0 : x.Shape.Axis(call.Integer("dim"));
        var shape = x.Shape.Rank == 0 ? new Shape(1) : x.Shape;
        var index = MovingRows.Line(call.Tensor("index"));
        return F.IndexReduce(x.Reshape(shape), index, Broadcasting.To(call.Real("value"), shape.With(axis, index.Shape[0])), axis, ScatterReduction.Set).Reshape(x.Shape);
    }

    private static Variable Taken(Variable line, Variable index) => index.Shape.Elements == 0
        ? line.Slice(0, 0, 0).Reshape(index.Shape)
        : F.IndexSelect(line, index, 0);

    private static Variable TakenAlong(AtenCall call)
    {
        var (x, index) = (call.Tensor("self"), call.Tensor("indices"));
        if (!call.Has("dim"))
        {
            return Taken(MovingRows.Line(x), MovingRows.Line(index));
        }

        int axis = x.Shape.Axis(call.Integer("dim"));
        var common = Broadcasting.Common(x.Shape.With(axis, 1), index.Shape.With(axis, 1));
        return F.Gather(Broadcasting.To(x, common.With(axis, x.Shape[axis])), F.Wrapped(Broadcasting.To(index, common.With(axis, index.Shape[axis])), x.Shape[axis]), axis);
    }

    // The indexed axes are put first; where they were neighbours what the indices make of them goes back to their place.
    private static Variable Indexed(AtenCall call, Variable x, Variable? values, bool accumulate)
    {
        var given = call["indices"] as IReadOnlyList<object?> ?? throw call.Lacks("a list of indices");
        int[] axes = [.. Enumerable.Range(0, given.Count).Where(i => given[i] is not null)];
        Variable[] indices = [.. axes.Select(a => given[a] is Variable { Type.Kind: ElementKind.Index } index ? index : throw call.Lacks("indices, no masks"))];
        int[] order = [.. axes, .. Enumerable.Range(0, x.Shape.Rank).Except(axes)];
        var shape = Shapes.Common(indices);
        int place = axes[^1] - axes[0] == axes.Length - 1 ? axes[0] : 0;
        var moved = x.Transpose(order);
        var rows = Joining.Stack(-1, [.. indices.Select(i => Broadcasting.To(i, shape))]);
        int rest = x.Shape.Rank - axes.Length;
        int[] apart = [.. Enumerable.Range(shape.Rank, place), .. Enumerable.Range(0, shape.Rank), .. Enumerable.Range(shape.Rank + place, rest - place)];
        if (values is null)
        {
            var picked = F.GatherNd(moved, rows);
            return apart.Length == 0 ? picked : picked.Transpose(apart);
        }

        var target = shape.Concat(moved.Shape[axes.Length..]);
        var spread = Broadcasting.To(values, new Shape([.. apart.Select(a => target[a])]));
        var updates = apart.Length == 0 ? spread : spread.Transpose([.. Enumerable.Range(0, apart.Length).Select(a => Array.IndexOf(apart, a))]);
        return F.ScatterNd(moved, rows, updates, accumulate ? ScatterReduction.Add : ScatterReduction.Set)
            .Transpose([.. Enumerable.Range(0, order.Length).Select(a => Array.IndexOf(order, a))]);
    }
}
