namespace Nonsmooth.Solutions.Tests.Proofs;

/// <summary>min ½x² − x + M·s over x ≤ ½ + s, s ≥ 0: at x = ½ for every large penalty M, so that dx/dq is 0 and dx/dh is 1.</summary>
public sealed class PenaltyTests
{
    [Theory]
    [InlineData(10, 1)]
    [InlineData(1e6, 1)]
    [InlineData(1e9, 1)]
    [InlineData(1e10, 1)]
    [InlineData(1e3, 1e-9)]
    [InlineData(1e3, 1e9)]
    public void WhatIsProvedHoldsTheRightGradientWhateverThePenaltyOrTheUnit(double penalty, double unit)
    {
        // The unknowns are x in the given unit, and s.
        Tensor<double>[] problem =
        [
            Of([2, 2], unit * unit, 0, 0, 0), Of([2], -unit, penalty), Of([2, 2], unit, -1, 0, -1), Of([2], 0.5, 0), Of([0, 2]), Of([0]),
        ];
        GradientBound bound;
        try
        {
            bound = new QuadraticProgram().Report(problem)[0].Bound([[unit, 0], [0, 0], []]);
        }
        catch (SolutionException e)
        {
            Console.WriteLine($"penalty {penalty}, unit {unit}: {e.Message}");
            return;
        }

        double error = Math.Sqrt(Math.Pow(bound.Gradient[1][0], 2) + Math.Pow(bound.Gradient[3][0] - 1, 2));
        Console.WriteLine(FormattableString.Invariant($"penalty {penalty}, unit {unit}: error {error:G3}, bound {bound.Bound:G3}, proved {bound.IsProved}, {bound.Reason}"));
        Assert.True(!bound.IsProved || error <= bound.Bound);
    }

    private static Tensor<double> Of(int[] shape, params double[] numbers) => Tensor.Of(new Shape(shape), numbers);
}
