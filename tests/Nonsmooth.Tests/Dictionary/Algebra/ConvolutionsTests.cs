namespace Nonsmooth.Tests.Dictionary.Algebra;

public sealed class ConvolutionsTests
{
    public static TheoryData<string, int[], int[], int, Windowing> Cases => new()
    {
        { "a row", [2, 4, 6], [4, 2, 3], 2, new() { Stride = [2], Before = [1], Dilation = [2] } },
        { "a row with uneven borders", [1, 2, 5], [3, 2, 2], 1, new() { Before = [2], After = [0] } },
        { "a cropped plane", [1, 2, 4, 5], [2, 2, 2, 2], 1, new() { Before = [-1, 1], After = [0, 0] } },
        { "a volume", [2, 2, 3, 4, 3], [3, 2, 2, 3, 2], 1, new() },
        { "a volume in groups", [1, 4, 4, 3, 5], [6, 2, 2, 2, 3], 2, new() { Stride = [2, 1, 2], Before = [1, 1, 1], Dilation = [2, 1, 1] } },
        { "a volume with uneven borders", [1, 1, 3, 3, 3], [2, 1, 2, 2, 2], 1, new() { Before = [1, 0, 1], After = [0, 2, 1] } },
        { "four axes", [1, 2, 2, 3, 2, 3], [2, 2, 2, 2, 1, 2], 1, new() { Before = [1, 0, 0, 1] } },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void IsTheSumOverItsTaps(string name, int[] input, int[] kernel, int groups, Windowing windowing)
    {
        Assert.NotEmpty(name);
        var program = Program.Trace((x, w, b) => Conv(x, w, b, windowing, groups), new Shape(input), new Shape(kernel), new Shape(kernel[0]));
        var (x, w, b) = (Drawn(input, 1), Drawn(kernel, 2), Drawn([kernel[0]], 3));
        Near(ByHand(input, kernel, groups, windowing, x, w, b, program.Types[program.Outputs[0].Value].Shape), Written.Run(program, x, w, b));
        foreach (string argument in (string[])["x", "w", "b"])
        {
            Written.Differentiates(program, argument, x, w, b);
        }
    }

    public static TheoryData<string, int[], int[], int, Windowing, int[]> Transposed => new()
    {
        { "a row", [2, 4, 5], [4, 2, 3], 2, new() { Stride = [3], Before = [1], Dilation = [4] }, [2] },
        { "more added than a step", [1, 2, 3], [2, 2, 2], 1, new() { Dilation = [3] }, [2] },
        { "uneven cuts", [1, 2, 3, 4], [2, 3, 2, 2], 1, new() { Stride = [2, 2], Before = [1, 0], After = [0, 1] }, [0, 0] },
        { "a volume", [2, 2, 2, 3, 2], [2, 3, 2, 2, 3], 1, new(), [0, 0, 0] },
        { "a volume in groups", [1, 4, 2, 3, 2], [4, 2, 3, 2, 2], 2, new() { Stride = [2, 2, 1], Before = [1, 0, 1], Dilation = [1, 2, 1] }, [1, 1, 0] },
    };

    // ⟨conv(y), x⟩ = ⟨y, convTranspose(x)⟩, with what is added at the end out of reach of the convolution.
    [Theory]
    [MemberData(nameof(Transposed))]
    public void IsTheTransposeOfTheConvolution(string name, int[] input, int[] kernel, int groups, Windowing windowing, int[] added)
    {
        Assert.NotEmpty(name);
        var program = Program.Trace((x, w, b) => ConvTranspose(x, w, b, windowing, added, groups), new Shape(input), new Shape(kernel), new Shape(kernel[1] * groups));
        var shape = program.Types[program.Outputs[0].Value].Shape;
        var (x, w) = (Drawn(input, 1), Drawn(kernel, 2));
        double[] bias = Drawn([kernel[1] * groups], 3);
        var y = Written.Run(program, x, w, new double[bias.Length]);
        var g = Drawn([.. shape], 4);
        var forward = Program.Trace((y, w) => Conv(y, w, null, windowing, groups), shape, new Shape(kernel));
        double left = Inner(g, y);
        var back = forward.Types[forward.Outputs[0].Value].Shape;
        var convolved = Written.Run(forward, g, w);
        double right = 0;
        for (int i = 0; i < x.Length; i++)
        {
            right += x[i] * convolved[At(i, new Shape(input), back)];
        }

        Assert.Equal(left, right, 1e-10);
        int plane = shape[2..].Elements;
        Near([.. y.Select((v, i) => v + bias[i / plane % bias.Length])], Written.Run(program, x, w, bias));
        foreach (string argument in (string[])["x", "w", "b"])
        {
            Written.Differentiates(program, argument, x, w, bias);
        }
    }

    [Fact]
    public void WhatDoesNotFitIsRefused()
    {
        Refused(new Shape(1, 2), new Shape(1, 2), "at least one axis");
        Refused(new Shape(1, 2, 3, 3, 3), new Shape(1, 2, 3, 3), "at least one axis");
        Refused(new Shape(1, 2, 3, 3, 3), new Shape(1, 3, 2, 2, 2), "input channels");
        Refused(new Shape(1, 2, 3, 3, 3), new Shape(1, 2, 4, 2, 2), "does not fit");

        static void Refused(Shape x, Shape weight, string words) => Assert.Contains(
            words, Assert.Throws<ShapeException>(() => Program.Trace((x, w) => Conv(x, w), x, weight)).Message, StringComparison.Ordinal);
    }

    // The place of an element in a larger tensor.
    private static int At(int position, Shape shape, Shape larger)
    {
        int at = 0, step = 1;
        for (int axis = shape.Rank - 1; axis >= 0; axis--)
        {
            (position, int index) = Math.DivRem(position, shape[axis]);
            at += index * step;
            step *= larger[axis];
        }

        return at;
    }

    private static double[] ByHand(int[] input, int[] kernel, int groups, Windowing windowing, double[] x, double[] w, double[] b, Shape output)
    {
        int axes = input.Length - 2;
        var (planes, taps, windows) = (new Shape(input.AsSpan(2)), new Shape(kernel.AsSpan(2)), output[2..]);
        var results = new double[output.Elements];
        for (int r = 0; r < results.Length; r++)
        {
            int window = r % windows.Elements;
            int o = r / windows.Elements % kernel[0];
            int n = r / windows.Elements / kernel[0];
            results[r] = b[o];
            for (int i = 0; i < kernel[1]; i++)
            {
                for (int tap = 0; tap < taps.Elements; tap++)
                {
                    int place = 0, left = window, within = tap, step = 1;
                    bool inside = true;
                    for (int axis = axes - 1; axis >= 0; axis--)
                    {
                        int at = (left % windows[axis] * (windowing.Stride?[axis] ?? 1)) - (windowing.Before?[axis] ?? 0) + (within % taps[axis] * (windowing.Dilation?[axis] ?? 1));
                        (left, within) = (left / windows[axis], within / taps[axis]);
                        inside &= at >= 0 && at < planes[axis];
                        place += at * step;
                        step *= planes[axis];
                    }

                    int channel = (o / (kernel[0] / groups) * kernel[1]) + i;
                    results[r] += inside ? w[(((o * kernel[1]) + i) * taps.Elements) + tap] * x[(((n * input[1]) + channel) * planes.Elements) + place] : 0;
                }
            }
        }

        return results;
    }

    private static double Inner(double[] a, double[] b) => a.Zip(b, (p, q) => p * q).Sum();

    private static double[] Drawn(int[] sizes, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, new Shape(sizes).Elements).Select(_ => (2 * random.NextDouble()) - 1)];
    }

    private static void Near(double[] expected, double[] value)
    {
        Assert.Equal(expected.Length, value.Length);
        Assert.All(expected.Zip(value), p => Assert.Equal(p.First, p.Second, 1e-12));
    }
}
