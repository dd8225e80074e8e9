using Nonsmooth.Programs;
using F = Nonsmooth.Dictionary.Functions;

namespace Nonsmooth.Pretrained.Adapters;

/// <summary>A product of two thin matrices that is added to a weight or to what it makes.</summary>
public static class LowRankUpdate
{
    /// <summary>s·x·Aᵀ·Bᵀ.</summary>
    /// <param name="x">[…, inputs].</param>
    /// <param name="first">A [r, inputs].</param>
    /// <param name="second">B [outputs, r].</param>
    /// <param name="scale">s.</param>
    /// <remarks>The factor goes where there are the fewest numbers.</remarks>
    public static Variable Of(Variable x, Variable first, Variable second, double scale) => F.Linear(F.Scale(F.Linear(x, first), scale), second);

    /// <summary>Adds s·B·A to rows of a weight.</summary>
    /// <param name="weight">[…, inputs], row-major.</param>
    /// <param name="inputs">How many numbers a row has.</param>
    /// <param name="firstRow">Where the rows begin.</param>
    /// <param name="first">A [r, inputs].</param>
    /// <param name="second">B [rows, r].</param>
    /// <param name="scale">s.</param>
    public static void AddTo(Span<double> weight, int inputs, int firstRow, ReadOnlySpan<double> first, ReadOnlySpan<double> second, double scale)
    {
        int rank = first.Length / inputs;
        for (int row = 0; row < second.Length / rank; row++)
        {
            var target = weight.Slice((firstRow + row) * inputs, inputs);
            for (int k = 0; k < rank; k++)
            {
                double factor = scale * second[(row * rank) + k];
                var a = first.Slice(k * inputs, inputs);
                for (int column = 0; column < inputs; column++)
                {
                    target[column] += factor * a[column];
                }
            }
        }
    }
}
