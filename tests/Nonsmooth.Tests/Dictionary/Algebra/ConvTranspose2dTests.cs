namespace Nonsmooth.Tests.Dictionary.Algebra;

public sealed class ConvTranspose2dTests
{
    [Fact]
    public void SpreadsTheKernel()
    {
        var x = Applied.Reals(new Shape(1, 1, 1, 2), 1, 10);
        var w = Applied.Reals(new Shape(1, 1, 2, 2), 1, 2, 3, 4);
        Assert.Equal([1, 12, 20, 3, 34, 40], new Applied(Of(1, 0, 0), x, w).Value());
        Assert.Equal([1, 2, 10, 20, 3, 4, 30, 40], new Applied(Of(2, 0, 0), x, w).Value());
        Assert.Equal(
            [5, 6, 14, 24, 4, 7, 8, 34, 44, 4, 4, 4, 4, 4, 4],
            new Applied(Of(2, 0, 1), x, w, Applied.Reals(new Shape(1), 4)).Value());
    }

    [Theory]
    [InlineData(new[] { 2, 3, 4, 3 }, new[] { 3, 2, 3, 2 }, new[] { 1, 1 }, new[] { 0, 0 }, new[] { 0, 0 }, new[] { 1, 1 }, 1)]
    [InlineData(new[] { 1, 2, 3, 3 }, new[] { 2, 3, 3, 3 }, new[] { 2, 2 }, new[] { 1, 1 }, new[] { 1, 0 }, new[] { 1, 1 }, 1)]
    [InlineData(new[] { 1, 4, 3, 2 }, new[] { 4, 3, 2, 3 }, new[] { 3, 2 }, new[] { 1, 0 }, new[] { 2, 1 }, new[] { 1, 2 }, 2)]
    [InlineData(new[] { 1, 1, 2, 2 }, new[] { 1, 1, 1, 1 }, new[] { 3, 3 }, new[] { 0, 0 }, new[] { 0, 2 }, new[] { 1, 1 }, 1)]
    public void HasDerivativesAndCount(int[] x, int[] w, int[] stride, int[] padding, int[] rest, int[] dilation, int groups)
    {
        var function = new ConvTranspose2d(stride, padding, rest, dilation, groups);
        foreach (bool bias in new[] { false, true })
        {
            Tensor[] arguments = [Applied.Varied(1, x), Applied.Varied(2, w)];
            var conv = new Applied(function, bias ? [.. arguments, Applied.Varied(3, w[1] * groups)] : arguments);
            conv.CheckDerivatives();
            conv.CheckCount();
        }
    }

    [Fact]
    public void AddsByChannelThenTap()
    {
        // At the middle entry three taps meet, in the order of the kernel; halves of an ulp are lost after 1, not before.
        double half = (Math.BitIncrement(1) - 1) / 2;
        var ones = Applied.Reals(new Shape(1, 1, 1, 3), 1, 1, 1);
        double First(params double[] taps) => new Applied(Of(1, 0, 0), ones, Applied.Reals(new Shape(1, 1, 1, 3), taps)).Value()[2];
        Assert.Equal(1, First(1, half, half));
        Assert.Equal(1 + (2 * half), First(half, half, 1));
    }

    [Fact]
    public void HasTheMultiplyAddsOfItsConvolution()
    {
        TensorType[] back = [new Shape(1, 4, 8, 8), new Shape(4, 3, 3, 3)];
        TensorType[] forth = [new Shape(1, 3, 8, 8), new Shape(4, 3, 3, 3)];
        var conv = new Conv2d([1, 1], [1, 1], [1, 1], 1);
        Assert.Equal(conv.DenseMultiplyAdds(forth), Of(1, 1, 0).DenseMultiplyAdds(back));
        Assert.Equal(conv.EffectiveMultiplyAdds(forth), Of(1, 1, 0).EffectiveMultiplyAdds(back));
    }

    [Fact]
    public void OutputPaddingStaysBelowTheStride()
    {
        var e = Assert.Throws<ShapeException>(() => Of(2, 0, 2).InferTypes([new Shape(1, 1, 3, 3), new Shape(1, 1, 2, 2)]));
        Assert.Contains("below the stride", e.Message, StringComparison.Ordinal);
        Assert.Throws<ShapeException>(() => Of(1, 0, 0).InferTypes([new Shape(1, 2, 3, 3), new Shape(3, 1, 2, 2)]));
        Assert.Throws<ShapeException>(() => Of(1, 3, 0).InferTypes([new Shape(1, 1, 3, 3), new Shape(1, 1, 2, 2)]));
    }

    [Fact]
    public void TheFunctionDoublesAPlane()
    {
        var builder = new ProgramBuilder();
        var (x, w) = (builder.Input("x", new Shape(1, 2, 4, 4)), builder.Input("w", new Shape(2, 5, 3, 3)));
        Assert.Equal(new Shape(1, 5, 8, 8), Functions.ConvTranspose2d(x, w, stride: 2, padding: 1, outputPadding: 1).Shape);
    }

    private static ConvTranspose2d Of(int stride, int padding, int rest) =>
        new([stride, stride], [padding, padding], [rest, rest], [1, 1], 1);
}
