using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>A sparse matrix of constants applied along one axis: interpolation, blurring, folding, sums over windows.</summary>
/// <param name="Axis">The axis, not negative.</param>
/// <param name="Map">The matrix.</param>
/// <remarks>
/// Argument x, real; the axis gets as many elements as the matrix has rows. Entries of a row are added in their order, a row
/// without entries is 0. Elements without a weight are not read: their infinities and NaN go nowhere. The adjoint is the same
/// function of the transposed matrix.
/// </remarks>
public sealed record Resample(int Axis, AxisMap Map) : LinearFunction
{
    /// <inheritdoc/>
    public override string Name => "resample";

    /// <inheritdoc/>
    public override string Attributes => $"axis={Axis}, {Map}";

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType> arguments)
    {
        var x = Check.Reals(arguments, 1)[0].Shape;
        return Lines.Along(x, Axis).Length == Map.Size
            ? [x.With(Axis, Map.Rows)]
            : throw new ShapeException($"axis {Axis} of {x} has {x[Axis]} elements: the map takes {Map.Size}");
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Evaluate<T>(IReadOnlyList<Tensor> arguments)
    {
        var x = (Tensor<T>)arguments[0];
        int inner = x.Shape[(Axis + 1)..].Elements;
        int outer = x.Shape[..Axis].Elements;
        var y = new Tensor<T>(x.Shape.With(Axis, Map.Rows));
        y.Elements.AsSpan().Fill(T.Varying(0));
        for (int row = 0; row < Map.Rows; row++)
        {
            var columns = Map.Columns(row);
            var weights = Map.Weights(row);
            for (int k = 0; k < columns.Length; k++)
            {
                var weight = T.FromDouble(weights[k]);
                for (int o = 0; o < outer; o++)
                {
                    var from = x.Elements.AsSpan(((o * Map.Size) + columns[k]) * inner, inner);
                    var to = y.Elements.AsSpan(((o * Map.Rows) + row) * inner, inner);
                    for (int i = 0; i < inner; i++)
                    {
                        var part = weights[k] == 1 ? from[i] : from[i] * weight;
                        to[i] = k == 0 ? part : to[i] + part;
                    }
                }
            }
        }

        return [y];
    }

    /// <summary>A product by a constant for each weight other than 1; one addition less than a row has entries.</summary>
    public override OperationCount Count(IReadOnlyList<TensorType> arguments) => Lines.Along(arguments[0].Shape, Axis).Count
        * (OperationCount.Of(ScalarOperation.Add, Map.Entries - Map.Occupied) + OperationCount.Of(ScalarOperation.MultiplyConstant, Map.Scaled));

    /// <inheritdoc/>
    protected override Variable Adjoint(Derivation at, Variable cotangent) => cotangent.Along(Axis, Map.Transposed);
}

public static partial class VariableExtensions
{
    /// <summary>A sparse matrix of constants applied along an axis.</summary>
    /// <param name="x">The tensor; of any kind where the matrix only selects, else real.</param>
    /// <param name="axis">The axis; −1 is the innermost.</param>
    /// <param name="map">The matrix.</param>
    /// <exception cref="ShapeException">There is no such axis, or it has another size than the matrix takes.</exception>
    public static Variable Along(this Variable x, int axis, AxisMap map)
    {
        axis = x.Shape.Axis(axis);
        return map.IsSelection && map.Size == x.Shape[axis]
            ? x.Take(axis, map.AllColumns.AsSpan())
            : x.Builder.Apply(new Resample(axis, map), x);
    }
}
