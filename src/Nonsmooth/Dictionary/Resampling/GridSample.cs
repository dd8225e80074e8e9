using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>A tensor read at the locations of a grid, between its elements: torch's grid_sample.</summary>
/// <param name="Reading">How it is read.</param>
/// <param name="Orders">The order of the derivative taken in each coordinate, that of the outermost axis first; all 0 for the reading itself.</param>
/// <remarks>
/// Arguments x [N, C, axes…] and a grid [N, locations…, n] of coordinates from −1 to 1, that of the innermost axis first; result
/// [N, C, locations…]. On the edge of a cell the derivative in the grid is that of the cell above, as libtorch has it, and 0 on and
/// beyond the ends where the padding holds a coordinate back. A coordinate that is not finite makes NaN.
/// </remarks>
public sealed record GridSample(GridReading Reading, IntVector Orders) : GridFunction(Reading, Orders), IBindable
{
    /// <inheritdoc/>
    public override string Name => "grid_sample";

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType> arguments)
    {
        var locations = Locations(arguments);
        var x = arguments[0].Shape;
        return x[2..].All(s => s > 0)
            ? [x[..2].Concat(locations)]
            : throw new ShapeException($"{x} has no element to read: give axes of at least 1");
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Evaluate<T>(IReadOnlyList<Tensor> arguments) => BoundEvaluation.Once<T>(this, arguments);

    /// <inheritdoc/>
    public Action Bind<T>(IReadOnlyList<Tensor> arguments, IReadOnlyList<Tensor> results)
        where T : struct, INumeric<T>
    {
        var (x, grid) = ((Tensor<T>)arguments[0], (Tensor<T>)arguments[1]);
        var taps = new GridTaps(Reading, Orders, Read(x.Shape));
        int channels = x.Shape[1];
        var y = (Tensor<T>)results[0];
        int locations = grid.Shape[1..^1].Elements;
        var (places, weights) = (new int[taps.Count], new T[taps.Count]);

        return () =>
        {
            for (int i = 0; i < x.Shape[0] * locations; i++)
            {
                var (image, location) = Math.DivRem(i, locations);
                taps.Find(grid.Elements.AsSpan(i * Orders.Count, Orders.Count), places, weights);
                for (int channel = image * channels; channel < (image + 1) * channels; channel++)
                {
                    var plane = x.Elements.AsSpan(channel * taps.Plane, taps.Plane);
                    var sum = Part(plane, places[0], weights[0]);
                    for (int tap = 1; tap < places.Length; tap++)
                    {
                        sum += Part(plane, places[tap], weights[tap]);
                    }

                    y[(channel * locations) + location] = sum;
                }
            }
        };
    }

    /// <summary>The weights of each location; a product an element that is read and their sum, those outside counted as well.</summary>
    public override OperationCount Count(IReadOnlyList<TensorType> arguments)
    {
        var (x, grid) = (arguments[0].Shape, arguments[1].Shape);
        var taps = new GridTaps(Reading, Orders, Read(x));
        long locations = grid[..^1].Count64;
        return (locations * taps.Operations()) + Products.Count(locations * x[1], taps.Count);
    }

    internal override Variable Along(Derivation at, int axis, Variable moved)
    {
        var slope = at.Builder.Apply(this with { Orders = Further(axis) }, at.Arguments[0], at.Arguments[1]);
        return Functions.Multiply(slope, moved);
    }

    internal override Variable Transposed(Derivation at, Variable cotangent) =>
        at.Builder.Apply(new GridScatter(Reading, Orders, Read(at.Arguments[0].Shape)), cotangent, at.Arguments[1]);

    internal override Variable Inner(Derivation at, int axis, Variable cotangent) =>
        Functions.Multiply(cotangent, at.Builder.Apply(this with { Orders = Further(axis) }, at.Arguments[0], at.Arguments[1]));

    private protected override IntVector Read(Shape first) => first[2..].ToArray();

    // What is outside is made, and counted, but does not count: no NaN comes from it.
    private static T Part<T>(ReadOnlySpan<T> plane, int place, T weight)
        where T : struct, INumeric<T>
    {
        var product = weight * plane[Math.Max(0, place)];
        return place < 0 ? Comparisons.Decided(weight, 0) : product;
    }
}

public static partial class Functions
{
    /// <summary>A tensor read at the locations of a grid, between its elements.</summary>
    /// <param name="x">[N, C, axes…].</param>
    /// <param name="grid">[N, locations…, n]: coordinates from −1 to 1, that of the innermost axis first.</param>
    /// <param name="mode">How it is read between elements.</param>
    /// <param name="padding">What it is outside.</param>
    /// <param name="alignCorners">Whether ±1 are the middles of the outermost elements; else their outer edges.</param>
    /// <returns>[N, C, locations…].</returns>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    public static Variable GridSample(
        Variable x, Variable grid, GridMode mode = GridMode.Linear, GridPadding padding = GridPadding.Zeros, bool alignCorners = false) =>
        x.Builder.Apply(new GridSample(new(mode, padding, alignCorners), new int[Math.Max(1, x.Shape.Rank - 2)]), x, grid);

    /// <summary>The grid of an affine map: torch's affine_grid.</summary>
    /// <param name="map">[N, n, n + 1]: a matrix and a shift each.</param>
    /// <param name="sizes">The sizes of the locations' n axes.</param>
    /// <param name="alignCorners">Whether ±1 are the middles of the outermost locations; else their outer edges.</param>
    /// <returns>[N, sizes…, n].</returns>
    /// <exception cref="ShapeException">The map is not of as many axes.</exception>
    public static Variable AffineGrid(Variable map, IntVector sizes, bool alignCorners = false)
    {
        int axes = sizes.Count;
        if (map.Shape.Rank != 3 || map.Shape[1] != axes || map.Shape[2] != axes + 1)
        {
            throw new ShapeException($"the affine map of a grid of {sizes} is [N, {axes}, {axes + 1}], given {map.Shape}");
        }

        var locations = new Shape(sizes.AsSpan());
        var points = new Tensor<double>(new Shape(1, locations.Elements, axes + 1));
        for (int i = 0; i < locations.Elements; i++)
        {
            int left = i;
            points[(i * (axes + 1)) + axes] = 1;
            for (int k = 0; k < axes; k++)
            {
                int size = sizes[axes - 1 - k];
                (left, int at) = Math.DivRem(left, size);
                points[(i * (axes + 1)) + k] = alignCorners ? (size > 1 ? (2.0 * at / (size - 1)) - 1 : 0) : (((2.0 * at) + 1) / size) - 1;
            }
        }

        var repeated = Broadcasting.To(map.Builder.Constant(points), new Shape(map.Shape[0], locations.Elements, axes + 1));
        return map.Builder.Apply(new MatMul(false, true), repeated, map).Reshape(new Shape([map.Shape[0], .. sizes, axes]));
    }
}
