using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>The transpose of a convolution in its planes: what its windows gave is spread back over them.</summary>
/// <param name="Stride">Stride of that convolution, rows and columns, at least 1.</param>
/// <param name="Padding">Padding of that convolution: cut from the result.</param>
/// <param name="OutputPadding">Rows and columns of the result that no further window reaches: below the stride.</param>
/// <param name="Dilation">Distance between taps, rows and columns, at least 1.</param>
/// <param name="Groups">Blocks of channels that do not mix.</param>
/// <remarks>
/// Arguments x [N, Ci, H, W], w [Ci, Co/groups, kh, kw] and, if there is one, a bias [Co]; result [N, Co, Ho, Wo],
/// Ho = (H − 1)·stride − 2·padding + dilation·(kh − 1) + outputPadding + 1. An output adds its products by
/// input channel, tap row, tap column, then its bias; one that no tap reaches is its bias, or 0.
/// </remarks>
public sealed record ConvTranspose2d(IntVector Stride, IntVector Padding, IntVector OutputPadding, IntVector Dilation, int Groups)
    : BilinearFunction, IMultiplyAdds
{
    /// <inheritdoc/>
    public override string Name => "conv_transpose2d";

    /// <inheritdoc/>
    public override string Attributes => $"{Shared}, output padding={OutputPadding}";

    /// <inheritdoc/>
    protected override int BiasAxis => 1;

    private ConvolutionAttributes Shared => new(Stride, Padding, Dilation, Groups);

    /// <inheritdoc/>
    protected override FunctionFacts? Facts => base.Facts! with { Saves = Saved.Argument };

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType> arguments)
    {
        Check.Reals(arguments, arguments.Count == 3 ? 3 : 2);
        var form = Form(Check.Rank(arguments, 0, 4), Check.Rank(arguments, 1, 4));
        ConvolutionAttributes.CheckBias(arguments, form.Input[1]);
        return [TensorType.Real(form.Input)];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Evaluate<T>(IReadOnlyList<Tensor> arguments)
    {
        var (x, w) = ((Tensor<T>)arguments[0], (Tensor<T>)arguments[1]);
        var bias = arguments.Count == 3 ? (Tensor<T>)arguments[2] : null;
        var form = Form(x.Shape, w.Shape);
        var rows = form.Rows.Reach();
        var columns = form.Columns.Reach();
        var runs = form.Columns.Runs();
        int[] taps = [.. columns.Select(c => c.Length)];
        int[] first = [.. columns.Select(c => c.Length == 0 ? -1 : c[0].Tap)];
        var y = new Tensor<T>(form.Input);
        int channels = Groups * form.In;
        int plane = form.Rows.Output * form.Columns.Output;
        int kernel = form.Rows.Kernel * form.Columns.Kernel;
        for (int image = 0; image < form.Batch * channels; image++)
        {
            int channel = image % channels;
            int group = channel / form.In;
            var planes = x.Elements.AsSpan(((image / channels * Groups) + group) * form.Out * plane, form.Out * plane);
            var kernels = w.Elements.AsSpan(group * form.Out * form.In * kernel, form.Out * form.In * kernel)[(channel % form.In * kernel)..];
            T? offset = bias is null ? null : bias[channel];
            for (int r = 0; r < rows.Length; r++)
            {
                var row = y.Elements.AsSpan(((image * rows.Length) + r) * columns.Length, columns.Length);
                Row(planes, kernels, form, rows[r], runs, first, row);
                Convolution.Finish(row, taps, form.Out * rows[r].Length == 0, offset);
            }
        }

        return [y];
    }

    /// <summary>A product an effective multiply-add, one addition less for every output reached, one more for its bias.</summary>
    public override OperationCount Count(IReadOnlyList<TensorType> arguments)
    {
        var form = Form(arguments[0].Shape, arguments[1].Shape);
        long sums = form.Out == 0 ? 0 : checked((long)form.Batch * Groups * form.In * form.Rows.Covered * form.Columns.Covered);
        return Products.Count(form.EffectiveMultiplyAdds, sums, arguments.Count == 3 ? sums : 0);
    }

    /// <inheritdoc/>
    public long DenseMultiplyAdds(IReadOnlyList<TensorType> arguments) => Form(arguments[0].Shape, arguments[1].Shape).DenseMultiplyAdds;

    /// <inheritdoc/>
    public long EffectiveMultiplyAdds(IReadOnlyList<TensorType> arguments) => Form(arguments[0].Shape, arguments[1].Shape).EffectiveMultiplyAdds;

    /// <inheritdoc/>
    protected override Variable LeftAdjoint(Derivation at, Variable cotangent) =>
        at.Builder.Apply(new Conv2d(Stride, Padding, Dilation, Groups), cotangent, at.Arguments[1]);

    /// <inheritdoc/>
    protected override Variable RightAdjoint(Derivation at, Variable cotangent)
    {
        var w = at.Arguments[1].Shape;
        return at.Builder.Apply(new Conv2dWeight([w[2], w[3]], Stride, Padding, Dilation, Groups), cotangent, at.Arguments[0]);
    }

    internal Convolution Form(Shape x, Shape weight)
    {
        Shared.Check();
        AxisWindows.Pair(OutputPadding, "output padding", 0);
        if (OutputPadding[0] >= Stride[0] || OutputPadding[1] >= Stride[1])
        {
            throw new ShapeException($"output padding is {OutputPadding}: it must be below the stride, {Stride}");
        }

        if (x[1] != weight[0] || weight[0] % Groups != 0)
        {
            throw new ShapeException(
                $"weight {weight} in {Groups} groups does not fit input {x}: its first axis must be the input's {x[1]} channels, a multiple of {Groups}");
        }

        return new Convolution(x[0], Groups, weight[1], weight[0] / Groups, Axis(0), Axis(1));
        AxisWindows Axis(int axis)
        {
            int size = ((x[2 + axis] - 1) * Stride[axis]) - (2 * Padding[axis])
                + (Dilation[axis] * (weight[2 + axis] - 1)) + OutputPadding[axis] + 1;
            return size > 0 && x[2 + axis] > 0 && weight[2 + axis] > 0
                ? Shared.Windows(axis, size, x[2 + axis], weight[2 + axis])
                : throw new ShapeException($"nothing is left of input {x} with weight {weight} when padding {Padding} is cut: pad less");
        }
    }

    // A row of outputs at once, tap by tap: each output still adds its own products in the order of the taps.
    private static void Row<T>(
        ReadOnlySpan<T> planes,
        ReadOnlySpan<T> kernels,
        Convolution form,
        ReadOnlySpan<(int Tap, int Window)> reach,
        ReadOnlySpan<(int Window, int Place, int Count)> runs,
        ReadOnlySpan<int> first,
        Span<T> row)
        where T : struct, INumeric<T>
    {
        var columns = form.Columns;
        int kernel = form.In * form.Rows.Kernel * columns.Kernel;
        for (int o = 0; o < form.Out; o++)
        {
            for (int a = 0; a < reach.Length; a++)
            {
                var (tapRow, r) = reach[a];
                var taps = kernels.Slice((o * kernel) + (tapRow * columns.Kernel), columns.Kernel);
                var line = planes.Slice(((o * form.Rows.Output) + r) * columns.Output, columns.Output);
                for (int b = 0; b < taps.Length; b++)
                {
                    var (window, place, count) = runs[b];
                    var tap = taps[b];
                    var part = line.Slice(window, count);
                    bool starts = o == 0 && a == 0;
                    for (int c = 0; c < part.Length; c++)
                    {
                        int to = place + (c * columns.Stride);
                        var product = tap * part[c];
                        row[to] = starts && first[to] == b ? product : row[to] + product;
                    }
                }
            }
        }
    }
}

