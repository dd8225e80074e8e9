using System.Numerics;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

public static partial class Functions
{
    /// <summary>The determinant of small square matrices, the last two axes: minors of the first rows, by choice of columns.</summary>
    /// <param name="x">…×n×n, n at most 8.</param>
    /// <remarks>n·2ⁿ⁻¹ products and no division: its slopes are the cofactors, of singular matrices too.</remarks>
    /// <exception cref="ShapeException">The matrices are not square, or larger than 8.</exception>
    public static Variable Determinant(Variable x)
    {
        ArgumentNullException.ThrowIfNull(x);
        int n = x.Shape.Rank < 2 || x.Shape[^1] != x.Shape[^2] ? -1 : x.Shape[^1];
        if (n is < 0 or > 8)
        {
            throw new ShapeException($"a determinant is taken of square matrices up to 8×8, given {x.Shape}");
        }

        var lead = x.Shape[..^2];
        if (n == 0)
        {
            return x.Builder.Apply(new Fill(lead, 1));
        }

        // A minor is named by the set of its columns; its rows are the first ones.
        var minors = new Dictionary<int, Variable>();
        for (int column = 0; column < n; column++)
        {
            minors[1 << column] = Entry(0, column);
        }

        for (int row = 1; row < n; row++)
        {
            var next = new Dictionary<int, Variable>();
            foreach (int columns in Enumerable.Range(0, 1 << n).Where(c => BitOperations.PopCount((uint)c) == row + 1))
            {
                Variable? sum = null;
                for (int column = 0; column < n; column++)
                {
                    if ((columns >> column & 1) == 0)
                    {
                        continue;
                    }

                    var term = Entry(row, column) * minors[columns & ~(1 << column)];
                    bool odd = BitOperations.PopCount((uint)(columns >> column)) % 2 == 0;
                    sum = sum is null ? (odd ? -term : term) : odd ? sum - term : sum + term;
                }

                next[columns] = sum!;
            }

            minors = next;
        }

        return minors[(1 << n) - 1];

        Variable Entry(int row, int column) => x.Slice(-2, row, row + 1).Slice(-1, column, column + 1).Reshape(lead);
    }
}
