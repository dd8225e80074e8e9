using CsCheck;

namespace Nonsmooth.Tests.Cost;

public sealed class NonNegativeLeastSquaresTests
{
    private static readonly Gen<double> _coefficient = Gen.OneOf(Gen.Const(0.0), Gen.Double[0.1, 10]);

    [Fact]
    public void APlantedModelIsRecovered() =>
        Gen.Select(_coefficient.Array[4], Gen.Double[0, 1].Array[4].Array[20]).Sample((planted, rows) =>
        {
            double[] values = [.. rows.Select(row => row.Zip(planted, (a, b) => a * b).Sum())];
            double[] found = NonNegativeLeastSquares.Solve(rows, values);
            Assert.All(found, x => Assert.True(x >= 0));
            double error = rows.Zip(values, (row, value) => Math.Abs(row.Zip(found, (a, b) => a * b).Sum() - value)).Max();
            Assert.True(error < 1e-6, $"{error}");
        });

    [Fact]
    public void ScalesThatAreFarApartDoNotMatter()
    {
        double[][] rows = [.. Enumerable.Range(1, 12).Select(i => new[] { 1, i * 1e6, i * i * 1e9 })];
        double[] found = NonNegativeLeastSquares.Solve(rows, [.. rows.Select(r => (3e-6 * r[0]) + (2e-11 * r[1]))]);
        Assert.Equal(3e-6, found[0], 1e-9);
        Assert.Equal(2e-11, found[1], 1e-15);
        Assert.Equal(0, found[2], 1e-18);
    }

    [Fact]
    public void ANegativeInfluenceIsLeftOut()
    {
        double[] found = NonNegativeLeastSquares.Solve([[1, 0], [1, 1]], [3, 2]);
        Assert.Equal(2.5, found[0], 1e-9);
        Assert.Equal(0, found[1]);
    }

    [Fact]
    public void NothingToFitIsSaid() => Assert.Contains(
        "0 rows", Assert.Throws<NonsmoothException>(() => NonNegativeLeastSquares.Solve([], [])).Message, StringComparison.Ordinal);
}
