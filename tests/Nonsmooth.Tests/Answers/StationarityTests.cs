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
    public void BeyondTheBudgetNothingIsClaimed()
    {
        var answer = Stationarity.At(Program.Trace(x => Abs(x).Sum(), new Shape(21)), [new double[21]]);
        Assert.Equal((Verdict.Unknown, Verdict.Unknown), (answer.ZeroIsClarke, answer.HasDescent));
        Assert.Contains("21 units tie", answer.Doubt, StringComparison.Ordinal);
    }

    private static Variable Weights(Variable x) => Concatenate(0, x.Builder.Apply(new Fill(new Shape(1), 1)), x.Builder.Apply(new Fill(new Shape(1), -1)));
}
