using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;
using F = Nonsmooth.Dictionary.Functions;

namespace Nonsmooth.Pretrained.Aten;

/// <summary>Diagonals, strided views, slices put back, combinations: elements at places that the shapes tell.</summary>
internal static class DiagonalRows
{
    public static IEnumerable<AtenOperator> Rows =>
    [
        .. new AtenOperator("diagonal", "self, offset=0, dim1=0, dim2=1", call => Diagonal(call.Tensor("self"), call.Integer("offset"), call.Integer("dim1"), call.Integer("dim2")))
            .Named("diagonal_copy"),
        new("diag_embed", "self, offset=0, dim1=-2, dim2=-1", call => Embedded(call.Real("self"), call.Integer("offset"), call.Integer("dim1"), call.Integer("dim2"))),
        new("diag", "self, diagonal=0", call => call.Tensor("self").Shape.Rank == 1
            ? Embedded(call.Real("self"), call.Integer("diagonal"), 0, 1)
            : Diagonal(call.Tensor("self"), call.Integer("diagonal"), 0, 1)),
        new("diagflat", "self, offset=0", call => Embedded(MovingRows.Line(call.Real("self")), call.Integer("offset"), 0, 1)),
        new("diagonal_scatter", "self, src, offset=0, dim1=0, dim2=1", DiagonalPut),
        new("select_scatter", "self, src, dim, index", call => Put(call.Real("self"), StructureRows.Unsqueeze(call.Real("src"), call.Integer("dim")), call.Integer("dim"), call.Integer("index"), 1)),
        new("slice_scatter", "self, src, dim=0, start=None, end=None, step=1", call => Put(
            call.Real("self"), call.Real("src"), call.Integer("dim"), call.Has("start") ? call.Integer("start") : 0, call.Integer("step"))),
        .. new AtenOperator("as_strided", "self, size, stride, storage_offset=None", Strided).Named("as_strided_copy", "as_strided:partial_views"),
        .. new AtenOperator("unfold", "self, dimension, size, step", Windows).Named("unfold_copy"),
        new("broadcast_tensors", "tensors...", call =>
        {
            var tensors = call.Tensors("tensors");
            return (IReadOnlyList<Variable?>)[.. tensors.Select(t => Broadcasting.To(t, Shapes.Common(tensors)))];
        }),
        new("block_diag", "tensors...", call => Blocks([.. call.Tensors("tensors").Select(t => t.Shape.Rank == 2 ? t : t.Reshape(new Shape(1, t.Shape.Elements)))])),
        new("cartesian_prod", "tensors...", call => Product(call.Tensors("tensors"))),
        new("combinations", "self, r=2, with_replacement=False", Combinations),
        new("sum_to_size", "self, size...", call => SummedTo(call.Real("self"), call.Integers("size"))),
        new("trace", "self", call => Diagonal(call.Real("self"), 0, 0, 1).Sum()),
    ];

    private static Variable Diagonal(Variable x, int offset, int first, int second)
    {
        var (a, b) = (x.Shape.Axis(first), x.Shape.Axis(second));
        int[] rest = [.. Enumerable.Range(0, x.Shape.Rank).Where(axis => axis != a && axis != b)];
        var (rows, columns) = (x.Shape[a], x.Shape[b]);
        var places = Places(rows, columns, offset);
        var kept = new Shape([.. rest.Select(axis => x.Shape[axis])]);
        return x.Transpose([.. rest, a, b]).Reshape(kept.Concat(new Shape(rows * columns))).Take(kept.Rank, places);
    }

    private static Variable DiagonalPut(AtenCall call)
    {
        var (x, source) = (call.Real("self"), call.Real("src"));
        var (a, b) = (x.Shape.Axis(call.Integer("dim1")), x.Shape.Axis(call.Integer("dim2")));
        int[] order = [.. Enumerable.Range(0, x.Shape.Rank).Where(axis => axis != a && axis != b), a, b];
        var (rows, columns) = (x.Shape[a], x.Shape[b]);
        var kept = new Shape([.. order[..^2].Select(axis => x.Shape[axis])]);
        var flat = x.Transpose(order).Reshape(kept.Concat(new Shape(rows * columns)));
        var index = x.Builder.Constant(Tensor.Of(new Shape(source.Shape[^1]), Array.ConvertAll(Places(rows, columns, call.Integer("offset")), p => (long)p)));
        var y = F.ScatterElements(flat, Broadcasting.To(index, source.Shape), source, -1).Reshape(kept.Concat(new Shape(rows, columns)));
        return y.Transpose([.. Enumerable.Range(0, order.Length).Select(axis => Array.IndexOf(order, axis))]);
    }

