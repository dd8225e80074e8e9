namespace Nonsmooth.Tests.Dictionary.Algebra;

public sealed class LinearTests
{
    [Fact]
    public void MultipliesByTheTransposedWeightAndAddsTheBias()
    {
        var layer = new Applied(
            new Linear(),
            Applied.Reals(new Shape(2, 2), 1, 2, 3, 4),
            Applied.Reals(new Shape(3, 2), 1, 0, 0, 1, 1, -1),
            Applied.Reals(new Shape(3), 10, 20, 30));
        Assert.Equal([11, 22, 29, 13, 24, 29], layer.Value());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void HasDerivativesAndCountWithAnyLeadingAxes(bool bias)
    {
        foreach (int[] lead in new int[][] { [], [4], [2, 3] })
        {
            Tensor[] arguments = [Applied.Varied(1, [.. lead, 3]), Applied.Varied(2, 5, 3)];
            var layer = new Applied(new Linear(), bias ? [.. arguments, Applied.Varied(3, 5)] : arguments);
            layer.CheckDerivatives();
            layer.CheckCount();
        }
    }

    [Fact]
    public void TangentsOfAllArgumentsAddUp()
    {
        Tensor[] tangents = [Applied.Varied(4, 2, 3), Applied.Varied(5, 5, 3), Applied.Varied(6, 5)];
        var layer = new Applied(new Linear(), Applied.Varied(1, 2, 3), Applied.Varied(2, 5, 3), Applied.Varied(3, 5));
        var together = layer.Jvp(tangents);
        double[] Alone(int i) => layer.Jvp([.. tangents.Select((t, j) => i == j ? t : null)]);
        var (x, w, b) = (Alone(0), Alone(1), Alone(2));
        for (int i = 0; i < together.Length; i++)
        {
            Assert.Equal(x[i] + w[i] + b[i], together[i], 1e-14);
        }
    }

    [Fact]
    public void CountsAsTheUnitModelDoes()
    {
        TensorType[] types = [new Shape(1, 4), new Shape(8, 4), new Shape(8)];
        Assert.Equal("32 Add, 32 Multiply", new Linear().UnitCount(types).ToString());
        Assert.Equal(32, new Linear().DenseMultiplyAdds(types));
    }

    [Fact]
    public void WithoutInputsItIsTheBias()
    {
        var layer = new Applied(
            new Linear(), Applied.Reals(new Shape(1, 0)), Applied.Reals(new Shape(2, 0)), Applied.Reals(new Shape(2), 3, 4));
        Assert.Equal([3, 4], layer.Value());
        layer.CheckCount();
    }

    [Fact]
    public void AMismatchNamesTheArgument()
    {
        var e = Assert.Throws<ShapeException>(() => new Linear().InferTypes([new Shape(2, 3), new Shape(5, 4)]));
        Assert.Contains("weight", e.Message, StringComparison.Ordinal);
        Assert.Contains("5×4", e.Message, StringComparison.Ordinal);
        Assert.Contains("2×3", e.Message, StringComparison.Ordinal);
        Assert.Throws<ShapeException>(() => new Linear().InferTypes([new Shape(2, 3), new Shape(5, 3), new Shape(4)]));
    }
}
