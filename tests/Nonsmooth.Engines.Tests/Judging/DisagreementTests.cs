using Nonsmooth.Engines.Judging;

namespace Nonsmooth.Engines.Tests.Judging;

public class DisagreementTests
{
    [Fact]
    public void FormatsDisagreeBeyondRounding()
    {
        var one = Assert.Single(Disagreement.OfFormats([Cell("relu", "f64", 0), Cell("relu", "f32", 0.0001), Cell("relu", "f16", 1), Cell("relu.where_gt", "f64", 0), Cell("relu.where_gt", "f16", 0.01)]));
        Assert.Equal(["f64", "f32"], one.Sides[0].Select(c => c.Format));
        Assert.Equal(["f16"], one.Sides[1].Select(c => c.Format));
        Assert.Equal(1, one.Points);
    }

    [Fact]
    public void SpellingsDisagreeInOneFormat()
    {
        var one = Assert.Single(Disagreement.OfSpellings([Cell("relu", "f64", 0), Cell("relu.where_gt", "f64", 0), Cell("relu.where_ge", "f64", 1), Cell("relu.half_abs", "f32", 0.5)]));
        Assert.Equal([["relu", "relu.where_gt"], ["relu.where_ge"]], one.Sides.Select(s => s.Select(c => c.Spelling)));
    }

    /// <summary>Another engine, another point, a value that is wrong, a slope of a rounded point: nothing of it is a disagreement.</summary>
    [Fact]
    public void OnlyOneEngineAtOnePoint() => Assert.Empty(Disagreement.OfSpellings(
    [
        Cell("relu", "f64", 0),
        Cell("a", "f64", 1) with { Recording = "another" },
        Cell("b", "f64", 1) with { Inputs = [-0.0] },
        Cell("c", "f64", 1) with { ValueFinding = ValueFinding.AnotherFunction },
        Cell("d", "f64", 1) with { ReverseFinding = SlopeFinding.Moved },
        Cell("e", "f64", 1) with { Reason = "a jump" },
    ]));

    private static JudgedCell Cell(string spelling, string format, double slope) => new("engine", spelling, "relu", format, "0", [0])
    {
        Value = [0],
        ValueFinding = ValueFinding.Right,
        Reverse = [slope],
        ReverseFinding = SlopeFinding.Subgradient,
        Cotangent = [1],
    };
}
