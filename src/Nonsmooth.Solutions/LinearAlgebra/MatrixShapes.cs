using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Solutions;

/// <summary>Checks of matrices' shapes, and right sides that are vectors.</summary>
internal static class MatrixShapes
{
    /// <summary>Results without pieces.</summary>
    public static SolutionShapes Of(params IReadOnlyList<Shape> values) => new(values, new Shape(0));

    /// <summary>The size of a square matrix of at least one row.</summary>
    public static int Square(Shape shape, string name) => shape[0] == shape[1] && shape[0] > 0
        ? shape[0]
        : throw new ShapeException($"{name} is {shape}: give a square matrix of at least one row");

    /// <summary>A matrix of at least one row and column.</summary>
    public static (int Rows, int Columns) Any(Shape shape, string name) => shape.Elements > 0
        ? (shape[0], shape[1])
        : throw new ShapeException($"{name} is {shape}: give a matrix of at least one row and one column");

    /// <summary>The columns of a right side that has as many rows as the matrix.</summary>
    public static int Right(Shape matrix, Shape right, string name) => right[0] == matrix[0]
        ? right[1]
        : throw new ShapeException($"{name} is {right}: give it {matrix[0]} rows, as the matrix, {matrix}, has");

    /// <summary>Applies a function to a matrix and a right side: a vector where it has one axis, or all axes of the matrix but the last; else a matrix.</summary>
    public static Variable Apply(MatrixMap map, Variable a, Variable b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        bool vector = b.Shape.Rank == 1 || (a.Shape.Rank > 2 && b.Shape.Equals(a.Shape[..^1]));
        var x = a.Builder.ApplyAll(map, a, vector ? b.Reshape(b.Shape.Concat(new Shape(1))) : b)[0];
        return vector ? x.Reshape(x.Shape[..^1]) : x;
    }
}
