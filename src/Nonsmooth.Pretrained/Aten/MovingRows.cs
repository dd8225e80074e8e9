using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;
using F = Nonsmooth.Dictionary.Functions;

namespace Nonsmooth.Pretrained.Aten;

/// <summary>Functions that reorder, repeat, reflect and take apart.</summary>
internal static class MovingRows
{
    public static IEnumerable<AtenOperator> Rows =>
    [
        new("flip", "self, dims...", call => Each(call.Tensor("self"), call.Integers("dims"), static (x, axis) => x.Flip(axis))),
        Row.Moved("fliplr", static x => x.Flip(1)),
        Row.Moved("flipud", static x => x.Flip(0)),
        new("roll", "self, shifts, dims=[]", Rolled),
        new("rot90", "self, k=1, dims=None", Rotated),
        .. new AtenOperator("repeat", "self, repeats...", call => call.Tensor("self").Tile(call.Integers("repeats"))).Named("tile"),
        new("repeat_interleave", "self, repeats, dim=None, *, output_size=None", call => call["repeats"] is long
            ? (call.Has("dim") ? call.Tensor("self") : Line(call.Tensor("self"))).RepeatEach(call.Has("dim") ? call.Integer("dim") : 0, call.Integer("repeats"))
            : throw call.Lacks("one number of repeats")),
        new("tril", "self, diagonal=0", call => F.Tril(call.Real("self"), call.Integer("diagonal"))),
        new("triu", "self, diagonal=0", call => F.Triu(call.Real("self"), call.Integer("diagonal"))),
        new("pixel_shuffle", "self, upscale_factor", call => F.PixelShuffle(call.Tensor("self"), call.Integer("upscale_factor"))),
        new("pixel_unshuffle", "self, downscale_factor", call => F.PixelUnshuffle(call.Tensor("self"), call.Integer("downscale_factor"))),
        .. Padded("reflection_pad", PadMode.Reflect), .. Padded("replication_pad", PadMode.Edge),
        .. new AtenOperator("split", "self, split_size_or_sections, dim=0", Split).Named("unsafe_split"),
        .. new AtenOperator("split_with_sizes", "self, split_sizes, dim=0", call => F.Split(call.Tensor("self"), call.Integer("dim"), call.Integers("split_sizes")))
            .Named("split_with_sizes_copy", "unsafe_split_with_sizes"),
        .. new AtenOperator("chunk", "self, chunks, dim=0", Chunks).Named("unsafe_chunk"),
        new("tensor_split", "self, indices_or_sections, dim=0", call => Sections(call, call.Integer("dim"))),
        new("hsplit", "self, indices_or_sections", call => Sections(call, call.Tensor("self").Shape.Rank == 1 ? 0 : 1)),
        new("vsplit", "self, indices_or_sections", call => Sections(call, 0)),
        new("dsplit", "self, indices_or_sections", call => Sections(call, 2)),
        .. new AtenOperator("unbind", "self, dim=0", call =>
        {
            var x = call.Tensor("self");
            return [.. Enumerable.Range(0, x.Shape[x.Shape.Axis(call.Integer("dim"))]).Select(i => StructureRows.Select(x, call.Integer("dim"), i))];
        }).Named("unbind_copy"),
        .. new AtenOperator("movedim", "self, source, destination", Moved).Named("moveaxis"),
        Row.Moved("ravel", Line),
        new("unflatten", "self, dim, sizes", Unflatten),
        .. AtLeast(), .. Stacks(),
        .. new AtenOperator("fftshift", "self, dim=None", call => Shifted(call, static n => n / 2)).Named("fft.fftshift"),
        .. new AtenOperator("ifftshift", "self, dim=None", call => Shifted(call, static n => (n + 1) / 2)).Named("fft.ifftshift"),
    ];

    internal static Variable Line(Variable x) => x.Reshape(new Shape(x.Shape.Elements));

    private static Variable Each(Variable x, int[] axes, Func<Variable, int, Variable> function) => x.Shape.Rank == 0
        ? x
        : axes.Select(x.Shape.Axis).Aggregate(x, function);

    private static Variable Rolled(AtenCall call)
    {
        var x = call.Tensor("self");
        int[] shifts = call.Integers("shifts"), axes = call.Integers("dims");
        return x.Shape.Elements == 0 || x.Shape.Rank == 0 ? x
            : axes.Length == 0 ? Line(x).Roll(shifts[0], 0).Reshape(x.Shape)
            : Enumerable.Range(0, axes.Length).Aggregate(x, (y, i) => y.Roll(shifts[i], axes[i]));
    }

    private static Variable Rotated(AtenCall call)
    {
        var x = call.Tensor("self");
        int[] axes = call.Has("dims") ? call.Integers("dims") : [0, 1];
        return (((call.Integer("k") % 4) + 4) % 4) switch
        {
            0 => x,
            1 => StructureRows.Exchange(x.Flip(axes[1]), axes[0], axes[1]),
            2 => x.Flip(axes),
            _ => StructureRows.Exchange(x, axes[0], axes[1]).Flip(axes[1]),
        };
    }

    private static IEnumerable<AtenOperator> Padded(string name, PadMode mode) =>
        Enumerable.Range(1, 3).Select(axes => new AtenOperator($"{name}{axes}d", "self, padding", call => Padded(call.Real("self"), call.Integers("padding"), mode, 0)));

