namespace Nonsmooth.Solutions.Tests.Sequences;

/// <summary>Both maps commute with adding a constant, and so do their pieces.</summary>
public sealed class ScaleTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1e9)]
    public void AFallIsPooledWhereverItIs(double at)
    {
        var report = new Isotonic().Report([Vector(at + 0.5, at), Vector(1, 1)])[0];
        Assert.Equal([0.5, 0.5], report.Derivative.Tangent([[1, 0], [0, 0]])[0]);
        Assert.True(report.IsRegular);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1e9)]
    public void AStepAboveThePenaltyStaysOneWhereverItIs(double at)
    {
        var report = new TotalVariation().Report([Vector(at, at + 0.5), Tensor.Of(Shape.Scalar, [0.1])])[0];
        Assert.Equal([1, 0], report.Derivative.Tangent([[1, 0], [0]])[0]);
        Assert.True(report.IsRegular);
    }

    [Fact]
    public void EqualNumbersThatRoundAreStillEqual()
    {
        double[] y = [.. Enumerable.Repeat(1e9 / 3, 50)];
        Assert.All(new Isotonic().Report([Vector(y), Vector([.. y.Select((_, i) => 1 + (i / 7.0))])])[0].Solution.State, s => Assert.Equal(2, s));
    }

    private static Tensor<double> Vector(params double[] numbers) => Tensor.Of(new Shape(numbers.Length), numbers);
}
