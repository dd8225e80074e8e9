using Nonsmooth.Engines.Judging;
using Nonsmooth.Engines.Recordings;
using Nonsmooth.Engines.Spellings;
using Nonsmooth.Tensors;

namespace Nonsmooth.Engines.Tests.Judging;

/// <summary>Answers made up: each finding once, with its witness.</summary>
public class SpellingJudgeTests
{
    [Theory]
    [InlineData("relu", 1.0, 1.0, SlopeFinding.Derivative)]
    [InlineData("relu", 0.0, 0.3, SlopeFinding.Subgradient)]
    [InlineData("relu", 0.0, 2.0, SlopeFinding.Outside)]
    [InlineData("relu", -1.0, 1.0, SlopeFinding.Outside)]
    [InlineData("relu", 1.0, 0.0, SlopeFinding.Zero)]
    [InlineData("relu", 1.0, double.NaN, SlopeFinding.NotFinite)]
    [InlineData("identity.relu_minus_relu", 0.0, 0.0, SlopeFinding.Conservative)]
    [InlineData("identity.relu_minus_relu", 0.0, 3.0, SlopeFinding.Outside)]
    [InlineData("hardsigmoid.relu6", 2.9999999999999996, 0.0, SlopeFinding.Moved)]
    [InlineData("hardsigmoid.relu6", 2.9, 0.0, SlopeFinding.Zero)]
    [InlineData("floor", 1.0, 5.0, SlopeFinding.NotJudged)]
    [InlineData("round.straight_through", 0.5, 1.0, SlopeFinding.NotJudged)]
    [InlineData("relu", double.PositiveInfinity, 7.0, SlopeFinding.NotJudged)]
    [InlineData("sqrt", 0.0, 7.0, SlopeFinding.NotJudged)]
    [InlineData("tanh", 0.5, 0.7864477329659274, SlopeFinding.Derivative)]
    [InlineData("tanh", 0.5, 0.786447, SlopeFinding.Rounded)]
    [InlineData("abs.sqrt_xx", 0.0, double.NaN, SlopeFinding.NotFinite)]
    public void OneVariable(string spelling, double x, double slope, SlopeFinding expected)
    {
        var cell = Map(spelling, [x], [slope]);
        Assert.Equal(expected, cell.ReverseFinding);
        Assert.Equal(expected is SlopeFinding.NotJudged, cell.Reason is not null);
    }

    [Fact]
    public void ASubgradientIsACombinationOfPieces()
    {
        var witness = Map("relu", [0], [0.3]).Witness!;
        Assert.Equal(1, witness.Pieces.Sum(p => p.Share), 12);
        Assert.Equal(0.3, witness.Pieces.Sum(p => p.Share * p.Gradient[0]), 12);
        Assert.All(witness.Pieces, p => Assert.Equal(p.Direction[0] > 0 ? 1 : 0, p.Gradient[0]));
    }

    [Fact]
    public void WhatIsOutsideIsSeparated()
    {
        var witness = Map("maximum.xy", [1, 1], [1, 1]).Witness!;
        Assert.Equal(witness.Separation[0], witness.Separation[1], 9);
        Assert.True(witness.Margin > 0.1);
    }

    [Theory]
    [InlineData(SlopeFinding.Subgradient, 1.0, 0.0, 0.0, 0.0, 0.0)]
    [InlineData(SlopeFinding.Subgradient, 0.2, 0.2, 0.2, 0.2, 0.2)]
    [InlineData(SlopeFinding.Subgradient, 0.0, 0.0, 0.5, 0.0, 0.5)]
    [InlineData(SlopeFinding.Outside, 1.0, 1.0, 1.0, 1.0, 1.0)]
    [InlineData(SlopeFinding.Outside, 2.0, -1.0, 0.0, 0.0, 0.0)]
    [InlineData(SlopeFinding.Outside, 0.0, 0.0, 0.0, 0.0, 0.0)]
    public void AMaximumOfFiveThatTie(SlopeFinding expected, params double[] slopes) =>
        Assert.Equal(expected, Vector("max", [2, 2, 2, 2, 2], 2, slopes).ReverseFinding);

    // The cotangent is 1, 2, 4, 8, ½: a stable sort hands it on in order, another one permuted, a broken one not at all.
    [Theory]
    [InlineData(SlopeFinding.Subgradient, 1.0, 2.0, 4.0, 8.0, 0.5)]
    [InlineData(SlopeFinding.Subgradient, 0.5, 8.0, 4.0, 2.0, 1.0)]
    [InlineData(SlopeFinding.Outside, 8.0, 8.0, 0.5, 0.5, 0.5)]
    [InlineData(SlopeFinding.Outside, 0.0, 0.0, 0.0, 0.0, 0.0)]
    public void ASortOfFiveThatTie(SlopeFinding expected, params double[] slopes)
    {
        double[] ones = [1, 1, 1, 1, 1];
        Assert.Equal(expected, Cell("sort", new Shape(5), ones, new(new Shape(5), ones), slopes).ReverseFinding);
    }

