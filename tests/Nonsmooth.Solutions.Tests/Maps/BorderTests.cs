using Nonsmooth.Answers;
using Nonsmooth.Dictionary;
using Nonsmooth.Selections;

namespace Nonsmooth.Solutions.Tests.Maps;

/// <summary>Answers at kinks do not take the jvp of a solution for a directional derivative where its pieces meet.</summary>
public sealed class BorderTests
{
    private static readonly Program _largest = Program.Trace(z => (Solve.Sparsemax(z) * Solve.Sparsemax(z)).Sum(), new Shape(3));

    // The first two share all of the weight; the third is exactly at the threshold.
    private static readonly double[] _border = [1, 1, 0.5];
    private static readonly double[] _inside = [1, 0.9, 0.1];

    [Fact]
    public void ASubgradientIsCertifiedOffTheBorderOnly()
    {
        Assert.True(Clarke.At(_largest, [_inside]).IsCertified);
        Assert.False(Clarke.At(_largest, [_border]).IsCertified);
    }

    [Fact]
    public void ACheckDoesNotCallARightGradientWrong()
    {
        Assert.Equal(PointLabel.Gradient, GradientCheck.Of(_largest, [_inside]).Label);
        Assert.False(GradientCheck.Of(_largest, [_border]).IsWrong);
    }

    [Fact]
    public void OneGradientIsNotClaimedOnTheBorder()
    {
        Assert.Equal(Verdict.No, Ambiguity.At(_largest, [_inside]).Ambiguous);
        Assert.Equal(Verdict.Unknown, Ambiguity.At(_largest, [_border]).Ambiguous);
        var fixedBy = Program.Trace((z, y) => (Solve.Sparsemax(z) * y).Sum(), new Shape(3), new Shape(3));
        Assert.Equal(Verdict.No, Ambiguity.At(fixedBy, [_border, _inside], new AnswerOptions { WithRespectTo = ["y"] }).Ambiguous);
    }
}