    /// <summary>Borders as pairs of numbers, from the innermost axis outwards; negative ones cut, behind a reflection, before all else.</summary>
    internal static Variable Padded(Variable x, int[] pad, PadMode mode, double value)
    {
        int rank = x.Shape.Rank;
        int[] before = new int[rank], after = new int[rank];
        for (int i = 0; i < pad.Length / 2; i++)
        {
            (before[rank - 1 - i], after[rank - 1 - i]) = (pad[2 * i], pad[(2 * i) + 1]);
        }

        if (mode is PadMode.Constant or PadMode.Wrap)
        {
            return F.Pad(x, before, after, mode, value);
        }

        int[] Part(int[] sides, int sign) => [.. sides.Select(p => sign * Math.Max(0, sign * p))];
        return F.Pad(F.Pad(x, Part(before, 1), Part(after, 1), mode), Part(before, -1), Part(after, -1), PadMode.Constant);
    }

    private static IReadOnlyList<Variable?> Split(AtenCall call)
    {
        var x = call.Tensor("self");
        return call["split_size_or_sections"] is long
            ? F.Split(x, call.Integer("dim"), call.Integer("split_size_or_sections"))
            : F.Split(x, call.Integer("dim"), call.Integers("split_size_or_sections"));
    }

    private static IReadOnlyList<Variable?> Chunks(AtenCall call)
    {
        var x = call.Tensor("self");
        int size = x.Shape[x.Shape.Axis(call.Integer("dim"))];
        int chunks = call.Integer("chunks");
        return F.Split(x, call.Integer("dim"), Math.Max(1, (size + chunks - 1) / chunks));
    }

    private static IReadOnlyList<Variable?> Sections(AtenCall call, int dim)
    {
        var x = call.Tensor("self");
        int axis = x.Shape.Axis(dim);
        int size = x.Shape[axis];
        if (call["indices_or_sections"] is Variable)
        {
            throw call.Lacks("numbers for indices_or_sections");
        }

        if (call["indices_or_sections"] is long parts)
        {
            return F.Split(x, axis, [.. Enumerable.Range(0, (int)parts).Select(i => (size / (int)parts) + (i < size % parts ? 1 : 0))]);
        }

        int[] bounds = [0, .. call.Integers("indices_or_sections"), size];
        return [.. Enumerable.Range(0, bounds.Length - 1).Select(i => x.Slice(axis, bounds[i], bounds[i + 1]))];
    }

    private static Variable Moved(AtenCall call)
    {
        var x = call.Tensor("self");
        int[] from = [.. call.Integers("source").Select(x.Shape.Axis)], to = [.. call.Integers("destination").Select(x.Shape.Axis)];
        var others = new Queue<int>(Enumerable.Range(0, x.Shape.Rank).Except(from));
        return StructureRows.Order(x, [.. Enumerable.Range(0, x.Shape.Rank).Select(a => Array.IndexOf(to, a) is >= 0 and var i ? from[i] : others.Dequeue())]);
    }

    private static Variable Unflatten(AtenCall call)
    {
        var x = call.Tensor("self");
        int axis = x.Shape.Axis(call.Integer("dim"));
        return x.Reshape(x.Shape[..axis].Concat(Shapes.Resolve(call.Integers("sizes"), new Shape(x.Shape[axis]))).Concat(x.Shape[(axis + 1)..]));
    }

    private static IEnumerable<AtenOperator> AtLeast() =>
    [
        Row.Moved("atleast_1d", static x => Raised(x, 1)), Row.Moved("atleast_2d", static x => Raised(x, 2)), Row.Moved("atleast_3d", static x => Raised(x, 3)),
    ];

    private static Variable Raised(Variable x, int rank) => (x.Shape.Rank, rank) switch
    {
        (0, _) => x.Reshape(new Shape([.. Enumerable.Repeat(1, rank)])),
        (1, 2) => StructureRows.Unsqueeze(x, 0),
        (1, 3) => StructureRows.Unsqueeze(StructureRows.Unsqueeze(x, 0), -1),
        (2, 3) => StructureRows.Unsqueeze(x, -1),
        _ => x,
    };

    private static IEnumerable<AtenOperator> Stacks() =>
    [
        new AtenOperator("hstack", "tensors", call => Joined(call, 1, static x => x.Shape.Rank == 1 ? 0 : 1)),
        .. new AtenOperator("vstack", "tensors", call => Joined(call, 2, static _ => 0)).Named("row_stack"),
        new AtenOperator("dstack", "tensors", call => Joined(call, 3, static _ => 2)),
    ];

    private static Variable Joined(AtenCall call, int rank, Func<Variable, int> axis)
    {
        Variable[] parts = [.. call.Tensors("tensors").Select(t => Raised(t, rank))];
        return StructureRows.Concatenate(parts, axis(parts[0]));
    }

    private static Variable Shifted(AtenCall call, Func<int, int> by) =>
        call.Axes("dim", call.Tensor("self")).Aggregate(call.Tensor("self"), (x, axis) => x.Shape[axis] == 0 ? x : x.Roll(by(x.Shape[axis]), axis));
}
