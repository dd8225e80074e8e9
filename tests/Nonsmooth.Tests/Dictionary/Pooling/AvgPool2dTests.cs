using Nonsmooth.Tests.Dictionary.Algebra;

namespace Nonsmooth.Tests.Dictionary.Pooling;

public sealed class AvgPool2dTests
{
    /// <summary>Input, and the pooling.</summary>
    public static TheoryData<int[], WindowMean> Cases => new()
    {
        { [2, 2, 4, 6], new AvgPool2d([2, 2], [2, 2], [0, 0]) },
        { [1, 2, 5, 4], new AvgPool2d([3, 3], [2, 1], [1, 1]) },
        { [1, 1, 5, 4], new AvgPool2d([3, 2], [2, 2], [1, 1], CountIncludePad: false) },
        { [1, 1, 5, 5], new AvgPool2d([2, 2], [2, 2], [0, 0], CeilMode: true) },
        { [1, 1, 6, 6], new AvgPool2d([2, 2], [3, 3], [0, 0], FixedDivisor: 1) },
        { [1, 1, 3, 3], new AvgPool2d([2, 2], [1, 1], [0, 0], FixedDivisor: 3) },
        { [1, 1, 3, 3], new AvgPool2d([1, 1], [2, 2], [0, 0]) },
        { [2, 2, 7, 5], new AdaptiveAvgPool2d(3, 2) },
        { [1, 2, 2, 3], new AdaptiveAvgPool2d(4, 3) },
        { [1, 2, 3, 3], new AdaptiveAvgPool2d(1, 1) },
    };

    [Fact]
    public void AveragesWindows()
    {
        var x = Applied.Reals(new Shape(1, 1, 2, 4), 1, 2, 3, 4, 5, 6, 7, 8);
        Assert.Equal([3.5, 5.5], new Applied(new AvgPool2d([2, 2], [2, 2], [0, 0]), x).Value());
    }

    [Fact]
    public void CountsPaddingOrNot()
    {
        var x = Applied.Reals(new Shape(1, 1, 2, 2), 4, 8, 12, 16);
        Assert.Equal([1, 2, 3, 4], new Applied(new AvgPool2d([2, 2], [2, 2], [1, 1]), x).Value());
        Assert.Equal([4, 8, 12, 16], new Applied(new AvgPool2d([2, 2], [2, 2], [1, 1], CountIncludePad: false), x).Value());
    }

    [Fact]
    public void WhatLiesBeyondThePaddingIsNotCounted()
    {
        var x = Applied.Reals(new Shape(1, 1, 3, 3), 1, 1, 1, 1, 1, 1, 1, 1, 1);
        Assert.Equal([1, 1, 1, 1], new Applied(new AvgPool2d([2, 2], [2, 2], [0, 0], CeilMode: true), x).Value());
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void HasDerivativesAndCount(int[] x, WindowMean pool)
    {
        var applied = new Applied(pool, Applied.Varied(1, x));
        applied.CheckDerivatives();
        applied.CheckCount();
        var spread = new Applied(new AvgPoolSpread(pool, [x[2], x[3]]), Applied.Varied(2, [.. applied.ResultShape]));
        Assert.Equal(new Shape(x), spread.ResultShape);
        spread.CheckDerivatives();
        spread.CheckCount();
    }

    [Fact]
    public void BadAttributesAreRefused()
    {
        TensorType[] x = [new Shape(1, 1, 4, 4)];
        Assert.Throws<ShapeException>(() => new AvgPool2d([2, 2], [2, 2], [0, 0], FixedDivisor: 0).InferTypes(x));
        Assert.Throws<ShapeException>(() => new AvgPool2d([5, 5], [2, 2], [0, 0]).InferTypes(x));
        Assert.Throws<ShapeException>(() => new AvgPool2d([2], [2, 2], [0, 0]).InferTypes(x));
        Assert.Throws<ShapeException>(() => new AdaptiveAvgPool2d(0, 1).InferTypes(x));
        Assert.Throws<ShapeException>(() => new AvgPoolSpread(new AdaptiveAvgPool2d(2, 2), [4, 4]).InferTypes([new Shape(1, 1, 3, 3)]));
    }

    [Fact]
    public void TheFunctionStridesByTheKernel()
    {
        var builder = new ProgramBuilder();
        Assert.Equal(new Shape(1, 1, 3, 2), Functions.AvgPool2d(builder.Input("x", new Shape(1, 1, 6, 6)), (2, 3)).Shape);
    }
}
