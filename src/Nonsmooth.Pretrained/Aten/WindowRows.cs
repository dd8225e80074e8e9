using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;
using F = Nonsmooth.Dictionary.Functions;

namespace Nonsmooth.Pretrained.Aten;

/// <summary>Windows over one axis, planes and volumes: convolutions, pooling, columns.</summary>
internal static class WindowRows
{
    private const string _pool = "self, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False";
    private const string _average = "self, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True, divisor_override=None";

    public static IEnumerable<AtenOperator> Rows =>
    [
        .. Enumerable.Range(1, 3).SelectMany(Over),
        .. new AtenOperator("convolution", "input, weight, bias, stride, padding, dilation, transposed, output_padding, groups", call =>
        {
            int axes = call.Tensor("weight").Shape.Rank - 2;
            return call.Flag("transposed") ? Transposed(call, axes) : Convolved(call, axes);
        }).Named("_convolution"),
        .. new AtenOperator("im2col", "self, kernel_size, dilation=1, padding=0, stride=1", call => Columns(call)).Named("nn.functional.unfold"),
        .. new AtenOperator("col2im", "self, output_size, kernel_size, dilation=1, padding=0, stride=1", call => Shapes.Batched(
            call.Real("self"), 3, x => F.Fold(x, Numbers(call, "output_size", 2)!, Numbers(call, "kernel_size", 2)!, Sliding(call, 2)))).Named("nn.functional.fold"),
    ];

    private static IEnumerable<AtenOperator> Over(int axes) =>
    [
        new($"conv{axes}d", "input, weight, bias=None, stride=1, padding=0, dilation=1, groups=1", call => Convolved(call, axes)),
        new($"conv_transpose{axes}d", "input, weight, bias=None, stride=1, padding=0, output_padding=0, groups=1, dilation=1", call => Transposed(call, axes)),
        new($"max_pool{axes}d", $"{_pool}, return_indices=False", call => Maxima(call, axes, call.Flag("return_indices"))),
        .. new AtenOperator($"max_pool{axes}d_with_indices", $"{_pool}, return_indices=True", call => Maxima(call, axes, true)).Named($"nn.functional.max_pool{axes}d_with_indices"),
        new($"avg_pool{axes}d", _average, call => Shapes.Batched(call.Real("self"), axes + 2, x => F.AvgPool(
            x, Numbers(call, "kernel_size", axes)!, Sliding(call, axes), call.Flag("count_include_pad"), call.NumberOrNone("divisor_override")))),
        .. new AtenOperator($"adaptive_avg_pool{axes}d", "self, output_size", call => Shapes.Batched(call.Real("self"), axes + 2, x => F.AdaptiveAvgPool(x, Sizes(call, x, axes))))
            .Named($"_adaptive_avg_pool{axes}d"),
        new($"adaptive_max_pool{axes}d", "self, output_size, return_indices=True", call => Both(call, axes, x => F.AdaptiveMaxPool(x, Sizes(call, x, axes)), call.Flag("return_indices"))),
        new($"nn.functional.adaptive_max_pool{axes}d", "self, output_size, return_indices=False", call => Both(call, axes, x => F.AdaptiveMaxPool(x, Sizes(call, x, axes)), call.Flag("return_indices"))),
        new($"nn.functional.adaptive_max_pool{axes}d_with_indices", "self, output_size, return_indices=False", call => Both(call, axes, x => F.AdaptiveMaxPool(x, Sizes(call, x, axes)), true)),
        new($"lp_pool{axes}d", "self, norm_type, kernel_size, stride=None, ceil_mode=False", call => Norms(call, axes)),
        new($"nn.functional.max_unpool{axes}d", "self, indices, kernel_size, stride=None, padding=0, output_size=None", call => Unpooled(call, axes)),
        new($"max_unpool{axes}d", "self, indices, output_size, stride=None, padding=0", call => F.MaxUnpool(call.Real("self"), call.Tensor("indices"), call.Integers("output_size"))),
    ];

