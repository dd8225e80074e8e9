namespace Nonsmooth.Solutions.Tests.Projections;

/// <summary>Numbers that do not matter to a projection, as those that stand for "none", do not blur its pieces.</summary>
public sealed class ScaleTests
{
    public static TheoryData<SolutionMap, double> Simplices => new() { { new Simplex(), 1 }, { new Entmax(), 2 } };

    [Theory]
    [MemberData(nameof(Simplices))]
    public void AMaskedCoordinateLeavesTheOthersTheirDerivative(SolutionMap map, double parameter) =>
        Assert.Equal([0.5, -0.5, 0, 0], Gradient(map, [1, 0.2, -0.3, -1e9], Scalar(parameter)));

    [Theory]
    [MemberData(nameof(Simplices))]
    public void AShiftOfAllCoordinatesChangesNothing(SolutionMap map, double parameter)
    {
        double[] z = [1e9 + 1, 1e9 + 0.25, 1e9 - 0.25];
        Assert.Equal([0.5, -0.5, 0], Gradient(map, z, Scalar(parameter)));
        var report = map.Report([Vector(z), Scalar(parameter)])[0];
        Assert.Equal([0.875, 0.125, 0], report.Solution.Values[0]);
        Assert.Equal([0L, 2, 1], map.Report([Vector(1e9 + 1, 1e9, 1e9 - 1), Scalar(parameter)])[0].Solution.State);
    }

    [Fact]
    public void ABallThatIsSmallBesideItsPointHasItsOwnPieces() =>
        Assert.Equal([0.5, 0.5, 0], Gradient(new L1Ball(), [1e9, 0.5 - 1e9, 1e9 - 1.5], Scalar(1)));

    [Fact]
    public void ABoundThatStandsForNoneDoesNotBlurTheOther()
    {
        var report = new Box().Report([Vector(0.5, 0.5, 2), Vector(0, -1e12, 2), Vector(1e9, 0.75, 1e12)])[0];
        Assert.Equal([0L, 0, -2], report.Solution.State);
        Assert.Equal([1, 1, 1], report.Derivative.Directional([[1, 1, 1], [0, 0, 0], [0, 0, 0]])[0]);
        Assert.Equal([0.0], new Box().Report([Vector(2), Vector(2), Vector(1e12)])[0].Derivative.Directional([[-1], [0], [0]])[0]);
    }

    // The first of the cotangents is 1.
    private static double[] Gradient(SolutionMap map, double[] z, Tensor<double> parameter) =>
        [.. map.Report([Vector(z), parameter])[0].Derivative.Cotangent([[.. z.Select((_, i) => i == 0 ? 1.0 : 0)]])[0].Select(x => x + 0.0)];

    private static Tensor<double> Vector(params double[] numbers) => Tensor.Of(new Shape(numbers.Length), numbers);

    private static Tensor<double> Scalar(double number) => Tensor.Of(Shape.Scalar, new[] { number });
}
