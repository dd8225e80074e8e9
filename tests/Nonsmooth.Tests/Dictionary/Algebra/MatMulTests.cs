namespace Nonsmooth.Tests.Dictionary.Algebra;

public sealed class MatMulTests
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void EveryTransposeHasItsValueDerivativesAndCount(bool left, bool right)
    {
        var a = Applied.Varied(1, left ? [2, 3, 4] : [2, 4, 3]);
        var b = Applied.Varied(2, right ? [2, 5, 3] : [2, 3, 5]);
        var product = new Applied(new MatMul(left, right), a, b);
        var (x, y, z) = (Applied.Doubles(a), Applied.Doubles(b), product.Value());
        for (int s = 0; s < 2; s++)
        {
            for (int i = 0; i < 4; i++)
            {
                for (int j = 0; j < 5; j++)
                {
                    double sum = 0;
                    for (int k = 0; k < 3; k++)
                    {
                        sum += x[(s * 12) + (left ? (k * 4) + i : (i * 3) + k)] * y[(s * 15) + (right ? (j * 3) + k : (k * 5) + j)];
                    }

                    Assert.Equal(sum, z[(s * 20) + (i * 5) + j], 1e-15);
                }
            }
        }

        product.CheckDerivatives();
        product.CheckCount();
        Assert.Equal("80 Add, 120 Multiply", new MatMul(left, right).Count(product.Types).ToString());
    }

    [Fact]
    public void AnEmptySumIsZero()
    {
        var product = new Applied(new MatMul(), Applied.Reals(new Shape(2, 0)), Applied.Reals(new Shape(0, 2)));
        Assert.Equal([0, 0, 0, 0], product.Value());
        product.CheckCount();
    }

    [Fact]
    public void AdjointsAreProductsWithoutTransposeNodes()
    {
        var program = new Applied(new MatMul(true, false), Applied.Varied(1, 3, 4), Applied.Varied(2, 3, 5)).VjpProgram(null, out _);
        Assert.All(program.Nodes, node => Assert.IsType<MatMul>(node.Function));
    }

    [Fact]
    public void AMismatchNamesBothShapes()
    {
        var e = Assert.Throws<ShapeException>(() => new MatMul().InferTypes([new Shape(2, 3), new Shape(4, 5)]));
        Assert.Contains("2×3", e.Message, StringComparison.Ordinal);
        Assert.Contains("4×5", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new[] { 3 }, new[] { 3 }, new int[0])]
    [InlineData(new[] { 3 }, new[] { 3, 4 }, new[] { 4 })]
    [InlineData(new[] { 2, 3 }, new[] { 3 }, new[] { 2 })]
    [InlineData(new[] { 5, 2, 3 }, new[] { 3, 4 }, new[] { 5, 2, 4 })]
    [InlineData(new[] { 2, 3 }, new[] { 5, 3, 4 }, new[] { 5, 2, 4 })]
    [InlineData(new[] { 5, 1, 2, 3 }, new[] { 6, 3, 4 }, new[] { 5, 6, 2, 4 })]
    public void TheFunctionBroadcasts(int[] a, int[] b, int[] expected)
    {
        var builder = new ProgramBuilder();
        var y = Functions.MatMul(builder.Input("a", new Shape(a)), builder.Input("b", new Shape(b)));
        Assert.Equal(new Shape(expected), y.Shape);
        var (left, right) = (Applied.Varied(1, a), Applied.Varied(2, b));
        var value = Applied.Doubles(Applied.Run(builder.Build([("y", y)]), left, right)[0]);

        // The last entry is the product of the last row and the last column.
        double[] row = Applied.Doubles(left)[^3..];
        int columns = b.Length == 1 ? 1 : b[^1];
        double[] all = Applied.Doubles(right);
        double sum = Enumerable.Range(0, 3).Sum(k => row[k] * all[all.Length - 1 - ((2 - k) * columns)]);
        Assert.Equal(sum, value[^1], 1e-15);
    }

    [Fact]
    public void OneWeightForAStackMakesOneProduct()
    {
        var builder = new ProgramBuilder();
        var y = Functions.MatMul(builder.Input("a", new Shape(5, 2, 3)), builder.Input("b", new Shape(4, 3)), transposeRight: true);
        var product = Assert.Single(builder.Build([("y", y)]).Nodes, n => n.Function is MatMul);
        Assert.Equal(new MatMul(false, true), product.Function);
        Assert.Equal(new Shape(5, 2, 4), y.Shape);
    }
}