    private static Variable Convolved(AtenCall call, int axes)
    {
        var weight = call.Real("weight");
        var windowing = Sliding(call, axes);
        return Shapes.Batched(call.Real("input"), axes + 2, x => F.Conv(
            x,
            weight,
            call.RealOrNone("bias"),
            call["padding"] switch
            {
                "same" => Windowing.Same(x.Shape, weight.Shape[2..].ToArray(), null, windowing.Dilation),
                "valid" => windowing with { Before = new int[axes] },
                _ => windowing,
            },
            call.Integer("groups")));
    }

    private static Variable Transposed(AtenCall call, int axes) => Shapes.Batched(call.Real("input"), axes + 2, x => F.ConvTranspose(
        x, call.Real("weight"), call.RealOrNone("bias"), Sliding(call, axes), Numbers(call, "output_padding", axes), call.Integer("groups")));

    private static IReadOnlyList<Variable?> Maxima(AtenCall call, int axes, bool positions) =>
        Both(call, axes, x => F.MaxPool(x, Numbers(call, "kernel_size", axes)!, Sliding(call, axes)), positions);

    private static IReadOnlyList<Variable?> Both(AtenCall call, int axes, Func<Variable, (Variable Maxima, Variable Positions)> pool, bool positions)
    {
        Variable? where = null;
        var maxima = Shapes.Batched(call.Real("self"), axes + 2, x =>
        {
            (var largest, where) = pool(x);
            return largest;
        });
        return positions ? [maxima, where!.Reshape(maxima.Shape)] : [maxima];
    }

    // The mean of pᵗʰ powers over the window that there is, times the size of a whole one.
    private static Variable Norms(AtenCall call, int axes)
    {
        double p = call.Number("norm_type");
        IntVector kernel = Numbers(call, "kernel_size", axes)!;
        var windowing = new Windowing { Stride = Numbers(call, "stride", axes), CeilMode = call.Flag("ceil_mode") };
        return Shapes.Batched(call.Real("self"), axes + 2, x =>
        {
            if (double.IsPositiveInfinity(p) || (p == 2 && !call.Flag("ceil_mode")))
            {
                return F.LpPool(x, p, kernel, windowing);
            }

            var means = F.AvgPool(F.Pow(x, p), kernel, windowing);
            return F.Pow(F.Scale(means, kernel.Aggregate(1.0, (n, k) => n * k)), 1 / p);
        });
    }

    private static Variable Unpooled(AtenCall call, int axes)
    {
        var (x, index) = (call.Real("self"), call.Tensor("indices"));
        var kernel = Numbers(call, "kernel_size", axes)!;
        var (stride, padding) = (Numbers(call, "stride", axes) ?? kernel, Numbers(call, "padding", axes)!);
        int[] sizes = call.Has("output_size")
            ? call.Integers("output_size")[^axes..]
            : [.. Enumerable.Range(0, axes).Select(a => ((x.Shape[x.Shape.Rank - axes + a] - 1) * stride[a]) - (2 * padding[a]) + kernel[a])];
        return F.MaxUnpool(x, index, sizes);
    }

    private static Variable Columns(AtenCall call) =>
        Shapes.Batched(call.Real("self"), 4, x => F.Unfold(x, Numbers(call, "kernel_size", 2)!, Sliding(call, 2)));

    private static IntVector Sizes(AtenCall call, Variable x, int axes) => call["output_size"] is IReadOnlyList<object?> sizes && sizes.Count == axes
        ? Enumerable.Range(0, axes).Select(a => (int)(sizes[a] as long? ?? x.Shape[x.Shape.Rank - axes + a])).ToArray()
        : Enumerable.Repeat(call.Integers("output_size")[0], axes).ToArray();

    private static Windowing Sliding(AtenCall call, int axes) => new()
    {
        Stride = Numbers(call, "stride", axes),
        Before = call["padding"] is string ? null : Numbers(call, "padding", axes),
        Dilation = call.Knows("dilation") ? Numbers(call, "dilation", axes) : null,
        CeilMode = call.Knows("ceil_mode") && call.Flag("ceil_mode"),
    };

    private static IntVector? Numbers(AtenCall call, string name, int axes) => call.Integers(name) switch
    {
        [] => null,
        [int one] => Enumerable.Repeat(one, axes).ToArray(),
        { } numbers when numbers.Length == axes => (IntVector)numbers,
        _ => throw call.Lacks($"{axes} numbers for {name}"),
    };
}
