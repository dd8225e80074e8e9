using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

public static partial class Functions
{
    /// <summary>The lower triangles of matrices, 0 above: infinities and NaN there do not matter.</summary>
    /// <param name="x">The matrices, over the last two axes; real.</param>
    /// <param name="diagonal">The uppermost diagonal that stays: 0 the main one, 1 the next above.</param>
    /// <exception cref="ShapeException">There are fewer than two axes.</exception>
    public static Variable Tril(Variable x, int diagonal = 0) => Triangle(x, (row, column) => column - row <= diagonal);

    /// <summary>The upper triangles of matrices, 0 below: infinities and NaN there do not matter.</summary>
    /// <param name="x">The matrices, over the last two axes; real.</param>
    /// <param name="diagonal">The lowest diagonal that stays: 0 the main one, 1 the next above.</param>
    /// <exception cref="ShapeException">There are fewer than two axes.</exception>
    public static Variable Triu(Variable x, int diagonal = 0) => Triangle(x, (row, column) => column - row >= diagonal);

    private static Variable Triangle(Variable x, Func<long, long, bool> stays)
    {
        if (x.Shape.Rank < 2)
        {
            throw new ShapeException($"{x.Shape} holds no matrices: give at least two axes");
        }

        int columns = x.Shape[^1];
        var mask = Tensor.Generate(x.Shape[^2..], i => stays(i / columns, i % columns));
        return Where(x.Builder.Constant(mask), x, 0);
    }
}
