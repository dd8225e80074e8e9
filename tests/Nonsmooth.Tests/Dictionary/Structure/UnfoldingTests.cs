namespace Nonsmooth.Tests.Dictionary.Structure;

public sealed class UnfoldingTests
{
    private static readonly Windowing _windowing = new() { Stride = [1, 2], Before = [1, 0], Dilation = [1, 2] };

    [Fact]
    public void WindowsBecomeColumns()
    {
        double[] x = Written.Numbers(9);
        Assert.Equal([1, 2, 4, 5, 2, 3, 5, 6, 4, 5, 7, 8, 5, 6, 8, 9], Written.Value(v => Unfold(v, [2, 2]), new Shape(1, 1, 3, 3), x));
        Assert.Equal(
            [0, 0, 0, 9, 0, 0, 7, 0, 0, 3, 0, 0, 1, 0, 0, 0],
            Written.Value(v => Unfold(v, [2, 2], new() { Stride = [3, 3], Before = [1, 1] }), new Shape(1, 1, 3, 3), x));
    }

    [Fact]
    public void AConvolutionIsAProductWithColumns()
    {
        var program = Program.Trace(
            (x, w) => x.Builder.Apply(new MatMul(), Broadcasting.To(w.Reshape(new Shape(1, 3, 8)), new Shape(2, 3, 8)), Unfold(x, [2, 2], _windowing))
                - Conv(x, w, null, _windowing).Reshape(new Shape(2, 3, 8)),
            new Shape(2, 2, 3, 5),
            new Shape(3, 2, 2, 2));
        Assert.All(Written.Run(program, Written.Numbers(60), Written.Numbers(24)), d => Assert.Equal(0, d, 1e-9));
    }

    [Fact]
    public void FoldingIsTheTranspose()
    {
        var fold = Program.Trace(c => Fold(c, [3, 5], [2, 2], _windowing), new Shape(2, 8, 8));
        var gradient = Written.Gradient(Program.Trace(x => Unfold(x, [2, 2], _windowing), new Shape(2, 2, 3, 5)), "x", Written.Numbers(60));
        Assert.Equal(gradient, Written.Run(fold, Written.Numbers(128)));
        Written.Differentiates(fold, "c", Written.Numbers(128));
        Assert.Throws<ShapeException>(() => Program.Trace(c => Fold(c, [4, 5], [2, 2]), new Shape(2, 8, 8)));
    }
}
