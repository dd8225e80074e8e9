namespace Nonsmooth.Tests.Dictionary.Resampling;

public sealed class GridSampleTests
{
    private static readonly Shape _image = new(1, 1, 3, 3);
    private static readonly double[] _x = Written.Numbers(9);

    public static TheoryData<GridMode, GridPadding, bool> Readings
    {
        get
        {
            var data = new TheoryData<GridMode, GridPadding, bool>();
            foreach (var mode in Enum.GetValues<GridMode>())
            {
                foreach (var padding in Enum.GetValues<GridPadding>())
                {
                    data.Add(mode, padding, false);
                    data.Add(mode, padding, true);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Readings))]
    public void DerivativesAreThoseOfDifferences(GridMode mode, GridPadding padding, bool alignCorners)
    {
        var program = Program.Trace((x, grid) => GridSample(x, grid, mode, padding, alignCorners), new Shape(2, 2, 3, 4), new Shape(2, 2, 3, 2));
        var random = new Random(4);
        double[] x = [.. Enumerable.Range(0, 48).Select(_ => (2 * random.NextDouble()) - 1)];
        double[] grid = [.. Enumerable.Range(0, 24).Select(_ => (3 * random.NextDouble()) - 1.5)];
        Written.Differentiates(program, "x", x, grid);
        Written.Differentiates(program, "grid", x, grid);
        if (mode != GridMode.Nearest)
        {
            // The gradient differentiated once more, in both arguments.
            var gradient = program.Backprop(new BackpropOptions { KeepValues = false, WithRespectTo = ["grid"], SeedInput = true });
            double[] seed = [.. Enumerable.Range(0, 24).Select(_ => random.NextDouble())];
            Written.Differentiates(gradient, "x", x, grid, seed);
            Written.Differentiates(gradient, "grid", x, grid, seed);
        }
    }

    [Theory]
    [InlineData(GridPadding.Zeros, false, new double[] { 0, 0.25, 5, 9 })]
    [InlineData(GridPadding.Border, false, new double[] { 1, 1, 5, 9 })]
    [InlineData(GridPadding.Zeros, true, new double[] { 0, 1, 5, 9 })]
    [InlineData(GridPadding.Reflection, true, new double[] { 9, 1, 5, 9 })]
    public void CornersAndWhatLiesBeyondAreRead(GridPadding padding, bool alignCorners, double[] expected)
    {
        double last = alignCorners ? 1 : 2.0 / 3;
        var program = Program.Trace((x, grid) => GridSample(x, grid, GridMode.Linear, padding, alignCorners), _image, new Shape(1, 1, 4, 2));
        var value = Written.Run(program, _x, new double[] { -3, -3, -1, -1, 0, 0, last, last });
        Assert.All(expected.Zip(value), p => Assert.Equal(p.First, p.Second, 1e-12));
    }

    [Fact]
    public void OnAnEdgeTheCellAboveDecidesAndBehindABorderNothing()
    {
        var program = Program.Trace((x, grid) => GridSample(x, grid, GridMode.Linear, GridPadding.Border, true), new Shape(1, 1, 1, 3), new Shape(1, 1, 4, 2));
        var slopes = Written.Gradient(program, "grid", new double[] { 0, 1, 5 }, new double[] { 0, 0, -1, 0, 1, 0, 2, 0 });
        Assert.Equal([4, 0, 0, 0, 0, 0, 0, 0], slopes);
    }

    [Fact]
    public void AnInfiniteElementBesideIsNotRead()
    {
        var program = Program.Trace((x, grid) => GridSample(x, grid, GridMode.Nearest, GridPadding.Zeros, true), new Shape(1, 1, 1, 2), new Shape(1, 1, 2, 2));
        Assert.Equal([0, 3], Written.Run(program, new double[] { double.PositiveInfinity, 3 }, new double[] { -4, 0, 1, 0 }));
    }

    [Fact]
    public void EdgesAreKinksAndNearestJumps()
    {
        var linear = new GridSample(new(GridMode.Linear, GridPadding.Zeros, true), [0, 0]);
        var edge = Assert.IsType<KinkStructure.Border>(linear.Kinks);
        Assert.True(edge.IsOn([Reals(1, 1, 3, 3), Tensor.Of(new Shape(1, 1, 1, 2), [0.0, 0.3])]));
        Assert.False(edge.IsOn([Reals(1, 1, 3, 3), Tensor.Of(new Shape(1, 1, 1, 2), [0.4, 0.3])]));
        Assert.Equal(Regularity.Smooth, new GridSample(new(GridMode.Cubic, GridPadding.Zeros, true), [0, 0]).Regularity);
        Assert.Equal(Regularity.PathDifferentiable, new GridSample(new(GridMode.Cubic, GridPadding.Zeros, true), [0, 1]).Regularity);
        Assert.Equal(Regularity.NotPathDifferentiable, new GridSample(new(GridMode.Linear, GridPadding.Zeros, true), [0, 1]).Regularity);
        var nearest = new GridSample(new(GridMode.Nearest, GridPadding.Zeros, true), [0, 0]);
        Assert.Equal(Regularity.NotPathDifferentiable, nearest.Regularity);
        Assert.True(nearest.DecidesBy(1, new Shape(1)) && !nearest.DecidesBy(0, new Shape(1)));

        static Tensor<double> Reals(params int[] sizes) => new(new Shape(sizes));
    }

    [Fact]
    public void TheIdentitysGridReadsTheImage()
    {
        var program = Program.Trace(
            (x, map) => GridSample(x, AffineGrid(map, [3, 3]), GridMode.Linear, GridPadding.Zeros), _image, new Shape(1, 2, 3));
        double[] identity = [1, 0, 0, 0, 1, 0];
        Assert.All(_x.Zip(Written.Run(program, _x, identity)), p => Assert.Equal(p.First, p.Second, 1e-12));
        Assert.Equal([-1, -1, 0, -1, 1, -1, -1, 0, 0, 0, 1, 0, -1, 1, 0, 1, 1, 1], Written.Run(Program.Trace(map => AffineGrid(map, [3, 3], true), new Shape(1, 2, 3)), identity));
        Written.Differentiates(program, "map", _x, new double[] { 0.9, 0.1, 0.13, -0.2, 0.8, -0.07 });
    }

    [Fact]
    public void WhatDoesNotFitIsRefused()
    {
        Refused(new Shape(1, 1, 3, 3), new Shape(1, 2, 2, 3), "grid [N, …, 2]");
        Refused(new Shape(2, 1, 3, 3), new Shape(1, 2, 2, 2), "grid [N, …, 2]");
        Refused(new Shape(1, 1, 0, 3), new Shape(1, 2, 2, 2), "no element to read");

        static void Refused(Shape x, Shape grid, string words) => Assert.Contains(
            words, Assert.Throws<ShapeException>(() => Program.Trace((x, grid) => GridSample(x, grid), x, grid)).Message, StringComparison.Ordinal);
    }
}
