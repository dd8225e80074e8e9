using Nonsmooth.Arithmetic;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>
/// The trilinear form of which the convolution, its transpose and its weight gradient are the three adjoints:
/// Σ g[n, o, r, c] · w[o, i, a, b] · x[n, i, r·stride − padding + a·dilation, …] over taps inside the plane.
/// </summary>
/// <remarks>Sizes are of that form: x has Groups · In channels and the planes of the windows, g Groups · Out.</remarks>
internal sealed record Convolution(int Batch, int Groups, int In, int Out, AxisWindows Rows, AxisWindows Columns)
{
    public Shape Input => new(Batch, Groups * In, Rows.Input, Columns.Input);

    public Shape Weight => new(Groups * Out, In, Rows.Kernel, Columns.Kernel);

    public Shape Output => new(Batch, Groups * Out, Rows.Output, Columns.Output);

    public long DenseMultiplyAdds => checked(
        Batch * (long)Groups * In * Out * Rows.Output * Rows.Kernel * Columns.Output * Columns.Kernel);

    public long EffectiveMultiplyAdds => checked(Batch * (long)Groups * In * Out * Rows.TotalTaps * Columns.TotalTaps);

    /// <summary>The form of x and w; the sizes of g follow.</summary>
    public static Convolution Of(ConvolutionAttributes attributes, Shape x, Shape weight)
    {
        attributes.Check();
        if (weight[0] % attributes.Groups != 0 || x[1] % attributes.Groups != 0 || x[1] / attributes.Groups != weight[1])
        {
            throw new ShapeException(
                $"weight {weight} in {attributes.Groups} groups does not fit input {x}: it needs a multiple of {attributes.Groups} output channels and {x[1]}/{attributes.Groups} input channels");
        }

        return new Convolution(
            x[0], attributes.Groups, weight[1], weight[0] / attributes.Groups, Axis(0), Axis(1));

        AxisWindows Axis(int axis)
        {
            int output = AxisWindows.OutputSize(
                x[2 + axis], weight[2 + axis], attributes.Stride[axis], attributes.Padding[axis], attributes.Dilation[axis], false);
            return output > 0 && weight[2 + axis] > 0
                ? attributes.Windows(axis, x[2 + axis], output, weight[2 + axis])
                : throw new ShapeException($"weight {weight} does not fit in input {x} padded by {attributes.Padding}: make the input larger or pad more");
        }
    }

    /// <summary>Adds the bias to a row of sums, and gives it (or 0) to those that are empty.</summary>
    public static void Finish<T>(Span<T> row, ReadOnlySpan<int> taps, bool empty, T? bias)
        where T : struct, INumeric<T>
    {
        for (int c = 0; c < row.Length; c++)
        {
            if (empty || taps[c] == 0)
            {
                row[c] = bias ?? T.FromDouble(0);
            }
            else if (bias is { } offset)
            {
                row[c] += offset;
            }
        }
    }
}
