using Nonsmooth.Tests.Dictionary.Algebra;

namespace Nonsmooth.Tests.Dictionary.Pooling;

public sealed class AdaptiveAvgPool2dTests
{
    [Fact]
    public void WindowsOverlapWhereSizesDoNotDivide()
    {
        var x = Applied.Reals(new Shape(1, 1, 1, 5), 1, 2, 3, 4, 5);
        Assert.Equal([2, 4], new Applied(new AdaptiveAvgPool2d(1, 2), x).Value());
        Assert.Equal([1.5, 3, 4.5], new Applied(new AdaptiveAvgPool2d(1, 3), x).Value());
    }

    [Fact]
    public void ALargerResultRepeats()
    {
        var x = Applied.Reals(new Shape(1, 1, 1, 2), 1, 3);
        Assert.Equal([1, 1, 3, 3], new Applied(new AdaptiveAvgPool2d(1, 4), x).Value());
        Assert.Equal([1, 2, 3], new Applied(new AdaptiveAvgPool2d(1, 3), x).Value());
    }

    [Fact]
    public void TheFunctionAveragesWholePlanes()
    {
        var builder = new ProgramBuilder();
        var y = Functions.AdaptiveAvgPool2d(builder.Input("x", new Shape(2, 3, 2, 2)), 1);
        Assert.Equal(new Shape(2, 3, 1, 1), y.Shape);
        var x = Tensor.Generate(new Shape(2, 3, 2, 2), i => Rounded<Float64>.FromDouble(i));
        Assert.Equal([1.5, 5.5, 9.5, 13.5, 17.5, 21.5], Applied.Doubles(Applied.Run(builder.Build([("y", y)]), x)[0]));
    }
}
