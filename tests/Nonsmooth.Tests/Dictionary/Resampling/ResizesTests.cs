namespace Nonsmooth.Tests.Dictionary.Resampling;

/// <summary>Expected numbers are those of ONNX's own tests of Resize where they have the case.</summary>
public sealed class ResizesTests
{
    private static readonly double[] _rows = Written.Numbers(4);
    private static readonly double[] _image = Written.Numbers(16);

    [Fact]
    public void NearestFollowsItsRounding()
    {
        Assert.Equal([0, 0, 1, 1], Chosen(new() { Coordinates = ResizeCoordinates.Asymmetric, Rounding = NearestRounding.Floor }, 2, 4));
        Assert.Equal([0, 1, 1, 1], Chosen(new() { Coordinates = ResizeCoordinates.Asymmetric, Rounding = NearestRounding.Ceil }, 2, 4));
        Assert.Equal([0, 0, 1, 1], Chosen(new() { Coordinates = ResizeCoordinates.Asymmetric, Rounding = NearestRounding.PreferFloor }, 2, 4));
        Assert.Equal([0, 1, 1, 1], Chosen(new() { Coordinates = ResizeCoordinates.Asymmetric, Rounding = NearestRounding.PreferCeil }, 2, 4));
        Assert.Equal([0, 1, 2], Chosen(new() { Coordinates = ResizeCoordinates.AlignCorners, Rounding = NearestRounding.PreferFloor }, 3, 3));

        static int[] Chosen(Resizing how, int size, int result) => [.. (how with { Mode = ResizeMode.Nearest }).Map(size, result).AllColumns];
    }

    public static TheoryData<string, Resizing, int, double[]> Linear => new()
    {
        { "half pixels", new(), 2, [1.5, 3.5] },
        { "aligned", new() { Coordinates = ResizeCoordinates.AlignCorners }, 7, [1, 1.5, 2, 2.5, 3, 3.5, 4] },
        { "one aligned", new() { Coordinates = ResizeCoordinates.AlignCorners }, 1, [1] },
        { "asymmetric", new() { Coordinates = ResizeCoordinates.Asymmetric }, 8, [1, 1.5, 2, 2.5, 3, 3.5, 4, 4] },
        { "one half pixel", new() { Coordinates = ResizeCoordinates.PytorchHalfPixel }, 1, [1] },
        { "enlarged", new(), 8, [1, 1.25, 1.75, 2.25, 2.75, 3.25, 3.75, 4] },
        { "stretched", new() { Antialias = true, ExcludeOutside = true }, 2, [(3 + 6 + 3) / 7.0, (2 + 9 + 12) / 7.0] },
    };

    [Theory]
    [MemberData(nameof(Linear))]
    public void LinesAreInterpolated(string name, Resizing resizing, int size, double[] expected)
    {
        Assert.NotEmpty(name);
        var program = Program.Trace(x => Resize(x, [0], [size], resizing), new Shape(4));
        Assert.All(expected.Zip(Written.Run(program, _rows), (e, y) => (e, y)), p => Assert.Equal(p.e, p.y, 1e-12));
        Written.Differentiates(program, "x", _rows);
    }

    [Fact]
    public void CubicImagesAreOnnxs()
    {
        var program = Program.Trace(x => Resize(x, [2, 3], [3, 3], new() { Mode = ResizeMode.Cubic }, [0.8, 0.8]), new Shape(1, 1, 4, 4));
        Near([1.47119141, 2.78125, 4.08251953, 6.71142578, 8.02148438, 9.32275391, 11.91650391, 13.2265625, 14.52783203], program);
        var outside = Program.Trace(x => Resize(x, [2, 3], [3, 3], new() { Mode = ResizeMode.Cubic, CubicCoefficient = -0.5, ExcludeOutside = true }, [0.8, 0.8]), new Shape(1, 1, 4, 4));
        Near([1.36812675, 2.6695014, 4.0133367, 6.57362535, 7.875, 9.2188353, 11.94896657, 13.25034122, 14.59417652], outside);
    }

    [Fact]
    public void AScaleThatIsNoQuotientIsFollowed()
    {
        var aligned = Program.Trace(x => Resize(x, [2, 3], [1, 2], new() { Coordinates = ResizeCoordinates.AlignCorners }, [0.6, 0.6]), new Shape(1, 1, 2, 4));
        Near([1, 3.142857], aligned, Written.Numbers(8));
        var symmetric = Program.Trace(x => Resize(x, [3], [2], new() { Coordinates = ResizeCoordinates.HalfPixelSymmetric }, [0.6]), new Shape(1, 1, 1, 4));
        Near([1.6666667, 3.3333333], symmetric, _rows);
    }

    [Fact]
    public void WhatLiesBeyondARegionIsTheGivenNumber()
    {
        var program = Program.Trace(
            x => Resize(x, [2, 3], [3, 3], new() { Coordinates = ResizeCoordinates.CropAndResize }, null, [(0.4, 1.2), (0.6, 1.7)], 10), new Shape(1, 1, 4, 4));
        Near([7.6000004, 10, 10, 12.400001, 10, 10, 10, 10, 10], program);
        Written.Differentiates(program, "x", _image);
    }

    [Fact]
    public void AnEmptyAxisIsRefused() => Assert.Throws<ShapeException>(() => Program.Trace(x => Resize(x, [0], [2]), new Shape(0)));

    private static void Near(double[] expected, Program program, double[]? x = null) =>
        Assert.All(expected.Zip(Written.Run(program, x ?? _image), (e, y) => (e, y)), p => Assert.Equal(p.e, p.y, 1e-5));
}
