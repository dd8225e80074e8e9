using Nonsmooth.Tests.Dictionary.Algebra;

namespace Nonsmooth.Tests.Dictionary.Pooling;

public sealed class NormPool2dTests
{
    [Fact]
    public void TakesTheNormOfEveryWindow()
    {
        var x = Applied.Reals(new Shape(1, 1, 2, 4), 3, 0, 1, 1, 0, -4, 1, -1);
        Assert.Equal([5, 2], new Applied(new NormPool2d([2, 2], [2, 2]), x).Value());
        Assert.Equal(
            [0.6, 0, 0.5, 0.5, 0, -0.8, 0.5, -0.5],
            new Applied(new NormPool2d([2, 2], [2, 2]), x).Vjp(Applied.Reals(new Shape(1, 1, 1, 2), 1, 1))[0]!.Select(v => Math.Round(v, 15)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(0.5)]
    public void AtZeroEveryEntryIsTheSelected(double selected)
    {
        var x = Applied.Reals(new Shape(1, 1, 2, 2), 0, -0.0, 0, 0);
        var pool = new Applied(new NormPool2d([2, 2], [2, 2]), x);
        var selection = Selection.Default with { NormAtZero = selected };
        double[] expected = [2 * selected, 2 * selected, 2 * selected, 2 * selected];
        Assert.Equal(expected, pool.Vjp(Applied.Reals(new Shape(1, 1, 1, 1), 2), selection)[0]);
        Assert.Equal([10 * selected], pool.Jvp([Applied.Reals(new Shape(1, 1, 2, 2), 1, 2, 3, 4)], selection));
    }

    [Fact]
    public void UnderJaxTheDerivativeAtZeroIsNaNAndElsewhereRight()
    {
        var x = Applied.Reals(new Shape(1, 1, 1, 2), 0, 2);
        var gradient = new Applied(new NormPool2d([1, 1], [1, 1]), x).Vjp(Applied.Reals(new Shape(1, 1, 1, 2), 1, 1), Selection.Jax)[0]!;
        Assert.Equal([double.NaN, 1], gradient);
    }

    [Theory]
    [InlineData(2, 2)]
    [InlineData(3, 1)]
    [InlineData(2, 3)]
    public void HasDerivativesAndCount(int kernel, int stride)
    {
        var pool = new Applied(new NormPool2d([kernel, kernel], [stride, stride]), Applied.Varied(1, 2, 2, 6, 5));
        pool.CheckDerivatives();
        pool.CheckDerivatives(Selection.Default with { NormAtZero = 1 });
        pool.CheckCount();
    }

    [Fact]
    public void NoSelectionChangesTheCountOfTheDerivative()
    {
        var pool = new Applied(new NormPool2d([2, 2], [2, 2]), Applied.Varied(1, 1, 1, 4, 4));
        var counts = new[] { 0, 1, 0.5, double.NaN }.Select(slope =>
        {
            var program = pool.VjpProgram(Selection.Default with { NormAtZero = slope }, out _);
            return program.Nodes.Aggregate(OperationCount.Zero, (sum, n) => sum + n.Function.Count(program.ArgumentTypes(n))).ToString();
        });
        Assert.Single(counts.Distinct());
    }

    [Fact]
    public void TheFunctionStridesByTheKernel()
    {
        var builder = new ProgramBuilder();
        Assert.Equal(new Shape(1, 1, 3, 3), Functions.NormPool2d(builder.Input("x", new Shape(1, 1, 6, 6)), 2).Shape);
    }
}
