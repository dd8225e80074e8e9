using Nonsmooth.Dictionary;

namespace Nonsmooth.Solutions.Tests.Sequences;

public sealed class SoftOrderTests
{
    private static readonly double[] _x = [0.3, -1.2, 2.5, 0.9, -0.4];

    [Fact]
    public void ASmallStrengthGivesTheRanksAndTheOrder()
    {
        Assert.Equal([3, 1, 5, 4, 2], Run(x => Solve.SoftRank(x, 0.01), _x), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal([-1.2, -0.4, 0.3, 0.9, 2.5], Run(x => Solve.SoftSort(x, 0.01), _x), (a, b) => Math.Abs(a - b) < 1e-9);
    }

    [Fact]
    public void ALargeStrengthGivesMeans()
    {
        Assert.All(Run(x => Solve.SoftRank(x, 1e6), _x), r => Assert.Equal(3, r, 1e-5));
        Assert.All(Run(x => Solve.SoftSort(x, 1e6), _x), r => Assert.Equal(_x.Average(), r, 1e-5));
    }

    // The projection of x/ε on the permutahedron is the nearest point of it: no permutation is on the far side of its plane, and the sum is that of 1 to n.
    [Theory]
    [InlineData(0.3)]
    [InlineData(1.0)]
    [InlineData(3.0)]
    public void RanksAreTheProjectionOnThePermutahedron(double strength)
    {
        double[] r = Run(x => Solve.SoftRank(x, strength), _x);
        double[] normal = [.. _x.Zip(r, (x, y) => (x / strength) - y)];
        double[] best = [.. normal.Order().Select((v, i) => v * (i + 1))];
        Assert.Equal(best.Sum(), normal.Zip(r, (a, b) => a * b).Sum(), 1e-9);
        Assert.Equal(15, r.Sum(), 1e-12);
    }

    [Fact]
    public void TiesHaveOneRankAndNoKink()
    {
        double[] r = Run(x => Solve.SoftRank(x, 1), [1.0, 1.0, 4.0]);
        Assert.Equal([1.5, 1.5, 3], r, (a, b) => Math.Abs(a - b) < 1e-12);
        double[] moved = Run(x => Solve.SoftRank(x, 1), [1.0 + 1e-6, 1.0, 4.0]);
        Assert.Equal(1.5 + 0.5e-6, moved[0], 1e-12);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void DerivativesAreThoseOfDifferences(bool rank)
    {
        var program = Program.Trace(x => (rank ? Solve.SoftRank(x, 0.8) : Solve.SoftSort(x, 0.8)) * x.Builder.Constant(Tensor.Of(new Shape(5), [1.0, -2, 3, 0.5, -1])), new Shape(5));
        double[] gradient = Numbers(Program.Trace(x => x.Builder.Inline(program, x)[0].Sum(), new Shape(5)).Backprop("x"), _x, 1);
        for (int i = 0; i < 5; i++)
        {
            double[] Moved(double step) => Numbers(program, [.. _x.Select((v, j) => j == i ? v + step : v)], 0);
            Assert.Equal((Moved(1e-6).Sum() - Moved(-1e-6).Sum()) / 2e-6, gradient[i], 1e-7);
        }
    }

    [Fact]
    public void LinesOfABatchAreOrderedEach()
    {
        var program = Program.Trace(x => Solve.SoftRank(x, 0.01), new Shape(2, 3));
        Assert.Equal([1, 2, 3, 3, 2, 1], Numbers(program, [1, 2, 3, 3, 2, 1], 0), (a, b) => Math.Abs(a - b) < 1e-9);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(-1.0)]
    [InlineData(double.NaN)]
    public void AStrengthThatIsNotPositiveIsRefused(double strength)
    {
        var error = Assert.Throws<OutOfRangeException>(() => Program.Trace(x => Solve.SoftRank(x, strength), new Shape(3)));
        Assert.Contains("strength", error.Message, StringComparison.Ordinal);
    }

    private static double[] Run(Func<Variable, Variable> function, double[] x) => Numbers(Program.Trace(function, new Shape(x.Length)), x, 0);

    private static double[] Numbers(Program program, double[] x, int output) => ((Tensor<double>)Interpreter.Run<Float64>(program, [x])[output]).Elements;
}