public static partial class Functions
{
    /// <summary>The transposed convolution: planes are spread by kernels.</summary>
    /// <param name="x">The planes, [N, Ci, H, W].</param>
    /// <param name="weight">The kernels, [Ci, Co/groups, kh, kw].</param>
    /// <param name="bias">The biases, [Co], or none.</param>
    /// <param name="stride">Distance between the places of neighbours; 1 if not given.</param>
    /// <param name="padding">Rows and columns cut from every side; 0 if not given.</param>
    /// <param name="outputPadding">Rows and columns added at the end, below the stride; 0 if not given.</param>
    /// <param name="dilation">Distance between taps; 1 if not given.</param>
    /// <param name="groups">Blocks of channels that do not mix.</param>
    /// <returns>[N, Co, Ho, Wo].</returns>
    /// <exception cref="ShapeException">The shapes do not fit; the message names both.</exception>
    public static Variable ConvTranspose2d(
        Variable x,
        Variable weight,
        Variable? bias = null,
        Pair? stride = null,
        Pair? padding = null,
        Pair? outputPadding = null,
        Pair? dilation = null,
        int groups = 1)
    {
        var function = new ConvTranspose2d(
            Pair.Or(stride, 1), Pair.Or(padding, 0), Pair.Or(outputPadding, 0), Pair.Or(dilation, 1), groups);
        return bias is null ? x.Builder.Apply(function, x, weight) : x.Builder.Apply(function, x, weight, bias);
    }
}
