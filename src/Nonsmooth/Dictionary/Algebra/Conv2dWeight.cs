using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>The adjoint of a convolution in its weight: planes and cotangents of the outputs make a weight.</summary>
/// <param name="Kernel">Rows and columns of the weight.</param>
/// <param name="Stride">Stride of the convolution, rows and columns, at least 1.</param>
/// <param name="Padding">Padding of the convolution.</param>
/// <param name="Dilation">Distance between taps, rows and columns, at least 1.</param>
/// <param name="Groups">Blocks of channels that do not mix.</param>
/// <remarks>
/// Arguments x [N, Ci, H, W] and g [N, Co, Ho, Wo]; result [Co, Ci/groups, kh, kw]. An entry adds its products by
/// image, row, column of g; one whose tap is always on the padding is 0.
/// </remarks>
public sealed record Conv2dWeight(IntVector Kernel, IntVector Stride, IntVector Padding, IntVector Dilation, int Groups)
    : BilinearFunction, IMultiplyAdds
{
    /// <inheritdoc/>
    public override string Name => "conv2d_weight";

    /// <inheritdoc/>
    public override string Attributes => $"kernel={Kernel}, {Shared}";

    private ConvolutionAttributes Shared => new(Stride, Padding, Dilation, Groups);

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType> arguments)
    {
        Check.Reals(arguments, 2);
        return [TensorType.Real(Form(Check.Rank(arguments, 0, 4), Check.Rank(arguments, 1, 4)).Weight)];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Evaluate<T>(IReadOnlyList<Tensor> arguments)
    {
        var (x, g) = ((Tensor<T>)arguments[0], (Tensor<T>)arguments[1]);
        var form = Form(x.Shape, g.Shape);
        var (rows, columns) = (form.Rows.Runs(), form.Columns.Runs());
        var w = new Tensor<T>(form.Weight);
        int position = 0;
        for (int o = 0; o < Groups * form.Out; o++)
        {
            for (int i = 0; i < form.In; i++)
            {
                var channels = (o, (o / form.Out * form.In) + i);
                foreach (var row in rows)
                {
                    Row(x.Elements, g.Elements, form, channels, row, columns, w.Elements.AsSpan(position, columns.Length));
                    position += columns.Length;
                }
            }
        }

        return [w];
    }

    /// <summary>A product an effective multiply-add, one addition less for every entry whose tap is used.</summary>
    public override OperationCount Count(IReadOnlyList<TensorType> arguments)
    {
        var form = Form(arguments[0].Shape, arguments[1].Shape);
        long sums = form.Batch == 0 ? 0 : checked(
            (long)Groups * form.Out * form.In * form.Rows.Runs().LongCount(r => r.Count > 0) * form.Columns.Runs().LongCount(r => r.Count > 0));
        return Products.Count(form.EffectiveMultiplyAdds, sums, 0);
    }

    /// <inheritdoc/>
    public long DenseMultiplyAdds(IReadOnlyList<TensorType> arguments) => Form(arguments[0].Shape, arguments[1].Shape).DenseMultiplyAdds;

    /// <inheritdoc/>
    public long EffectiveMultiplyAdds(IReadOnlyList<TensorType> arguments) => Form(arguments[0].Shape, arguments[1].Shape).EffectiveMultiplyAdds;

    /// <inheritdoc/>
    protected override Variable LeftAdjoint(Derivation at, Variable cotangent)
    {
        var (x, g) = (at.Arguments[0].Shape, at.Arguments[1].Shape);
        IntVector rest = [Rest(0), Rest(1)];
        return at.Builder.Apply(new ConvTranspose2d(Stride, Padding, rest, Dilation, Groups), at.Arguments[1], cotangent);

        int Rest(int axis) => x[2 + axis] + (2 * Padding[axis])
            - ((g[2 + axis] - 1) * Stride[axis]) - (Dilation[axis] * (Kernel[axis] - 1)) - 1;
    }

    /// <inheritdoc/>
    protected override Variable RightAdjoint(Derivation at, Variable cotangent) =>
        at.Builder.Apply(new Conv2d(Stride, Padding, Dilation, Groups), at.Arguments[0], cotangent);

    internal Convolution Form(Shape x, Shape g)
    {
        AxisWindows.Pair(Kernel, "kernel", 1);
        Shared.Check();
        if (x[1] % Groups != 0)
        {
            throw new ShapeException($"input {x} does not divide into {Groups} groups of channels");
        }

        var form = Convolution.Of(Shared, x, new Shape(g[1], x[1] / Groups, Kernel[0], Kernel[1]));
        return form.Output.Equals(g)
            ? form
            : throw new ShapeException($"argument 1 must be a cotangent of the convolution's output, {form.Output}, given {g}");
    }

    private void Row<T>(
        ReadOnlySpan<T> x,
        ReadOnlySpan<T> g,
        Convolution form,
        (int Output, int Input) channels,
        (int Window, int Place, int Count) rows,
        ReadOnlySpan<(int Window, int Place, int Count)> columns,
        Span<T> entries)
        where T : struct, INumeric<T>
    {
        entries.Fill(T.FromDouble(0));
        for (int n = 0; n < form.Batch; n++)
        {
            int inputs = (((n * Groups * form.In) + channels.Input) * form.Rows.Input) + rows.Place;
            int outputs = (((n * Groups * form.Out) + channels.Output) * form.Rows.Output) + rows.Window;
            for (int r = 0; r < rows.Count; r++)
            {
                var from = x.Slice((inputs + (r * form.Rows.Stride)) * form.Columns.Input, form.Columns.Input);
                var given = g.Slice((outputs + r) * form.Columns.Output, form.Columns.Output);
                for (int b = 0; b < columns.Length; b++)
                {
                    var (window, place, count) = columns[b];
                    entries[b] = Sum(from[place..], form.Columns.Stride, given.Slice(window, count), n == 0 && r == 0, entries[b]);
                }
            }
        }
    }

    private static T Sum<T>(ReadOnlySpan<T> from, int stride, ReadOnlySpan<T> given, bool starts, T sum)
        where T : struct, INumeric<T>
    {
        for (int c = 0; c < given.Length; c++)
        {
            var product = from[c * stride] * given[c];
            sum = starts && c == 0 ? product : sum + product;
        }

        return sum;
    }
}
