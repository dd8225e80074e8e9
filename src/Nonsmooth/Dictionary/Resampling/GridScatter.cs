using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>Numbers of a grid's locations added to the elements that these read: the transpose of <see cref="GridSample"/>.</summary>
/// <param name="Reading">How it reads.</param>
/// <param name="Orders">The order of the derivative taken in each coordinate.</param>
/// <param name="Sizes">The sizes of the axes that are read.</param>
/// <remarks>Arguments g [N, C, locations…] and the grid [N, locations…, n]; result [N, C, sizes…]. Added in row-major order of locations, starting from 0.</remarks>
public sealed record GridScatter(GridReading Reading, IntVector Orders, IntVector Sizes) : GridFunction(Reading, Orders), IBindable
{
    /// <inheritdoc/>
    public override string Name => "grid_scatter";

    /// <inheritdoc/>
    public override string Attributes => $"{base.Attributes}, to {Sizes}";

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType> arguments)
    {
        var locations = Locations(arguments);
        var g = arguments[0].Shape;
        return g[2..].Equals(locations) && Sizes.Count == Orders.Count && Sizes.All(s => s > 0)
            ? [g[..2].Concat(new Shape(Sizes.AsSpan()))]
            : throw new ShapeException($"grid_scatter to {Sizes} takes a number for each location, given {g} and the grid {arguments[1].Shape}");
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Evaluate<T>(IReadOnlyList<Tensor> arguments) => BoundEvaluation.Once<T>(this, arguments);

    /// <inheritdoc/>
    public Action Bind<T>(IReadOnlyList<Tensor> arguments, IReadOnlyList<Tensor> results)
        where T : struct, INumeric<T>
    {
        var (g, grid) = ((Tensor<T>)arguments[0], (Tensor<T>)arguments[1]);
        var taps = new GridTaps(Reading, Orders, Sizes);
        int channels = g.Shape[1];
        int locations = grid.Shape[1..^1].Elements;
        var x = (Tensor<T>)results[0];
        var (places, weights) = (new int[taps.Count], new T[taps.Count]);

        return () =>
        {
            // Which sums stay 0 depends on the grid, so the zeros are not constants; what falls outside is added up aside.
            var zero = grid.Elements.Length == 0 ? T.FromDouble(0) : Comparisons.Decided(grid[0], 0);
            x.Elements.AsSpan().Fill(zero);
            var outside = zero;
            for (int i = 0; i < g.Shape[0] * locations; i++)
            {
                var (image, location) = Math.DivRem(i, locations);
                taps.Find(grid.Elements.AsSpan(i * Orders.Count, Orders.Count), places, weights);
                for (int channel = image * channels; channel < (image + 1) * channels; channel++)
                {
                    var plane = x.Elements.AsSpan(channel * taps.Plane, taps.Plane);
                    for (int tap = 0; tap < places.Length; tap++)
                    {
                        ref var sum = ref places[tap] < 0 ? ref outside : ref plane[places[tap]];
                        sum += weights[tap] * g[(channel * locations) + location];
                    }
                }
            }
        };
    }

    /// <summary>The weights of each location; a product and an addition an element that is read, those outside counted as well.</summary>
    public override OperationCount Count(IReadOnlyList<TensorType> arguments)
    {
        var taps = new GridTaps(Reading, Orders, Sizes);
        long locations = arguments[1].Shape[..^1].Count64;
        long products = checked(locations * arguments[0].Shape[1] * taps.Count);
        return (locations * taps.Operations()) + OperationCount.Of(ScalarOperation.Multiply, products) + OperationCount.Of(ScalarOperation.Add, products);
    }

    internal override Variable Along(Derivation at, int axis, Variable moved) =>
        at.Builder.Apply(this with { Orders = Further(axis) }, Functions.Multiply(at.Arguments[0], moved), at.Arguments[1]);

    internal override Variable Transposed(Derivation at, Variable cotangent) =>
        at.Builder.Apply(new GridSample(Reading, Orders), cotangent, at.Arguments[1]);

    internal override Variable Inner(Derivation at, int axis, Variable cotangent) =>
        Functions.Multiply(at.Arguments[0], at.Builder.Apply(new GridSample(Reading, Further(axis)), cotangent, at.Arguments[1]));

    private protected override IntVector Read(Shape first) => Sizes;
}
