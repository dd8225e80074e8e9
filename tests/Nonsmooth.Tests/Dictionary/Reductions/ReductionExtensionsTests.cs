namespace Nonsmooth.Tests.Dictionary.Reductions;

public sealed class ReductionExtensionsTests
{
    private static readonly Variable _x = new ProgramBuilder().Input("x", new Shape(2, 3, 4));

    [Fact]
    public void AxesMayBeNegativeKeptOrAll()
    {
        Assert.Equal(new Shape(2, 4), _x.Max(-2).Shape);
        Assert.Equal(new Shape(2, 1, 1), _x.Min(true, 1, -1).Shape);
        Assert.Equal(Shape.Scalar, _x.Norm().Shape);
        Assert.Equal(new Shape(3, 4), _x.Norm(1, 0).Shape);
        Assert.Equal(new Shape(2, 3, 1), _x.Norm(double.PositiveInfinity, true, -1).Shape);
        Assert.Equal(new Shape(2, 3), _x.LogSumExp(-1).Shape);
        Assert.Equal(new Shape(2, 3), _x.ArgMax().Shape);
        Assert.Equal(_x.Shape, _x.CumulativeSum(0).Shape);
        Assert.Equal(_x.Shape, _x.CumulativeMaximum().Indices.Shape);
        Assert.Equal(_x.Shape, Functions.LogSoftmax(Functions.Softmax(_x)).Shape);
        Assert.Equal(_x.Shape, _x.Sort(1, descending: true).Values.Shape);
        Assert.Equal(new Shape(2, 3, 2), _x.TopK(2).Values.Shape);
        Assert.Equal(new Shape(2, 3), _x.Median().Value.Shape);
        Assert.Throws<ShapeException>(() => _x.Max(3));
    }
}
