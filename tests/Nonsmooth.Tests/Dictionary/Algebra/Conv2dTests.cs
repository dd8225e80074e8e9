namespace Nonsmooth.Tests.Dictionary.Algebra;

public sealed class Conv2dTests
{
    /// <summary>Input, weight, stride, padding, dilation, groups.</summary>
    public static TheoryData<int[], int[], int[], int[], int[], int> Cases => new()
    {
        { [2, 3, 5, 6], [4, 3, 3, 2], [1, 1], [0, 0], [1, 1], 1 },
        { [1, 2, 5, 5], [3, 2, 3, 3], [1, 1], [1, 1], [1, 1], 1 },
        { [2, 2, 6, 5], [2, 2, 3, 3], [2, 2], [1, 1], [1, 1], 1 },
        { [1, 4, 6, 6], [6, 2, 3, 3], [2, 1], [1, 0], [1, 2], 2 },
        { [1, 3, 4, 4], [3, 1, 2, 3], [3, 2], [2, 1], [2, 1], 3 },
        { [1, 1, 2, 2], [1, 1, 1, 1], [1, 1], [2, 1], [1, 1], 1 },
        { [1, 1, 1, 3], [2, 1, 3, 3], [2, 3], [2, 2], [2, 2], 1 },
    };

    [Fact]
    public void CorrelatesWithoutFlippingTheKernel()
    {
        var x = Applied.Reals(new Shape(1, 1, 3, 3), 1, 2, 3, 4, 5, 6, 7, 8, 9);
        var w = Applied.Reals(new Shape(1, 1, 2, 2), 1, 0, 0, -2);
        Assert.Equal([-9, -10, -12, -13], new Applied(Of(), x, w).Value());
        Assert.Equal([-8, -9, -11, -12], new Applied(Of(), x, w, Applied.Reals(new Shape(1), 1)).Value());
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void AgreesBitForBitWithAPlainLoop(int[] x, int[] w, int[] stride, int[] padding, int[] dilation, int groups)
    {
        Agree<Rounded<Float64>>();
        Agree<Rounded<Float16>>();

        void Agree<T>()
            where T : struct, INumeric<T>
        {
            Tensor<T> Of(Tensor<Rounded<Float64>> reals) =>
                new(reals.Shape, [.. reals.Elements.Select(e => T.FromDouble(Rounded<Float64>.ToDouble(e)))]);

            var (input, weight) = (Of(Applied.Varied(1, x)), Of(Applied.Varied(2, w)));
            var value = (Tensor<T>)new Conv2d(stride, padding, dilation, groups).Evaluate<T>([input, weight])[0];
            var expected = Naive(input, weight, stride, padding, dilation, groups, value.Shape);
            Assert.Equal(expected.Select(T.ToDouble), value.Elements.Select(T.ToDouble));
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void HasDerivativesAndCount(int[] x, int[] w, int[] stride, int[] padding, int[] dilation, int groups)
    {
        var function = new Conv2d(stride, padding, dilation, groups);
        foreach (bool bias in new[] { false, true })
        {
            Tensor[] arguments = [Applied.Varied(1, x), Applied.Varied(2, w)];
            var conv = new Applied(function, bias ? [.. arguments, Applied.Varied(3, w[0])] : arguments);
            conv.CheckDerivatives();
            conv.CheckCount();
        }
    }

    [Fact]
    public void CountsTapsInsideThePlaneOnly()
    {
        TensorType[] types = [new Shape(1, 1, 3, 3), new Shape(1, 1, 3, 3)];
        var conv = Of(padding: 1);
        Assert.Equal(81, conv.DenseMultiplyAdds(types));
        Assert.Equal(49, conv.EffectiveMultiplyAdds(types));
        Assert.Equal("40 Add, 49 Multiply", conv.Count(types).ToString());
        Assert.Equal("49 Add, 49 Multiply", conv.Count([.. types, new Shape(1)]).ToString());
    }

    [Fact]
    public void Vgg11OnSmallImagesHasThePublishedMultiplyAdds()
    {
        long dense = 0;
        long effective = 0;
        int size = 32;
        int channels = 3;
        foreach (int width in new[] { 64, 0, 128, 0, 256, 256, 0, 512, 512, 0, 512, 512, 0 })
        {
            if (width == 0)
            {
                size /= 2;
                continue;
            }

            TensorType[] types = [new Shape(1, channels, size, size), new Shape(width, channels, 3, 3)];
            dense += Of(padding: 1).DenseMultiplyAdds(types);
            effective += Of(padding: 1).EffectiveMultiplyAdds(types);
            channels = width;
        }

        TensorType[] classifier = [new Shape(1, 512), new Shape(10, 512)];
        Assert.Equal(152_769_536, dense + new Linear().DenseMultiplyAdds(classifier));
        Assert.Equal(114_325_248, effective + new Linear().EffectiveMultiplyAdds(classifier));
    }

    [Fact]
    public void AMismatchNamesBothShapes()
    {
        var e = Assert.Throws<ShapeException>(() => Of().InferTypes([new Shape(1, 3, 8, 8), new Shape(4, 2, 3, 3)]));
        Assert.Contains("4×2×3×3", e.Message, StringComparison.Ordinal);
        Assert.Contains("1×3×8×8", e.Message, StringComparison.Ordinal);
        Assert.Throws<ShapeException>(() => Of().InferTypes([new Shape(1, 3, 2, 8), new Shape(4, 3, 3, 3)]));
        Assert.Throws<ShapeException>(() => Of().InferTypes([new Shape(1, 3, 8, 8), new Shape(4, 3, 3, 3), new Shape(3)]));
        Assert.Throws<ShapeException>(() => new Conv2d([0, 1], [0, 0], [1, 1], 1).InferTypes([new Shape(1, 3, 8, 8), new Shape(4, 3, 3, 3)]));
        Assert.Throws<ShapeException>(() => new Conv2d([1], [0, 0], [1, 1], 1).InferTypes([new Shape(1, 3, 8, 8), new Shape(4, 3, 3, 3)]));
    }

    [Fact]
    public void TheFunctionTakesOneNumberOrTwo()
    {
        var builder = new ProgramBuilder();
        var (x, w) = (builder.Input("x", new Shape(1, 2, 8, 9)), builder.Input("w", new Shape(4, 1, 3, 3)));
        var y = Functions.Conv2d(x, w, stride: 2, padding: (1, 0), groups: 2);
        Assert.Equal(new Shape(1, 4, 4, 4), y.Shape);
        Assert.Equal(new Conv2d([2, 2], [1, 0], [1, 1], 2), Assert.Single(builder.Build([("y", y)]).Nodes).Function);
    }

    private static Conv2d Of(int padding = 0) => new([1, 1], [padding, padding], [1, 1], 1);

    private static T[] Naive<T>(
        Tensor<T> x, Tensor<T> w, int[] stride, int[] padding, int[] dilation, int groups, Shape output)
        where T : struct, INumeric<T>
    {
        var y = new T[output.Elements];
        var (input, kernel) = (x.Shape, w.Shape);
        int position = 0;
        for (int n = 0; n < output[0]; n++)
        {
            for (int o = 0; o < output[1]; o++)
            {
                int first = o / (kernel[0] / groups) * kernel[1];
                for (int r = 0; r < output[2]; r++)
                {
                    for (int c = 0; c < output[3]; c++, position++)
                    {
                        T? sum = null;
                        for (int tap = 0; tap < kernel[1] * kernel[2] * kernel[3]; tap++)
                        {
                            int i = tap / (kernel[2] * kernel[3]);
                            int row = (r * stride[0]) - padding[0] + (tap / kernel[3] % kernel[2] * dilation[0]);
                            int column = (c * stride[1]) - padding[1] + (tap % kernel[3] * dilation[1]);
                            if (row >= 0 && row < input[2] && column >= 0 && column < input[3])
                            {
                                var product = w[(o * kernel[1] * kernel[2] * kernel[3]) + tap]
                                    * x[(((((n * input[1]) + first + i) * input[2]) + row) * input[3]) + column];
                                sum = sum is { } before ? before + product : product;
                            }
                        }

                        y[position] = sum ?? T.FromDouble(0);
                    }
                }
            }
        }

        return y;
    }
}
