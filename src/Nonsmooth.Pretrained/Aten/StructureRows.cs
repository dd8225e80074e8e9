using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Pretrained.Aten;

/// <summary>Functions that move numbers: shapes, parts, copies.</summary>
internal static class StructureRows
{
    public static IEnumerable<AtenOperator> Rows =>
    [
        .. new AtenOperator("clone", "self, *, memory_format=None", call => call.Tensor("self")).Named(
            "contiguous", "alias", "alias_copy", "detach_copy", "resolve_neg", "resolve_conj", "conj", "conj_physical", "positive", "lift_fresh_copy"),
        .. new AtenOperator("view", "self, size...", call => call.Tensor("self").Reshape(Shapes.Resolve(call.Integers("size"), call.Tensor("self").Shape)))
            .Named("reshape", "view_copy", "_unsafe_view"),
        .. new AtenOperator("reshape_as", "self, other", call => call.Tensor("self").Reshape(call.Tensor("other").Shape)).Named("view_as"),
        .. new AtenOperator("permute", "self, dims...", call => Order(call.Tensor("self"), call.Integers("dims"))).Named("permute_copy"),
        .. new AtenOperator("transpose", "self, dim0, dim1", call => Exchange(call.Tensor("self"), call.Integer("dim0"), call.Integer("dim1"))).Named("transpose_copy", "swapaxes"),
        .. new AtenOperator("t", "self", call => call.Tensor("self").Transpose()).Named("t_copy", "mT"),
        .. new AtenOperator("expand", "self, size..., *, implicit=False", call => Expand(call.Tensor("self"), call.Integers("size"))).Named("expand_copy"),
        new("expand_as", "self, other", call => Broadcasting.To(call.Tensor("self"), call.Tensor("other").Shape)),
        new("flatten", "self, start_dim=0, end_dim=-1", call => Flatten(call.Tensor("self"), call.Integer("start_dim"), call.Integer("end_dim"))),
        .. new AtenOperator("unsqueeze", "self, dim", call => Unsqueeze(call.Tensor("self"), call.Integer("dim"))).Named("unsqueeze_copy"),
        .. new AtenOperator("squeeze", "self, dim=None", call => Squeeze(call)).Named("squeeze_copy"),
        .. new AtenOperator("cat", "tensors, dim=0", call => Concatenate(call.Tensors("tensors"), call.Integer("dim"))).Named("concat", "concatenate"),
        new("stack", "tensors, dim=0", call => Concatenate([.. call.Tensors("tensors").Select(t => Unsqueeze(t, call.Integer("dim")))], call.Integer("dim"))),
        .. new AtenOperator("slice", "self, dim=0, start=None, end=None, step=1", call => call.Tensor("self").Slice(
            call.Integer("dim"), Bound(call, "start", 0), Bound(call, "end", int.MaxValue), call.Integer("step"))).Named("slice_copy"),
        .. new AtenOperator("narrow", "self, dim, start, length", call =>
        {
            var x = call.Tensor("self");
            int axis = x.Shape.Axis(call.Integer("dim"));
            int start = call.Integer("start") is var s && s < 0 ? s + x.Shape[axis] : s;
            return x.Slice(axis, start, start + call.Integer("length"));
        }).Named("narrow_copy"),
        .. new AtenOperator("select", "self, dim, index", call => Select(call.Tensor("self"), call.Integer("dim"), call.Integer("index"))).Named("select_copy"),
        new("constant_pad_nd", "self, pad, value=0", call => MovingRows.Padded(call.Real("self"), call.Integers("pad"), PadMode.Constant, call.NumberOrNone("value") ?? 0)),
        .. new AtenOperator("nn.functional.pad", "self, pad, mode='constant', value=None", call => MovingRows.Padded(call.Real("self"), call.Integers("pad"), call.Text("mode") switch
        {
            "constant" => PadMode.Constant,
            "reflect" => PadMode.Reflect,
            "replicate" => PadMode.Edge,
            "circular" => PadMode.Wrap,
            var mode => throw call.Lacks($"no mode {mode}"),
        }, call.NumberOrNone("value") ?? 0)).Named("pad"),
    ];

    internal static Variable Unsqueeze(Variable x, int dim)
    {
        int at = dim < 0 ? dim + x.Shape.Rank + 1 : dim;
        return x.Reshape(x.Shape[..at].Concat(new Shape(1)).Concat(x.Shape[at..]));
    }

    internal static Variable Select(Variable x, int dim, int index)
    {
        int axis = x.Shape.Axis(dim);
        index = index < 0 ? index + x.Shape[axis] : index;
        return Shapes.Keep(x.Slice(axis, index, index + 1), x.Shape, axis, false);
    }

    internal static Variable Order(Variable x, int[] dims) => dims.Length == 0 ? x : x.Transpose(dims);

    internal static Variable Exchange(Variable x, int first, int second)
    {
        if (x.Shape.Rank == 0)
        {
            return x;
        }

        int[] order = [.. Enumerable.Range(0, x.Shape.Rank)];
        var (a, b) = (x.Shape.Axis(first), x.Shape.Axis(second));
        (order[a], order[b]) = (b, a);
        return x.Transpose(order);
    }

    internal static Variable Concatenate(Variable[] parts, int dim)
    {
        // An empty vector is left out, whatever the others' shapes.
        Variable[] kept = [.. parts.Where(p => !(p.Shape.Rank == 1 && p.Shape[0] == 0))];
        return kept.Length == 0 ? parts[0] : kept.Length == 1 ? kept[0] : Joining.Along(dim, kept);
    }

    private static Variable Expand(Variable x, int[] sizes)
    {
        int more = sizes.Length - x.Shape.Rank;
        return Broadcasting.To(x, new Shape([.. sizes.Select((s, i) => s == -1 ? x.Shape[i - more] : s)]));
    }

    private static Variable Flatten(Variable x, int start, int end)
    {
        if (x.Shape.Rank == 0)
        {
            return x.Reshape(new Shape(1));
        }

        (start, end) = (x.Shape.Axis(start), x.Shape.Axis(end));
        return x.Reshape(x.Shape[..start].Concat(new Shape(x.Shape[start..(end + 1)].Elements)).Concat(x.Shape[(end + 1)..]));
    }

    private static Variable Squeeze(AtenCall call)
    {
        var x = call.Tensor("self");
        int[] axes = call.Has("dim") && call["dim"] is IReadOnlyList<object?> and { Count: 0 } ? [] : call.Axes("dim", x);
        return x.Reshape(new Shape([.. x.Shape.Where((size, i) => size != 1 || !axes.Contains(i))]));
    }

    private static int Bound(AtenCall call, string name, int otherwise) => call[name] switch
    {
        null => otherwise,
        long and > int.MaxValue => int.MaxValue,
        _ => call.Integer(name),
    };
}
