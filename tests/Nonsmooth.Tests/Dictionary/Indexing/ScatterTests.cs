using Nonsmooth.Tests.Dictionary.Reductions;

namespace Nonsmooth.Tests.Dictionary.Indexing;

public sealed class ScatterTests
{
    private static readonly Shape _data = new(2, 3);
    private static readonly TensorType _index = TensorType.Index(new Shape(1, 4));
    private static readonly long[] _places = [2, 0, -1, 2];

    [Fact]
    public void TheLastUpdateStaysAndHasTheDerivative()
    {
        var program = Of(ScatterReduction.Set, true);
        Assert.Equal([8, 2, 10, 4, 5, 6], Run(program));
        Assert.Equal([0, 2, 0, 4, 5, 6], Written.Gradient(program, "data", Written.Numbers(6), _places, Updates()));
        Assert.Equal([0, 1, 0, 3], Written.Gradient(program, "updates", Written.Numbers(6), _places, Updates()));
    }

    [Theory]
    [InlineData(ScatterReduction.Add, true, new double[] { 9, 2, 29, 4, 5, 6 })]
    [InlineData(ScatterReduction.Add, false, new double[] { 8, 2, 26, 4, 5, 6 })]
    [InlineData(ScatterReduction.Multiply, true, new double[] { 8, 2, 3 * 7 * 9 * 10, 4, 5, 6 })]
    [InlineData(ScatterReduction.Multiply, false, new double[] { 8, 2, 630, 4, 5, 6 })]
    [InlineData(ScatterReduction.Maximum, true, new double[] { 8, 2, 10, 4, 5, 6 })]
    [InlineData(ScatterReduction.Minimum, true, new double[] { 1, 2, 3, 4, 5, 6 })]
    [InlineData(ScatterReduction.Minimum, false, new double[] { 8, 2, 7, 4, 5, 6 })]
    [InlineData(ScatterReduction.Mean, true, new double[] { 4.5, 2, 7.25, 4, 5, 6 })]
    [InlineData(ScatterReduction.Mean, false, new double[] { 8, 2, 26.0 / 3, 4, 5, 6 })]
    public void WhatMeetsIsReduced(ScatterReduction reduction, bool includeData, double[] expected)
    {
        var program = Of(reduction, includeData);
        Assert.Equal(expected, Run(program));
        Written.Differentiates(program, "data", Written.Numbers(6), _places, Updates());
        Written.Differentiates(program, "updates", Written.Numbers(6), _places, Updates());
    }

    [Fact]
    public void EqualCandidatesOfAMaximumShare()
    {
        var program = Program.Trace((data, index, updates) => ScatterElements(data, index, updates, 0, ScatterReduction.Maximum), new Shape(2), TensorType.Index(new Shape(3)), new Shape(3));
        Assert.Equal([1.0 / 3, 2], Written.Gradient(program, "data", new double[] { 5, 1 }, new long[] { 0, 0, 0 }, new double[] { 5, 5, 2 }));
        Assert.Equal([1.0 / 3, 1.0 / 3, 0], Written.Gradient(program, "updates", new double[] { 5, 1 }, new long[] { 0, 0, 0 }, new double[] { 5, 5, 2 }));
    }

    [Fact]
    public void AProductWithZeroesHasItsDerivative()
    {
        var program = Program.Trace((data, index, updates) => ScatterElements(data, index, updates, 0, ScatterReduction.Multiply), new Shape(1), TensorType.Index(new Shape(2)), new Shape(2));
        Assert.Equal([15, 0], Written.Gradient(program, "updates", new double[] { 3 }, new long[] { 0, 0 }, new double[] { 0, 5 }));
    }

    [Fact]
    public void SlicesAreScattered()
    {
        var program = Program.Trace((data, index, updates) => ScatterNd(data, index, updates, ScatterReduction.Add), new Shape(3, 2), TensorType.Index(new Shape(2, 1)), new Shape(2, 2));
        Assert.Equal([1, 2, 3, 4, 5 + 1 + 3, 6 + 2 + 4], Written.Run(program, Written.Numbers(6), new long[] { -1, 2 }, Written.Numbers(4)));
        Assert.Throws<NonsmoothException>(() => Written.Run(program, Written.Numbers(6), new long[] { 3, 2 }, Written.Numbers(4)));
        Assert.Throws<NonsmoothException>(() => Written.Run(program, Written.Numbers(6), new long[] { -4, 2 }, Written.Numbers(4)));
        var along = Program.Trace((data, index, updates) => IndexReduce(data, index, updates, 1, ScatterReduction.Add), new Shape(2, 3), TensorType.Index(new Shape(2)), new Shape(2, 2));
        Assert.Equal([4, 2, 3, 11, 5, 6], Written.Run(along, Written.Numbers(6), new long[] { 0, 0 }, Written.Numbers(4)));
    }

    [Fact]
    public void MasksAndIndicesAreOverwritten()
    {
        Assert.Equal([7, 2, 3], Probe.Value(new Scatter(0), Probe.Indices(new Shape(3), 1, 2, 3), Probe.Indices(new Shape(1), 0), Probe.Indices(new Shape(1), 7)));
        Assert.Throws<ShapeException>(() => new Scatter(0).InferTypes([new Shape(3), TensorType.Index(new Shape(1)), TensorType.Index(new Shape(1))]));
    }

    private static double[] Updates() => [7, 8, 9, 10];

    private static double[] Run(Program program) => Written.Run(program, Written.Numbers(6), _places, Updates());

    private static Program Of(ScatterReduction reduction, bool includeData) => Program.Trace(
        (data, index, updates) => ScatterElements(data, index, updates, 1, reduction, includeData), _data, _index, new Shape(1, 4));
}
