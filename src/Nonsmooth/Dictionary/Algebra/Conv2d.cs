using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>The convolution (cross-correlation) of planes with kernels.</summary>
/// <param name="Stride">Distance between windows, rows and columns, at least 1.</param>
/// <param name="Padding">Zeros around the plane, rows and columns; taps on them are not computed.</param>
/// <param name="Dilation">Distance between taps, rows and columns, at least 1.</param>
/// <param name="Groups">Blocks of channels that do not mix.</param>
/// <remarks>
/// Arguments x [N, Ci, H, W], w [Co, Ci/groups, kh, kw] and, if there is one, a bias [Co]; result
/// [N, Co, Ho, Wo]. An output adds its products by input channel, row, column, then its bias; one without
/// any tap inside the plane is its bias, or 0.
/// </remarks>
public sealed record Conv2d(IntVector Stride, IntVector Padding, IntVector Dilation, int Groups) : BilinearFunction, IMultiplyAdds
{
    /// <inheritdoc/>
    public override string Name => "conv2d";

    /// <inheritdoc/>
    public override string Attributes => Shared.ToString();

    /// <inheritdoc/>
    protected override int BiasAxis => 1;

    private ConvolutionAttributes Shared => new(Stride, Padding, Dilation, Groups);

    /// <inheritdoc/>
    protected override FunctionFacts? Facts => base.Facts! with { Saves = Saved.Argument };

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType> arguments)
    {
        Check.Reals(arguments, arguments.Count == 3 ? 3 : 2);
        var form = Convolution.Of(Shared, Check.Rank(arguments, 0, 4), Check.Rank(arguments, 1, 4));
        ConvolutionAttributes.CheckBias(arguments, arguments[1].Shape[0]);
        return [TensorType.Real(form.Output)];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Evaluate<T>(IReadOnlyList<Tensor> arguments)
    {
        var (x, w) = ((Tensor<T>)arguments[0], (Tensor<T>)arguments[1]);
        var bias = arguments.Count == 3 ? (Tensor<T>)arguments[2] : null;
        var form = Convolution.Of(Shared, x.Shape, w.Shape);
        var (rows, columns) = (form.Rows, form.Columns);
        var y = new Tensor<T>(form.Output);
        var runs = columns.Runs();
        int kernel = rows.Kernel * columns.Kernel;
        int plane = rows.Input * columns.Input;
        int channels = Groups * form.Out;
        for (int image = 0; image < form.Batch * channels; image++)
        {
            int channel = image % channels;
            int group = channel / form.Out;
            var planes = x.Elements.AsSpan(((image / channels * Groups) + group) * form.In * plane, form.In * plane);
            var kernels = w.Elements.AsSpan(channel * form.In * kernel, form.In * kernel);
            T? offset = bias is null ? null : bias[channel];
            for (int r = 0; r < rows.Output; r++)
            {
                var row = y.Elements.AsSpan(((image * rows.Output) + r) * columns.Output, columns.Output);
                Row(planes, kernels, form, runs, r, row);
                Convolution.Finish(row, columns.Taps, form.In * rows.Taps[r] == 0, offset);
            }
        }

        return [y];
    }

    /// <summary>A product an effective multiply-add, one addition less for every output with taps, one more for its bias.</summary>
    public override OperationCount Count(IReadOnlyList<TensorType> arguments)
    {
        var form = Convolution.Of(Shared, arguments[0].Shape, arguments[1].Shape);
        long sums = form.In == 0 ? 0 : checked((long)form.Batch * Groups * form.Out * form.Rows.Occupied * form.Columns.Occupied);
        return Products.Count(form.EffectiveMultiplyAdds, sums, arguments.Count == 3 ? sums : 0);
    }

    /// <inheritdoc/>
    public long DenseMultiplyAdds(IReadOnlyList<TensorType> arguments) =>
        Convolution.Of(Shared, arguments[0].Shape, arguments[1].Shape).DenseMultiplyAdds;

    /// <inheritdoc/>
    public long EffectiveMultiplyAdds(IReadOnlyList<TensorType> arguments) =>
        Convolution.Of(Shared, arguments[0].Shape, arguments[1].Shape).EffectiveMultiplyAdds;

    /// <inheritdoc/>
    protected override Variable LeftAdjoint(Derivation at, Variable cotangent)
    {
        var (x, w) = (at.Arguments[0].Shape, at.Arguments[1].Shape);
        var form = Convolution.Of(Shared, x, w);
        IntVector rest = [Rest(0, form.Rows), Rest(1, form.Columns)];
        return at.Builder.Apply(new ConvTranspose2d(Stride, Padding, rest, Dilation, Groups), cotangent, at.Arguments[1]);

        // Rows of the input that no further window reaches.
        int Rest(int axis, AxisWindows windows) => windows.Input + (2 * Padding[axis])
            - ((windows.Output - 1) * Stride[axis]) - (Dilation[axis] * (windows.Kernel - 1)) - 1;
    }

    /// <inheritdoc/>
    protected override Variable RightAdjoint(Derivation at, Variable cotangent)
    {
        var w = at.Arguments[1].Shape;
        return at.Builder.Apply(new Conv2dWeight([w[2], w[3]], Stride, Padding, Dilation, Groups), at.Arguments[0], cotangent);
    }

    internal Convolution Form(Shape x, Shape weight) => Convolution.Of(Shared, x, weight);

    // A row of outputs at once, tap by tap: each output still adds its own products in the order of the taps.
    private static void Row<T>(
        ReadOnlySpan<T> planes,
        ReadOnlySpan<T> kernels,
        Convolution form,
        ReadOnlySpan<(int Window, int Place, int Count)> runs,
        int r,
        Span<T> row)
        where T : struct, INumeric<T>
    {
        var (rows, columns) = (form.Rows, form.Columns);
        for (int i = 0; i < form.In; i++)
        {
            for (int a = 0; a < rows.Taps[r]; a++)
            {
                var line = planes.Slice(((i * rows.Input) + rows.First[r] + (a * rows.Step)) * columns.Input, columns.Input);
                var taps = kernels.Slice(((i * rows.Kernel) + rows.FirstTap[r] + a) * columns.Kernel, columns.Kernel);
                for (int b = 0; b < taps.Length; b++)
                {
                    var (window, place, count) = runs[b];
                    var tap = taps[b];
                    var part = row.Slice(window, count);
                    if (i == 0 && a == 0)
                    {
                        var first = columns.FirstTap.AsSpan(window, count);
                        for (int c = 0; c < part.Length; c++)
                        {
                            var product = tap * line[place + (c * columns.Stride)];
                            part[c] = first[c] == b ? product : part[c] + product;
                        }
                    }
                    else
                    {
                        for (int c = 0; c < part.Length; c++)
                        {
                            part[c] += tap * line[place + (c * columns.Stride)];
                        }
                    }
                }
            }
        }
    }
}

public static partial class Functions
{
    /// <summary>The convolution of planes with kernels.</summary>
    /// <param name="x">The planes, [N, Ci, H, W].</param>
    /// <param name="weight">The kernels, [Co, Ci/groups, kh, kw].</param>
    /// <param name="bias">The biases, [Co], or none.</param>
    /// <param name="stride">Distance between windows; 1 if not given.</param>
    /// <param name="padding">Zeros around the plane; 0 if not given.</param>
    /// <param name="dilation">Distance between taps; 1 if not given.</param>
    /// <param name="groups">Blocks of channels that do not mix.</param>
    /// <returns>[N, Co, Ho, Wo].</returns>
    /// <exception cref="ShapeException">The shapes do not fit; the message names both.</exception>
    public static Variable Conv2d(
        Variable x, Variable weight, Variable? bias = null, Pair? stride = null, Pair? padding = null, Pair? dilation = null, int groups = 1)
    {
        var function = new Conv2d(Pair.Or(stride, 1), Pair.Or(padding, 0), Pair.Or(dilation, 1), groups);
        return bias is null ? x.Builder.Apply(function, x, weight) : x.Builder.Apply(function, x, weight, bias);
    }
}