    private static Variable Embedded(Variable x, int offset, int first, int second)
    {
        int size = x.Shape[^1] + Math.Abs(offset);
        int rank = x.Shape.Rank + 1;
        var matrices = x.Along(-1, AxisMap.Selecting(size * size, Places(size, size, offset)).Transposed).Reshape(x.Shape[..^1].Concat(new Shape(size, size)));
        var (a, b) = (first < 0 ? first + rank : first, second < 0 ? second + rank : second);
        var others = new Queue<int>(Enumerable.Range(0, rank - 2));
        return matrices.Transpose([.. Enumerable.Range(0, rank).Select(axis => axis == a ? rank - 2 : axis == b ? rank - 1 : others.Dequeue())]);
    }

    private static int[] Places(int rows, int columns, int offset)
    {
        var (row, column) = (Math.Max(0, -offset), Math.Max(0, offset));
        return [.. Enumerable.Range(0, Math.Max(0, Math.Min(rows - row, columns - column))).Select(i => ((row + i) * columns) + column + i)];
    }

    private static Variable Put(Variable x, Variable source, int dim, int start, int step)
    {
        int axis = x.Shape.Axis(dim);
        start = start < 0 ? start + x.Shape[axis] : start;
        var line = Tensor.Generate(new Shape([source.Shape[axis], .. Enumerable.Repeat(1, x.Shape.Rank - 1 - axis)]), i => (long)(start + (i * step)));
        return F.ScatterElements(x, Broadcasting.To(x.Builder.Constant(line), source.Shape), source, axis);
    }

    private static Variable Strided(AtenCall call)
    {
        int[] sizes = call.Integers("size"), strides = call.Integers("stride");
        var target = new Shape(sizes);
        int offset = call.Has("storage_offset") ? call.Integer("storage_offset") : 0;
        var places = Enumerable.Range(0, target.Elements).Select(i =>
        {
            int at = offset;
            for (int axis = sizes.Length - 1; axis >= 0; axis--)
            {
                (i, int index) = Math.DivRem(i, sizes[axis]);
                at += index * strides[axis];
            }

            return at;
        });
        return MovingRows.Line(call.Tensor("self")).Take(0, [.. places]).Reshape(target);
    }

    private static Variable Windows(AtenCall call)
    {
        var x = call.Tensor("self");
        var (size, step) = (call.Integer("size"), call.Integer("step"));
        if (x.Shape.Rank == 0)
        {
            return x.Reshape(new Shape(size));
        }

        int axis = x.Shape.Axis(call.Integer("dimension"));
        int count = ((x.Shape[axis] - size) / step) + 1;
        var apart = x.Take(axis, [.. Enumerable.Range(0, count * size).Select(i => (i / size * step) + (i % size))])
            .Reshape(x.Shape[..axis].Concat(new Shape(count, size)).Concat(x.Shape[(axis + 1)..]));
        return apart.Transpose([.. Enumerable.Range(0, apart.Shape.Rank).Where(a => a != axis + 1), axis + 1]);
    }

    private static Variable Blocks(Variable[] parts)
    {
        int columns = parts.Sum(p => p.Shape[1]);
        int before = 0;
        var rows = new List<Variable>();
        foreach (var part in parts)
        {
            rows.Add(F.Pad(F.Cast(part, ElementKind.Real), [0, before], [0, columns - before - part.Shape[1]], PadMode.Constant));
            before += part.Shape[1];
        }

        return StructureRows.Concatenate([.. rows], 0);
    }

    private static Variable Product(Variable[] parts)
    {
        var whole = new Shape([.. parts.Select(p => p.Shape[0])]);
        Variable[] columns = [.. parts.Select((p, i) => Broadcasting.To(
            p.Reshape(new Shape([p.Shape[0], .. Enumerable.Repeat(1, parts.Length - 1 - i)])), whole).Reshape(new Shape(whole.Elements)))];
        return parts.Length == 1 ? parts[0] : F.Stack(1, columns);
    }

    private static Variable Combinations(AtenCall call)
    {
        var x = call.Tensor("self");
        int r = call.Integer("r");
        bool repeated = call.Flag("with_replacement");
        IEnumerable<int[]> chosen = [[]];
        for (int i = 0; i < r; i++)
        {
            chosen = [.. chosen.SelectMany(c => Enumerable.Range(0, x.Shape[0]).Where(n => c.Length == 0 || n > c[^1] || (repeated && n == c[^1])).Select(n => (int[])[.. c, n]))];
        }

        return x.Take(0, [.. chosen.SelectMany(c => c)]).Reshape(new Shape(chosen.Count(), r));
    }

    private static Variable SummedTo(Variable x, int[] sizes)
    {
        int lead = x.Shape.Rank - sizes.Length;
        int[] axes = [.. Enumerable.Range(0, x.Shape.Rank).Where(a => a < lead || (sizes[a - lead] == 1 && x.Shape[a] != 1))];
        return (axes.Length == 0 ? x : x.Sum(axes)).Reshape(new Shape(sizes));
    }
}
