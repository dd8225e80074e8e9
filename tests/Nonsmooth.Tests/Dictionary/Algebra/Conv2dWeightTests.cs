namespace Nonsmooth.Tests.Dictionary.Algebra;

public sealed class Conv2dWeightTests
{
    [Fact]
    public void CorrelatesThePlanesWithTheCotangents()
    {
        var x = Applied.Reals(new Shape(1, 1, 3, 3), 1, 2, 3, 4, 5, 6, 7, 8, 9);
        var g = Applied.Reals(new Shape(1, 1, 2, 2), 1, 0, 0, 1);
        Assert.Equal([6, 8, 12, 14], new Applied(new Conv2dWeight([2, 2], [1, 1], [0, 0], [1, 1], 1), x, g).Value());
    }

    [Theory]
    [MemberData(nameof(Conv2dTests.Cases), MemberType = typeof(Conv2dTests))]
    public void HasDerivativesAndCount(int[] x, int[] w, int[] stride, int[] padding, int[] dilation, int groups)
    {
        var output = new Conv2d(stride, padding, dilation, groups).InferTypes([new Shape(x), new Shape(w)])[0].Shape;
        var weight = new Applied(
            new Conv2dWeight([w[2], w[3]], stride, padding, dilation, groups), Applied.Varied(1, x), Applied.Varied(2, [.. output]));
        Assert.Equal(new Shape(w), weight.ResultShape);
        weight.CheckDerivatives();
        weight.CheckCount();
    }

    [Fact]
    public void ACotangentOfAnotherShapeIsRefused()
    {
        var e = Assert.Throws<ShapeException>(() =>
            new Conv2dWeight([2, 2], [1, 1], [0, 0], [1, 1], 1).InferTypes([new Shape(1, 1, 3, 3), new Shape(1, 1, 3, 3)]));
        Assert.Contains("1×1×2×2", e.Message, StringComparison.Ordinal);
    }
}
