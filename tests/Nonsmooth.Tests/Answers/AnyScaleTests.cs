using Nonsmooth.Answers;

namespace Nonsmooth.Tests.Answers;

/// <summary>Answers that once depended on the size of a term, of a coordinate or of a rounding error.</summary>
public sealed class AnyScaleTests
{
    private static readonly double[] _zeros = new double[2];

    [Theory]
    [InlineData(1e12)]
    [InlineData(1)]
    [InlineData(1e-8)]
    [InlineData(1e-10)]
    [InlineData(1e-12)]
    [InlineData(1e-200)]
    public void ASmallTermIsATermLikeAnother(double s)
    {
        var concave = Program.Trace(x => Scale(Relu(At(x, 0)), -s) + Abs(At(x, 1)), new Shape(2));
        var stationarity = Stationarity.At(concave, [_zeros]);
        Assert.Equal((Verdict.Yes, Verdict.Yes), (stationarity.ZeroIsClarke, stationarity.HasDescent));
        Assert.True(stationarity.DescentSlope < 0);

        var beside = Program.Trace(x => Scale(Relu(At(x, 0)), s) + At(x, 1), new Shape(2));
        var differentiability = Differentiability.At(beside, [_zeros]);
        Assert.Equal((Verdict.No, KinkGrounds.TwoPieces), (differentiability.Verdict, differentiability.Grounds));
        Assert.Equal(Verdict.Yes, Ambiguity.At(beside, [_zeros]).Ambiguous);
        Assert.Equal(Verdict.Yes, TwoClarkeElements.At(beside, [_zeros]).Verdict);
    }

    [Trait("Speed", "Slow")]
    [Fact]
    public void NoAscentIsTakenForDescentAtTheMinimumOfBadlyConditionedRows()
    {
        const int n = 6;
        var program = Program.Trace(
            x => Enumerable.Range(0, n)
                .Select(i => Abs(Enumerable.Range(0, n).Select(j => Scale(At(x, j), 1.0 / (i + j + 1))).Aggregate((a, b) => a + b)))
                .Aggregate(Maximum),
            new Shape(n));
        var answer = Stationarity.At(program, [new double[n]]);
        Assert.Equal((Verdict.Yes, Verdict.No), (answer.ZeroIsClarke, answer.HasDescent));
    }

    // Case A7 and others of its kind: a slope that is infinite, or a length that is not piecewise linear, decides nothing.
    [Theory]
    [InlineData("root of a sum of squares", 1)]
    [InlineData("root of a sum of squares", 2)]
    [InlineData("root of a sum of squares", 5)]
    [InlineData("root of absolute values", 3)]
    [InlineData("2-norm", 3)]
    [InlineData("root beside a kink", 2)]
    [InlineData("logarithm at 0", 2)]
    public void WhatIsNotPiecewiseLinearIsNotDecided(string which, int n)
    {
        var program = Program.Trace(
            x => which switch
            {
                "root of a sum of squares" => Sqrt(Square(x).Sum()),
                "root of absolute values" => Sqrt(Abs(x).Sum()),
                "2-norm" => x.Norm(2) + x.Sum(),
                "root beside a kink" => Sqrt(Square(At(x, 0))) + Abs(At(x, 1)),
                _ => Log(Square(x).Sum()),
            },
            new Shape(n));
        var answer = Stationarity.At(program, [new double[n]]);
        Assert.Equal((Verdict.Unknown, Verdict.Unknown), (answer.ZeroIsClarke, answer.HasDescent));
        Assert.NotNull(answer.Doubt);
        Assert.NotEqual(Verdict.No, Stationarity.Within(program, [new double[n]]).Verdict);
    }

    [Fact]
    public void ADerivativeThatIsNotFiniteDecidesNothing()
    {
        var answer = Stationarity.At(Program.Trace(x => Sqrt(Square(x).Sum()), new Shape(3)), [new double[3]]);
        Assert.Equal((Verdict.Unknown, Verdict.Unknown), (answer.ZeroIsClarke, answer.HasDescent));
        Assert.NotNull(answer.Doubt);
    }

    [Fact]
    public void AKinkWithinRoundingIsNeitherMetNorMissed()
    {
        // Ten times 0.1 less 1 is −1.1e-16 in doubles, and 5.6e-17 of the doubles over the reals.
        var ten = Program.Trace(x => Abs(Enumerable.Repeat(x, 10).Aggregate((a, b) => a + b) - 1).Sum(), new Shape(1));
        var answer = Differentiability.At(ten, [new[] { 0.1 }]);
        Assert.Equal(Verdict.Unknown, answer.Verdict);
        Assert.Contains("rounding", answer.Doubt, StringComparison.Ordinal);
        Assert.False(Nonsmooth.Answers.Clarke.At(ten, [new[] { 0.1 }]).IsCertified);
        Assert.Equal(Verdict.Yes, Differentiability.At(ten, [new[] { 0.1001 }]).Verdict);

        // 0.1 + 0.2 − 0.3 is 5.6e-17 in doubles and 2.8e-17 over the reals: not 0 by the error of its sum, which an interval does not show.
        var three = Program.Trace(x => Abs(x + 0.2 - 0.3).Sum(), new Shape(1));
        answer = Differentiability.At(three, [new[] { 0.1 }]);
        Assert.Equal((Verdict.Yes, null), (answer.Verdict, answer.Clearance!.Radius));
        Assert.NotNull(answer.Clearance.Unshown);
    }

    [Fact]
    public void NearAKinkTheClearanceIsSmallAndProved()
    {
        var program = Program.Trace(x => (Relu(x) + (Exp(x) * x)).Sum(), new Shape(1));
        foreach (double x in new[] { 1, 1e-3, 1e-9, 1e-15, -1e-30 })
        {
            var answer = Differentiability.At(program, [new[] { x }]);
            Assert.Equal((Verdict.Yes, KinkGrounds.NoKink), (answer.Verdict, answer.Grounds));
            Assert.InRange(answer.Clearance!.Radius!.Value, Math.Abs(x) / 32, Math.Abs(x));
            Assert.Equal(Math.Abs(x), answer.Clearance.Nearest[0].Gap);
        }
    }

    [Fact]
    public void GradientsThatRoundingAloneTellsApartAreNotTwo()
    {
        // sin² + cos² is 1 and its derivative 0; in doubles the two products need not cancel.
        var program = Program.Trace(x => (Relu(x) * (Square(Sin(x + 1)) + Square(Cos(x + 1)) - 1)).Sum(), new Shape(1));
        Assert.NotEqual(Verdict.No, Differentiability.At(program, [new double[1]]).Verdict);
        Assert.NotEqual(Verdict.Yes, TwoClarkeElements.At(program, [new double[1]]).Verdict);
    }

    private static Variable At(Variable x, int i) => x.Slice(0, i, i + 1).Reshape(Shape.Scalar);
}
