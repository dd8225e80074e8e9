using Nonsmooth.Tensors;
using static Nonsmooth.Dictionary.ExampleArgument;

namespace Nonsmooth.Dictionary;

public static partial class StandardDictionary
{
    private static IEnumerable<DictionaryRow> Moves() =>
    [
        new(new Take(1, [2, 0, 0, 1]), [Reals(_plane)]),
        new(new Take(0, [1, 0]), [Indices(_plane, 5)]),
        new(new Resample(1, AxisMap.Of(3, [[(0, 0.75), (1, 0.25)], [(2, 1.0)], [], [(1, 1.0), (2, 1.0), (0, -0.3)]])), [Reals(_plane)]),
        new(new Scatter(1), [Reals(_plane), Indices(new Shape(2, 4), 3), Reals(new Shape(2, 4))]),
        new(new Scatter(0), [Reals(new Shape(5, 3)), Indices(_plane, 5), Reals(_plane)]),
        new(new Embedding(), [Indices(new Shape(5, 3), 9), Indices(new Shape(2, 2), 5)]),

        // Whole coordinates are off the edges of cells, where a weight vanishes as a slope kinks: no gradient nearby has both.
        new(new GridSample(new(GridMode.Linear, GridPadding.Zeros, false), [0, 0]), [Reals(new Shape(2, 2, 2, 4)), Reals(new Shape(2, 1, 2, 2), -1.2, 1.2)]),
        new(new GridSample(new(GridMode.Linear, GridPadding.Reflection, true), [0, 0]), [Reals(new Shape(1, 2, 3, 4)), Reals(new Shape(1, 2, 2, 2), 0.05, 1.9)]),
        new(new GridSample(new(GridMode.Cubic, GridPadding.Border, false), [0, 0]), [Reals(new Shape(1, 2, 2, 4)), Reals(new Shape(1, 2, 2, 2), -1.2, 1.2)]),
        new(new GridSample(new(GridMode.Nearest, GridPadding.Zeros, false), [0, 0]), [Reals(new Shape(1, 2, 3, 4)), Reals(new Shape(1, 2, 2, 2), 0.05, 1.2)]),
        new(new GridSample(new(GridMode.Linear, GridPadding.Border, true), [0, 0, 0]), [Reals(new Shape(1, 1, 2, 3, 3)), Reals(new Shape(1, 1, 2, 2, 3), 0.1, 0.9)]),
        new(new GridScatter(new(GridMode.Linear, GridPadding.Zeros, true), [0, 0], [3, 4]), [Reals(new Shape(2, 1, 1, 2)), Reals(new Shape(2, 1, 2, 2), 0.4, 0.95)]),
    ];
}
