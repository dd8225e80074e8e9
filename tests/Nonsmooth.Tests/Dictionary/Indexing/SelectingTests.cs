namespace Nonsmooth.Tests.Dictionary.Indexing;

public sealed class SelectingTests
{
    private static readonly double[] _x = Written.Numbers(24);

    [Theory]
    [InlineData(0, new double[] { 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24 })]
    [InlineData(1, new double[] { 9, 10, 11, 12, 21, 22, 23, 24 })]
    [InlineData(-1, new double[] { 4, 8, 12, 16, 20, 24 })]
    public void ANegativeIndexCountsFromTheEnd(int axis, double[] expected)
    {
        var program = Program.Trace((x, i) => IndexSelect(x, i, axis), new Shape(2, 3, 4), TensorType.Index(Shape.Scalar));
        Assert.Equal(expected, Written.Run(program, _x, new long[] { -1 }));
        Written.Differentiates(program, "x", _x, new long[] { -1 });
    }

    [Fact]
    public void TheIndexsAxesComeInPlaceOfTheAxis()
    {
        var program = Program.Trace((x, i) => IndexSelect(x, i, 1), new Shape(2, 3), TensorType.Index(new Shape(2, 2)));
        Assert.Equal(new Shape(2, 2, 2), program.Types[program.Outputs[0].Value].Shape);
        Assert.Equal([3, 1, 1, 2, 6, 4, 4, 5], Written.Run(program, Written.Numbers(6), new long[] { 2, 0, -3, 1 }));
        Written.Differentiates(program, "x", Written.Numbers(6), new long[] { 2, 0, -3, 1 });
    }

    [Theory]
    [InlineData(3)]
    [InlineData(-4)]
    public void OutOfRangeIsAnError(long index)
    {
        var program = Program.Trace((x, i) => IndexSelect(x, i, 0), new Shape(3), TensorType.Index(new Shape(1)));
        Assert.Contains("out of range", Assert.Throws<NonsmoothException>(() => Written.Run(program, Written.Numbers(3), new[] { index })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RowsOfCoordinatesPickSlices()
    {
        var slices = Program.Trace((x, i) => GatherNd(x, i), new Shape(2, 3, 2), TensorType.Index(new Shape(2, 2)));
        Assert.Equal([5, 6, 7, 8], Written.Run(slices, Written.Numbers(12), new long[] { 0, 2, -1, 0 }));
        Written.Differentiates(slices, "x", Written.Numbers(12), new long[] { 0, 2, -1, 0 });
        var batched = Program.Trace((x, i) => GatherNd(x, i, 1), new Shape(2, 3, 2), TensorType.Index(new Shape(2, 1)));
        Assert.Equal([3, 4, 7, 8], Written.Run(batched, Written.Numbers(12), new long[] { 1, 0 }));
    }

    [Fact]
    public void ACoordinateOutsideIsAnErrorThoughItsNumberExists()
    {
        var program = Program.Trace((x, i) => GatherNd(x, i), new Shape(2, 3), TensorType.Index(new Shape(1, 2)));
        Assert.Throws<NonsmoothException>(() => Written.Run(program, Written.Numbers(6), new long[] { 0, 3 }));
    }
}
