namespace Nonsmooth.Tests.Dictionary.Structure;

public sealed class PaddingTests
{
    [Theory]
    [InlineData(PadMode.Constant, 2, 1, new double[] { 9, 9, 1, 2, 3, 9 })]
    [InlineData(PadMode.Reflect, 2, 1, new double[] { 3, 2, 1, 2, 3, 2 })]
    [InlineData(PadMode.Reflect, 5, 0, new double[] { 2, 1, 2, 3, 2, 1, 2, 3 })]
    [InlineData(PadMode.Symmetric, 2, 4, new double[] { 2, 1, 1, 2, 3, 3, 2, 1, 1 })]
    [InlineData(PadMode.Edge, 2, 1, new double[] { 1, 1, 1, 2, 3, 3 })]
    [InlineData(PadMode.Wrap, 2, 1, new double[] { 2, 3, 1, 2, 3, 1 })]
    [InlineData(PadMode.Constant, -1, 2, new double[] { 2, 3, 9, 9 })]
    [InlineData(PadMode.Reflect, -1, 1, new double[] { 2, 3, 2 })]
    [InlineData(PadMode.Edge, 1, -2, new double[] { 1, 1 })]
    public void Fills(PadMode mode, int before, int after, double[] expected)
    {
        var program = Program.Trace(x => Pad(x, [before], [after], mode, 9), new Shape(3));
        Assert.Equal(expected, Written.Run(program, Written.Numbers(3)));
        Written.Differentiates(program, "x", Written.Numbers(3));
    }

    [Fact]
    public void AxesAreFilledOneAfterTheOther() => Assert.Equal(
        [4, 3, 4, 2, 1, 2, 4, 3, 4],
        Written.Value(x => Pad(x, [1, 1], [0, 0], PadMode.Reflect), new Shape(2, 2), 1, 2, 3, 4));

    [Fact]
    public void WhatCannotBeIsRefused()
    {
        Refused([-2], [-2], PadMode.Edge, "crop more");
        Refused([-3], [1], PadMode.Reflect, "is empty");
        Refused([1, 1], [1], PadMode.Constant, "give one of each");

        static void Refused(IntVector before, IntVector after, PadMode mode, string words) => Assert.Contains(
            words, Assert.Throws<ShapeException>(() => Program.Trace(x => Pad(x, before, after, mode), new Shape(3))).Message, StringComparison.Ordinal);
    }
}
