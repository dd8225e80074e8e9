using static Nonsmooth.Dictionary.VariableExtensions;

namespace Nonsmooth.Solutions.Tests.Regressions;

public sealed class LogisticLassoTests
{
    [Fact]
    public void OneColumnIsSolvedByItsOwnEquation()
    {
        // Three ones of one label, one of the other: λ = 3σ(−β) − σ(β) has the root β = log 5/3 at λ = ½.
        var report = Report([1, 1, 1, 1], [1, 1, 1, -1], 0.5);
        Assert.Equal(Math.Log(5.0 / 3), report.Solution.Values[0][0], 1e-14);

        // dβ/dλ = −1/Σσ(β)σ(−β).
        double sigma = 5.0 / 8;
        Assert.Equal(-1 / (4 * sigma * (1 - sigma)), report.Derivative.Cotangent([[1]])[2][0], 1e-13);
        Assert.True(report.IsRegular);
    }

    [Fact]
    public void TheLeastPenaltyWithoutACoefficientIsAKink()
    {
        var report = Report([1, 1, 1, 1], [1, 1, 1, -1], 1);
        Assert.Equal([0], report.WeaklyActive);
        var sides = report.OneSided([new double[4], new double[4], [1]]);
        Assert.Equal(0, sides.Right[0][0]);
        Assert.Equal(-1, sides.Left[0][0], 1e-12);
    }

    [Fact]
    public void ManyColumnsHoldTheConditions()
    {
        var random = new CounterRandom(4);
        var (n, p) = (60, 700);
        double[] x = [.. Enumerable.Range(0, n * p).Select(i => random.Normal((ulong)i))];
        double[] y = [.. Enumerable.Range(0, n).Select(i => x[i * p] - x[(i * p) + 7] + (0.3 * random.Derive("noise").Normal((ulong)i)) > 0 ? 1.0 : -1)];
        var beta = Report(x, y, 3).Solution.Values[0];
        Assert.InRange(beta.Count(b => b != 0), 3, n);
        for (int j = 0; j < p; j++)
        {
            double pull = 0;
            for (int i = 0; i < n; i++)
            {
                double margin = y[i] * Enumerable.Range(0, p).Sum(k => x[(i * p) + k] * beta[k]);
                pull += x[(i * p) + j] * y[i] / (1 + Math.Exp(margin));
            }

            Assert.True(beta[j] == 0 ? Math.Abs(pull) <= 3 + 1e-11 : Math.Abs(pull - (3 * Math.Sign(beta[j]))) <= 1e-11, $"{j}: {pull} at {beta[j]}");
        }
    }

    [Fact]
    public void SeparatedLabelsWithoutAPenaltyAreRefused() =>
        Assert.Contains("raise lambda", Assert.Throws<NotConvergedException>(() => Report([1, -1], [1, -1], 0)).Message, StringComparison.Ordinal);

    [Fact]
    public void ANegativePenaltyIsRefused() => Assert.Throws<NotConvexException>(() => Report([1, 1], [1, -1], -1));

    [Fact]
    public void TheSecondDerivativeIsThatOfTheEquation()
    {
        var program = Program.Trace((x, y, lambda) => Solve.LogisticLasso(x, y, lambda).Sum(), new Shape(4, 1), new Shape(4), Shape.Scalar);
        var second = program.Backprop(new BackpropOptions { WithRespectTo = ["lambda"], KeepValues = false })
            .Backprop(new BackpropOptions { WithRespectTo = ["lambda"], KeepValues = false });
        double found = ((Tensor<double>)Interpreter.Run<Float64>(second, new double[] { 1, 1, 1, 1 }, new double[] { 1, 1, 1, -1 }, new[] { 0.5 })[0])[0];

        // β' = −1/h(β), h = 4σ(1 − σ): β'' = h'β'/h² with h' = 4σ(1 − σ)(1 − 2σ).
        double sigma = 5.0 / 8;
        double h = 4 * sigma * (1 - sigma);
        Assert.Equal(-h * (1 - (2 * sigma)) / (h * h * h), found, 1e-12);
    }

    private static SolutionReport Report(double[] x, double[] y, double lambda) => new LogisticLasso().Report(
        [Tensor.Of(new Shape(y.Length, x.Length / y.Length), x), Tensor.Of(new Shape(y.Length), y), Tensor.Of(Shape.Scalar, new[] { lambda })])[0];
}