    // 3·200² has no number in 16 bits: no infinity is held against an engine there.
    [Fact]
    public void ASlopeBeyondTheFormatIsNotJudged()
    {
        var spelling = SpellingCatalogue.Find("pow.three_tensor");
        JudgedCell At(double x, string format) => Assert.Single(new SpellingJudge(spelling).Of(
            "made up", new("pow.three_tensor", format, "") { Value = new(new Shape(1), [x * x * x]), Reverse = [[double.PositiveInfinity]] }, new("", [new(new Shape(1), [x])]), null));
        Assert.Equal(SlopeFinding.NotJudged, At(200, "f16").ReverseFinding);
        Assert.Equal(SlopeFinding.NotFinite, At(8, "f16").ReverseFinding);
        Assert.Equal(SlopeFinding.NotFinite, At(200, "f32").ReverseFinding);
    }

    // A corner that ten choices lead to: five relus of x and five of −x, each with slope 1.
    [Theory]
    [InlineData(SlopeFinding.Conservative, 2.0)]
    [InlineData(SlopeFinding.Conservative, 0.0)]
    [InlineData(SlopeFinding.Outside, 2.1)]
    [InlineData(SlopeFinding.Outside, -0.1)]
    public void ACornerOfTheFieldOfManyOperations(SlopeFinding expected, double slope) =>
        Assert.Equal(expected, Vector("sum.relus", new double[5], 0, [slope, slope, slope, slope, slope]).ReverseFinding);

    [Fact]
    public void TheBallAroundZeroIsTheNormsAtZero()
    {
        double[] zeros = new double[5];
        Assert.Equal(SlopeFinding.Subgradient, Vector("norm.2", zeros, 0, [1, 0, 0, 0, 0]).ReverseFinding);
        Assert.Equal(SlopeFinding.Subgradient, Vector("norm.2", zeros, 0, [0.3, 0.3, 0, -0.3, 0]).ReverseFinding);
        Assert.Equal(SlopeFinding.Outside, Vector("norm.2", zeros, 0, [1, 1, 0, 0, 0]).ReverseFinding);
    }

    [Fact]
    public void AValueOfAnotherFunctionIsNoWrongGradient()
    {
        var cell = Cell("median.even", new Shape(4), [0.5, -1.5, 2, 1], new(Shape.Scalar, [0.75]), [0.5, 0, 0, 0.5]);
        Assert.Equal(ValueFinding.AnotherFunction, cell.ValueFinding);
        Assert.Equal(SlopeFinding.NotJudged, cell.ReverseFinding);
    }

    [Fact]
    public void ReverseAndForwardThatDisagreeAreSplit()
    {
        var answer = new Answer("abs", "f64", "") { Value = new(new Shape(1), [2]), Reverse = [[1.0]], Forward = [[-1.0]] };
        var cell = Judge("abs", answer, new("", [new(new Shape(1), [2.0])]));
        Assert.True(cell.IsSplit);
        Assert.Equal(SlopeFinding.Derivative, cell.ReverseFinding);
        Assert.Equal(SlopeFinding.Outside, cell.ForwardFinding);
    }

    private static JudgedCell Map(string spelling, double[] x, double[] slopes)
    {
        var found = SpellingCatalogue.Find(spelling);
        double value = new Surroundings(found.Express(new Nonsmooth.Engines.Dialects.MathematicalDialect(), [.. x.Select(_ => new Shape(1))]).Program
            ?? found.Express(Nonsmooth.Engines.Dialects.Dialect.Standard, [new Shape(1)]).Program ?? SpellingCatalogue.Find("relu").Express(Nonsmooth.Engines.Dialects.Dialect.Standard, [new Shape(1)]).Program!, [.. x.Select(v => new[] { v })]).Value[0];
        var answer = new Answer(spelling, "f64", "") { Value = new(new Shape(1), [value]), Reverse = [.. slopes.Select(s => (IReadOnlyList<double>)[s])] };
        return Judge(spelling, answer, new("", [.. x.Select(v => new RecordedArray(new Shape(1), [v]))]));
    }

    private static JudgedCell Vector(string spelling, double[] x, double value, double[] slopes) =>
        Cell(spelling, new Shape(x.Length), x, new(Shape.Scalar, [value]), slopes);

    private static JudgedCell Cell(string spelling, Shape shape, double[] x, RecordedArray value, double[] slopes) => Judge(
        spelling, new Answer(spelling, "f64", "here") { Value = value, Reverse = [slopes] }, new("here", [new(shape, x)]));

    private static JudgedCell Judge(string spelling, Answer answer, RecordedPoint point) =>
        Assert.Single(new SpellingJudge(SpellingCatalogue.Find(spelling)).Of("somebody-1.0", answer, point, null));
}
