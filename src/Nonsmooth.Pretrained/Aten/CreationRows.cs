using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;
using F = Nonsmooth.Dictionary.Functions;

namespace Nonsmooth.Pretrained.Aten;

/// <summary>Tensors out of nothing but numbers.</summary>
internal static class CreationRows
{
    public static IEnumerable<AtenOperator> Rows =>
    [
        .. Filled("zeros", 0), .. Filled("ones", 1), .. Filled("empty", 0),
        new("full", "size, fill_value, *, dtype=None", call => Of(call, new Shape(call.Integers("size")), Value(call, "fill_value"), call["fill_value"])),
        new("full_like", "self, fill_value, *, dtype=None", call => Of(call, call.Tensor("self").Shape, Value(call, "fill_value"), call.Tensor("self"))),
        new("new_full", "self, size, fill_value, *, dtype=None", call => Of(call, new Shape(call.Integers("size")), Value(call, "fill_value"), call.Tensor("self"))),
        new("scalar_tensor", "s, *, dtype=None", call => Of(call, Shape.Scalar, Value(call, "s"), call["s"])),
        new("arange", "end, *, dtype=None", call => Range(call, null, "end", null)),
        new("arange.start", "start, end, *, dtype=None", call => Range(call, "start", "end", null)),
        new("arange.start_step", "start, end, step=1, *, dtype=None", call => Range(call, "start", "end", "step")),
        new("eye", "n, *, dtype=None", call => Identity(call, call.Integer("n"), call.Integer("n"))),
        new("eye.m", "n, m, *, dtype=None", call => Identity(call, call.Integer("n"), call.Integer("m"))),
        new("linspace", "start, end, steps, *, dtype=None", Spaced),
        new("meshgrid", "tensors, *, indexing='ij'", Grids),
    ];

    private static IEnumerable<AtenOperator> Filled(string name, double value) =>
    [
        new(name, "size..., *, dtype=None", call => Of(call, new Shape(call.Integers("size")), value, null)),
        new($"{name}_like", "self, *, dtype=None", call => Of(call, call.Tensor("self").Shape, value, call.Tensor("self"))),
        new($"new_{name}", "self, size..., *, dtype=None", call => Of(call, new Shape(call.Integers("size")), value, call.Tensor("self"))),
    ];

    private static double Value(AtenCall call, string name) => call[name] is Variable ? throw call.Lacks($"a number for {name}") : call.Number(name);

    private static Variable Of(AtenCall call, Shape shape, double value, object? like)
    {
        var kind = call["dtype"] as ElementKind? ?? like switch
        {
            Variable v => v.Type.Kind,
            long => ElementKind.Index,
            bool => ElementKind.Boolean,
            _ => ElementKind.Real,
        };
        return F.Cast(call.Builder.Apply(new Fill(shape, value)), kind);
    }

    private static Variable Range(AtenCall call, string? from, string to, string? by)
    {
        var (start, end, step) = (from is null ? 0 : call.Number(from), call.Number(to), by is null ? 1 : call.Number(by));
        double count = Math.Max(0, Math.Ceiling((end - start) / step));
        if (!(count <= int.MaxValue / 16))
        {
            throw call.Lacks($"at most {int.MaxValue / 16} numbers");
        }

        bool isReal = (from is not null && call[from] is double) || call[to] is double || (by is not null && call[by] is double);
        var kind = call["dtype"] as ElementKind? ?? (isReal ? ElementKind.Real : ElementKind.Index);
        var shape = new Shape((int)count);
        return kind == ElementKind.Real
            ? call.Builder.Constant(Tensor.Generate(shape, i => start + (i * step)))
            : call.Builder.Constant(Tensor.Generate(shape, i => (long)(start + (i * step))));
    }

    private static Variable Identity(AtenCall call, int rows, int columns) => (long)rows * columns <= int.MaxValue / 16
        ? F.Cast(call.Builder.Constant(Tensor.Generate(new Shape(rows, columns), i => i / columns == i % columns ? 1.0 : 0)), call["dtype"] as ElementKind? ?? ElementKind.Real)
        : throw call.Lacks($"at most {int.MaxValue / 16} numbers");

    private static Variable Spaced(AtenCall call)
    {
        var (start, end, steps) = (call.Number("start"), call.Number("end"), call.Integer("steps"));
        return call.Builder.Constant(Tensor.Generate(new Shape(steps), i => steps == 1 ? start : start + ((end - start) * i / (steps - 1))));
    }

    private static IReadOnlyList<Variable?> Grids(AtenCall call)
    {
        Variable[] lines = [.. call.Tensors("tensors").Select(MovingRows.Line)];
        bool swapped = call.Text("indexing") == "xy" && lines.Length >= 2;
        int Axis(int i) => swapped && i < 2 ? 1 - i : i;
        var sizes = new int[lines.Length];
        for (int i = 0; i < lines.Length; i++)
        {
            sizes[Axis(i)] = lines[i].Shape[0];
        }

        var shape = new Shape(sizes);
        return [.. lines.Select((line, i) => Broadcasting.To(line.Reshape(new Shape([.. sizes.Select((s, a) => a == Axis(i) ? s : 1)])), shape))];
    }
}
