using Nonsmooth.Answers;

namespace Nonsmooth.Tests.Answers;

public sealed class StationarityTests
{
    [Theory]
    [InlineData("abs", Verdict.Yes, Verdict.No)]
    [InlineData("minus abs", Verdict.Yes, Verdict.Yes)]
    [InlineData("saddle", Verdict.Yes, Verdict.Yes)]
    [InlineData("tilted", Verdict.No, Verdict.Yes)]
    [InlineData("identity", Verdict.No, Verdict.Yes)]
    [InlineData("max", Verdict.Yes, Verdict.No)]
    public void BothQuestionsAreAnswered(string which, Verdict clarke, Verdict descent)
    {
        var program = Program.Trace(
            x => which switch
            {
                "abs" => Abs(x).Sum(),
                "minus abs" => Negate(Abs(x).Sum()),
                "saddle" => (Abs(x) * Weights(x)).Sum(),
                "tilted" => (Abs(x) + (2 * x)).Sum(),
                "identity" => (Relu(x) - Relu(Negate(x))).Sum(),
                _ => Concatenate(0, x, Negate(x)).Max(),
            },
            new Shape(2));
        var answer = Stationarity.At(program, [new double[2]]);
        Assert.Equal((clarke, descent), (answer.ZeroIsClarke, answer.HasDescent));
        if (answer.Descent is { } d)
        {
            Assert.True(DirectionalDerivatives.At(program, [new double[2]], [d]).Scalars[0] < 0);
        }
    }

    [Fact]
    public void BeyondTheBudgetOnlyWhatWasShownIsClaimed()
    {
        // |x| less half of |x₁|, written so that it is not seen to be convex: 0 is Clarke's, and whether something descends takes all pieces.
        var program = Program.Trace(x => Abs(x).Sum() - Scale(Abs(x.Slice(0, 0, 1)).Sum(), 0.5), new Shape(21));
        var answer = Stationarity.At(program, [new double[21]]);
        Assert.Equal((Verdict.Yes, Verdict.Unknown, false), (answer.ZeroIsClarke, answer.HasDescent, answer.IsRegular));
        Assert.Contains("22 units tie", answer.Doubt, StringComparison.Ordinal);
        var few = Stationarity.At(Program.Trace(x => Abs(x).Sum() - Scale(Abs(x.Slice(0, 0, 1)).Sum(), 0.5), new Shape(5)), [new double[5]]);
        Assert.Equal((Verdict.Yes, Verdict.No, false), (few.ZeroIsClarke, few.HasDescent, few.IsRegular));
    }

    // What is regular by how it is put together, and what must not be taken for it.
    [Theory]
    [InlineData("sum", true)]
    [InlineData("maximum", true)]
    [InlineData("minimum", false)]
    [InlineData("negative", false)]
    [InlineData("difference", false)]
    [InlineData("rising of convex", true)]
    [InlineData("falling of convex", false)]
    [InlineData("falling of concave", true)]
    [InlineData("relu of concave", false)]
    [InlineData("negative side of relu", true)]
    [InlineData("product", true)]
    [InlineData("product with a negative factor", false)]
    public void RegularFunctionsAreSeen(string which, bool regular)
    {
        var program = Program.Trace(
            x => which switch
            {
                "sum" => (Abs(x) + (3 * Relu(x)) - (2 * x)).Sum(),
                "maximum" => Maximum(Abs(x).Sum(), Square(x).Sum() + x.Sum()),
                "minimum" => Minimum(x, 2 * x).Sum(),
                "negative" => Negate(Abs(x).Sum()),
                "difference" => (Abs(x) - Relu(x)).Sum(),
                "rising of convex" => Exp(Abs(x).Sum()),
                "falling of convex" => Exp(Negate(Abs(x).Sum())),
                "falling of concave" => Exp(Negate(Minimum(x, Sin(2 * x)).Sum())),
                "relu of concave" => Relu(Minimum(x, 2 * x).Sum()),
                "negative side of relu" => Relu(Minimum(x, 2 * x).Sum() - 1) + Abs(x).Sum(),
                "product" => (Abs(x) * (1 + Square(x))).Sum(),
                _ => (Abs(x) * (Square(x) - 1)).Sum(),
            },
            new Shape(2));
        double[] zero = new double[2];
        var answer = Stationarity.At(program, [zero]);
        Assert.Equal(regular, answer.IsRegular);
        Assert.NotEqual(Verdict.Unknown, answer.HasDescent);

        // Where it is regular the derivative is convex: along ±d it sums to 0 or more, and it is sublinear.
        var random = new Random(3);
        for (int trial = 0; regular && trial < 20; trial++)
        {
            double[] d = [random.NextDouble() - 0.5, random.NextDouble() - 0.5], e = [random.NextDouble() - 0.5, random.NextDouble() - 0.5];
            double[] slopes = DirectionalDerivatives.At(program, [zero], [[d], [e], [[d[0] + e[0], d[1] + e[1]]]]).Scalars;
            Assert.True(slopes[2] <= slopes[0] + slopes[1] + 1e-15);
            Assert.True(answer.HasDescent == Verdict.Yes || slopes.Min() >= 0);
        }
    }

    // Cases A6, A14: the maximum of absolute values of nearly dependent rows, and 2ⁿ pieces at a minimum, are decided without visiting the pieces.
    [Fact]
    public void MinimaOfRegularFunctionsAreSeenWithoutVisitingAllPieces()
    {
        foreach (int n in new[] { 6, 7, 8, 10, 15, 40 })
        {
            foreach (var problem in TestProblem.All(n, 2, 2).Where(p => p.Name is "MXHILB" or "Chebyshev-Rosenbrock 1" or "Chebyshev-Rosenbrock 2"))
            {
                var answer = Stationarity.At(problem.Program, [problem.Minimiser]);
                Assert.True((answer.ZeroIsClarke, answer.HasDescent, answer.Doubt) == (Verdict.Yes, Verdict.No, null), $"{problem}: {answer}");
                Assert.True(answer.Pieces <= 4 * n);
            }
        }
    }

    // Case A15: an optimizer's output is stationary within a distance, and a point that is not is told from it.
    [Fact]
    public void AMinimiserRoundedToEightDigitsIsStationaryWithinADistance()
    {
        var problem = TestProblem.All(2, 2, 2).First();
        double[] rounded = [1.1390377, 0.89955994];
        Assert.Equal(Verdict.Yes, Stationarity.At(problem.Program, [rounded]).HasDescent);
        var answer = Stationarity.Within(problem.Program, [rounded]);
        Assert.Equal((Verdict.Yes, null), (answer.Verdict, answer.Doubt));
        var (length, radius) = answer.Recheck(problem.Program, [rounded]);
        Assert.InRange(length, 0, 1e-5);
        Assert.InRange(radius, 0, 1e-6);
        double[] beside = [1.14, 0.9];
        var no = Stationarity.Within(problem.Program, [beside]);
        Assert.Equal(Verdict.No, no.Verdict);
        Assert.True(no.Least > 0.1);

        // Of another point the certificate shows nothing.
        Assert.True(answer.Recheck(problem.Program, [beside]).Radius > 1e-4);
        var forged = answer with { Combination = [answer.Combination[0]] };
        Assert.True(forged.Recheck(problem.Program, [rounded]).Length > 0.1);
    }

    private static Variable Weights(Variable x) => Concatenate(0, x.Builder.Apply(new Fill(new Shape(1), 1)), x.Builder.Apply(new Fill(new Shape(1), -1)));
}
