using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;
using F = Nonsmooth.Dictionary.Functions;

namespace Nonsmooth.Pretrained.Aten;

/// <summary>Functions that pick and place elements by indices.</summary>
internal static class IndexingRows
{
    public static IEnumerable<AtenOperator> Rows =>
    [
        new("gather", "self, dim, index, *, sparse_grad=False", call => Gathered(call.Real("self"), call.Integer("dim"), call.Tensor("index"))),
        new("embedding", "weight, indices, padding_idx=-1, scale_grad_by_freq=False, sparse=False", call => Embedded(call, "weight", "indices")),
        new("nn.functional.embedding", "input, weight, padding_idx=None, max_norm=None, norm_type=2.0, scale_grad_by_freq=False, sparse=False", call => Embedded(call, "weight", "input")),
        new("one_hot", "self, num_classes=-1", call => call.Integer("num_classes") >= 0
            ? F.Cast(F.OneHot(call.Tensor("self"), call.Integer("num_classes")), ElementKind.Index)
            : throw call.Lacks("a number of classes")),
        new("embedding_bag", "weight, indices, offsets, scale_grad_by_freq=False, mode=0, sparse=False, per_sample_weights=None, include_last_offset=False, padding_idx=None", call => [Bag(call, "weight", "indices"), null, null, null]),
        new("nn.functional.embedding_bag", "input, weight, offsets=None, max_norm=None, norm_type=2, scale_grad_by_freq=False, mode='mean', sparse=False, per_sample_weights=None, include_last_offset=False, padding_idx=None", call => Bag(call, "weight", "input")),
        new("index_select", "self, dim, index", call =>
        {
            var (x, index) = (call.Real("self"), call.Tensor("index"));
            return x.Shape.Rank == 0 ? x : Picked(x, x.Shape.Axis(call.Integer("dim")), index.Reshape(new Shape(index.Shape.Elements)));
        }),
    ];

    /// <summary>Slices of x along an axis at a line of indices: rows of a table, with the axis first.</summary>
    internal static Variable Picked(Variable x, int axis, Variable index)
    {
        int[] forth = [axis, .. Enumerable.Range(0, x.Shape.Rank).Where(a => a != axis)];
        var aside = axis == 0 ? x : x.Transpose(forth);
        var rows = F.Embedding(aside.Reshape(new Shape(aside.Shape[0], aside.Shape[1..].Elements)), index);
        var y = rows.Reshape(index.Shape.Concat(aside.Shape[1..]));
        return axis == 0 ? y : y.Transpose([.. Enumerable.Range(0, x.Shape.Rank).Select(a => Array.IndexOf(forth, a))]);
    }

    private static Variable Gathered(Variable x, int dim, Variable index)
    {
        if (index.Shape.Elements == 0)
        {
            return x.Reshape(new Shape(x.Shape.Elements)).Slice(0, 0, 0).Reshape(index.Shape);
        }

        if (x.Shape.Rank == 0)
        {
            return F.Gather(x.Reshape(new Shape(1)), index.Reshape(new Shape(index.Shape.Elements)), 0).Reshape(index.Shape);
        }

        // The index may be shorter than x on the other axes.
        int axis = x.Shape.Axis(dim);
        for (int a = 0; a < x.Shape.Rank && index.Shape.Rank == x.Shape.Rank; a++)
        {
            x = a != axis && index.Shape[a] < x.Shape[a] ? x.Slice(a, 0, index.Shape[a]) : x;
        }

        return F.Gather(x, index, axis);
    }

    private static Variable Bag(AtenCall call, string table, string indices)
    {
        if (call.Flag("scale_grad_by_freq") || (call.Has("padding_idx") && call.Integer("padding_idx") < 0 && call.Real(table).Shape[0] == 0))
        {
            throw call.Lacks("no gradient scaled by frequency");
        }

        var mode = call["mode"] switch
        {
            0L or "sum" => BagMode.Sum,
            1L or "mean" => BagMode.Mean,
            2L or "max" => BagMode.Max,
            _ => throw call.Lacks("a mode: sum, mean or max"),
        };
        var offsets = call.Has("offsets") ? call.Tensor("offsets") : null;
        offsets = offsets is not null && call.Flag("include_last_offset") ? offsets.Slice(0, 0, -1) : offsets;
        int? padding = call.Has("padding_idx") ? call.Integer("padding_idx") : null;
        padding = padding < 0 ? padding + call.Real(table).Shape[0] : padding;
        return F.EmbeddingBag(call.Real(table), call.Tensor(indices), mode, offsets, call.RealOrNone("per_sample_weights"), padding);
    }

    private static Variable Embedded(AtenCall call, string table, string indices) =>
        call.Flag("scale_grad_by_freq") ? throw call.Lacks("no gradient scaled by frequency") : F.Embedding(call.Real(table), call.Tensor(indices));
}
