namespace Nonsmooth.Tests.Dictionary.Pooling;

public sealed class PoolsTests
{
    private static readonly Shape _volume = new(2, 2, 3, 4, 5);

    public static TheoryData<string, Windowing> Windowings => new()
    {
        { "plain", new() },
        { "stride", new() { Stride = [1, 2, 1] } },
        { "borders", new() { Stride = [2, 1, 2], Before = [1, 0, 1], After = [0, 1, 1] } },
        { "dilation", new() { Stride = [1, 1, 1], Dilation = [2, 1, 3] } },
        { "ceiling", new() { Stride = [2, 3, 2], Before = [1, 1, 0], CeilMode = true } },
    };

    [Theory]
    [MemberData(nameof(Windowings))]
    public void VolumesArePooledAsByHand(string name, Windowing windowing)
    {
        Assert.NotEmpty(name);
        IntVector kernel = [2, 3, 2];
        double[] x = Drawn(_volume.Elements);
        Agree(Program.Trace(v => MaxPool(v, kernel, windowing).Maxima, _volume), e => e.Max());
        Agree(Program.Trace(v => AvgPool(v, kernel, windowing, countIncludePad: false), _volume), e => e.Average());
        Agree(Program.Trace(v => LpPool(v, 2, kernel, windowing), _volume), e => Math.Sqrt(e.Sum(a => a * a)));
        Agree(Program.Trace(v => LpPool(v, 3, kernel, windowing), _volume), e => Math.Cbrt(e.Sum(a => Math.Abs(a * a * a))));
        var positions = Program.Trace(v => MaxPool(v, kernel, windowing).Positions, _volume);
        Assert.Equal(Pooled(kernel, windowing, x, e => e.Max()), Written.Run(positions, x).Select((p, i) => x[(i / (positions.Types[positions.Outputs[0].Value].Shape.Elements / 4) * 60) + (int)p]));

        void Agree(Program program, Func<double[], double> reduce)
        {
            var expected = Pooled(kernel, windowing, x, reduce);
            var value = Written.Run(program, x);
            Assert.Equal(expected.Length, value.Length);
            Assert.All(expected.Zip(value), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
            Written.Differentiates(program, "v", x);
        }
    }

    [Fact]
    public void RowsAreRowsOfPlanes()
    {
        var program = Program.Trace(x => MaxPool(x, [3], new() { Stride = [2], Before = [1], CeilMode = true }).Maxima, new Shape(1, 2, 6));
        Assert.Equal([2, 4, 6, 6, 11, 11, 8, 1], Written.Run(program, new double[] { 1, 2, 3, 4, 5, 6, 0, 11, 9, 7, 8, 1 }));
        Assert.Contains(program.Nodes, n => n.Function.Name == "max_pool2d");
    }

    [Fact]
    public void TiesOfAWholeVolumeAreShared()
    {
        var program = Program.Trace(x => MaxPool(x, [2, 2, 2]).Maxima, new Shape(1, 1, 2, 2, 2));
        double[] x = [1, 5, 0, 5, 5, 0, 0, 5];
        Assert.Equal([0, 1, 0, 0, 0, 0, 0, 0], Gradient(Selection.Default));
        Assert.Equal([0, 0.25, 0, 0.25, 0.25, 0, 0, 0.25], Gradient(Selection.MinimalNorm));

        double[] Gradient(Selection selection) =>
            Written.Run(program.Backprop(new BackpropOptions { KeepValues = false, SeedInput = true, Selection = selection }), x, new double[] { 1 });
    }

    [Fact]
    public void AdaptiveWindowsCoverTheWhole()
    {
        double[] x = Drawn(2 * 5);
        var largest = Program.Trace(v => AdaptiveMaxPool(v, [3]).Maxima, new Shape(1, 2, 5));
        Assert.Equal([x[..2].Max(), x[1..4].Max(), x[3..5].Max(), x[5..7].Max(), x[6..9].Max(), x[8..10].Max()], Written.Run(largest, x));
        var mean = Program.Trace(v => AdaptiveAvgPool(v, [3]), new Shape(1, 2, 5));
        Assert.All(new[] { x[..2].Average(), x[1..4].Average(), x[3..5].Average() }.Zip(Written.Run(mean, x)), p => Assert.Equal(p.First, p.Second, 1e-12));
        Written.Differentiates(largest, "v", x);
        Written.Differentiates(mean, "v", x);
    }

    [Fact]
    public void UnpoolingPutsBack()
    {
        var program = Program.Trace(
            x =>
            {
                var (maxima, positions) = MaxPool(x, [2, 2]);
                return MaxUnpool(maxima, positions, [4, 2]);
            },
            new Shape(1, 1, 4, 2));
        Assert.Equal([0, 0, 4, 0, 0, 8, 0, 0], Written.Run(program, new double[] { 1, 2, 4, 3, 7, 8, 6, 5 }));
        Written.Differentiates(program, "x", new double[] { 1, 2, 4, 3, 7, 8, 6, 5 });
    }

    [Fact]
    public void SameBordersKeepTheSize()
    {
        var upper = Windowing.Same(new Shape(1, 1, 5, 6), [2, 3], [1, 2]);
        Assert.Equal([0, 0], upper.Before);
        Assert.Equal([1, 1], upper.After);
        var lower = Windowing.Same(new Shape(1, 1, 5, 6), [2, 3], [1, 2], upper: false);
        Assert.Equal([1, 1], lower.Before);
        Assert.Equal([0, 0], lower.After);
    }

    [Fact]
    public void WhatDoesNotFitIsRefused()
    {
        Refused(x => MaxPool(x, [1, 1, 1, 1, 1]).Maxima, "one number for each axis");
        Refused(x => MaxPool(x, [9, 1, 1]).Maxima, "does not fit");
        Refused(x => AvgPool(x, [1, 1, 1], new() { Stride = [0, 1, 1] }), "at least 1");
        Refused(x => AdaptiveMaxPool(x, [0, 1, 1]).Maxima, "at least 1");
        Refused(x => LpPool(x, 0, [1, 1, 1]), "above 0");

        static void Refused(Func<Variable, Variable> function, string words) =>
            Assert.Contains(words, Assert.Throws<ShapeException>(() => Program.Trace(v => function(v), _volume)).Message, StringComparison.Ordinal);
    }

    private static double[] Drawn(int count)
    {
        var random = new Random(3);
        return [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextDouble()) - 1)];
    }

    // Every window's elements gathered one by one.
    private static double[] Pooled(IntVector kernel, Windowing windowing, double[] x, Func<double[], double> reduce)
    {
        int[] sizes = [3, 4, 5];
        int[] stride = [.. windowing.Stride ?? kernel];
        int[] before = [.. windowing.Before ?? [0, 0, 0]];
        int[] after = [.. windowing.After ?? windowing.Before ?? [0, 0, 0]];
        int[] dilation = [.. windowing.Dilation ?? [1, 1, 1]];
        int[] outputs = [.. Enumerable.Range(0, 3).Select(a =>
        {
            double room = (sizes[a] + before[a] + after[a] - (dilation[a] * (kernel[a] - 1)) - 1.0) / stride[a];
            int output = (int)(windowing.CeilMode ? Math.Ceiling(room) : Math.Floor(room)) + 1;
            return windowing.CeilMode && (output - 1) * stride[a] >= sizes[a] + before[a] ? output - 1 : output;
        })];
        var results = new List<double>();
        for (int plane = 0; plane < 4; plane++)
        {
            for (int o = 0; o < outputs[0] * outputs[1] * outputs[2]; o++)
            {
                int[] window = [o / (outputs[1] * outputs[2]), o / outputs[2] % outputs[1], o % outputs[2]];
                var elements = new List<double>();
                for (int t = 0; t < kernel[0] * kernel[1] * kernel[2]; t++)
                {
                    int[] tap = [t / (kernel[1] * kernel[2]), t / kernel[2] % kernel[1], t % kernel[2]];
                    int[] at = [.. Enumerable.Range(0, 3).Select(a => (window[a] * stride[a]) - before[a] + (tap[a] * dilation[a]))];
                    if (Enumerable.Range(0, 3).All(a => at[a] >= 0 && at[a] < sizes[a]))
                    {
                        elements.Add(x[(((((plane * 3) + at[0]) * 4) + at[1]) * 5) + at[2]]);
                    }
                }

                results.Add(reduce([.. elements]));
            }
        }

        return [.. results];
    }
}
