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
        var (rows, columns) = (Uses(form.Rows), Uses(form.Columns));
        var w = new Tensor<T>(form.Weight);
        int position = 0;
        for (int o = 0; o < Groups * form.Out; o++)
        {
            for (int i = 0; i < form.In; i++)
            {
                foreach (var row in rows)
                {
                    foreach (var column in columns)
                    {
                        w[position++] = Entry(x.Elements, g.Elements, form, (o, (o / form.Out * form.In) + i), row, column);
                    }
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
            (long)Groups * form.Out * form.In * Uses(form.Rows).LongCount(u => u.Length > 0) * Uses(form.Columns).LongCount(u => u.Length > 0));
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

    private Convolution Form(Shape x, Shape g)
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

    /// <summary>For each tap, the (position, window) pairs where it is inside the plane.</summary>
    private static (int Place, int Window)[][] Uses(AxisWindows windows)
    {
        var uses = new (int Place, int Window)[windows.Kernel][];
        for (int tap = 0; tap < uses.Length; tap++)
        {
            var found = new List<(int Place, int Window)>();
            for (int o = 0; o < windows.Output; o++)
            {
                int j = tap - windows.FirstTap[o];
                if (j >= 0 && j < windows.Taps[o])
                {
                    found.Add((windows.First[o] + (j * windows.Step), o));
                }
            }

            uses[tap] = [.. found];
        }

        return uses;
    }

    private T Entry<T>(
        ReadOnlySpan<T> x,
        ReadOnlySpan<T> g,
        Convolution form,
        (int Output, int Input) channels,
        ReadOnlySpan<(int Place, int Window)> rows,
        ReadOnlySpan<(int Place, int Window)> columns)
        where T : struct, INumeric<T>
    {
        var sum = T.FromDouble(0);
        bool started = false;
        for (int n = 0; n < form.Batch; n++)
        {
            int inputs = ((n * Groups * form.In) + channels.Input) * form.Rows.Input;
            int outputs = ((n * Groups * form.Out) + channels.Output) * form.Rows.Output;
            foreach (var (place, window) in rows)
            {
                var from = x.Slice((inputs + place) * form.Columns.Input, form.Columns.Input);
                var given = g.Slice((outputs + window) * form.Columns.Output, form.Columns.Output);
                foreach (var (column, at) in columns)
                {
                    var product = from[column] * given[at];
                    sum = started ? sum + product : product;
                    started = true;
                }
            }
        }

        return sum;
    }
}
