using Nonsmooth.Selections;

namespace Nonsmooth.Solutions.Tests.Regressions;

/// <summary>What is solved on a part of the columns or rows is the solution of the whole.</summary>
public sealed class WorkingSetTests
{
    [Theory]
    [InlineData(0.3, 0)]
    [InlineData(0.02, 0)]
    [InlineData(0.05, 0.5)]
    public void ALassoOfManyColumnsHoldsTheConditions(double share, double ridge)
    {
        var random = new CounterRandom(8);
        var (n, p) = (50, 3000);
        double[] x = [.. Enumerable.Range(0, n * p).Select(i => random.Normal((ulong)i))];
        double[] y = [.. Enumerable.Range(0, n).Select(i => x[i * p] - (2 * x[(i * p) + 11]) + random.Derive("noise").Normal((ulong)i))];
        double lambda = share * Correlations(y).Max(Math.Abs);
        var report = new ElasticNet().Report([Tensor.Of(new Shape(n, p), x), Tensor.Of(new Shape(n), y), Number(lambda), Number(ridge)])[0];
        double[] beta = report.Solution.Values[0];
        double[] left = [.. Enumerable.Range(0, n).Select(i => y[i] - Enumerable.Range(0, p).Sum(j => x[(i * p) + j] * beta[j]))];
        double[] r = Correlations(left);
        for (int j = 0; j < p; j++)
        {
            double pull = r[j] - (ridge * beta[j]);
            Assert.True(beta[j] == 0 ? Math.Abs(pull) <= lambda + 1e-10 : Math.Abs(pull - (lambda * Math.Sign(beta[j]))) <= 1e-10, $"{j}: {pull} at {beta[j]}");
        }

        Assert.True(report.Solution.Residual <= 1e-11);

        double[] Correlations(double[] v) => [.. Enumerable.Range(0, p).Select(j => Enumerable.Range(0, n).Sum(i => x[(i * p) + j] * v[i]))];
    }

    [Fact]
    public void ANumberThatIsNoneIsFoundInALargeMatrix()
    {
        double[] x = [.. Enumerable.Repeat(1.0, 3000)];
        x[1234] = double.NaN;
        Assert.Contains("element 1234", Assert.Throws<NotFiniteProblemException>(() => new ElasticNet().Report(
            [Tensor.Of(new Shape(30, 100), x), Tensor.Of(new Shape(30), new double[30]), Number(1), Number(0)])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RowsBetweenTheirBoundsAreTheDual()
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            var drawn = StandardSolutions.Rows.Single(r => r.Map is SupportVectors).Draw(new CounterRandom(seed)).ToArray();
            var problem = new Problem([.. drawn.Select(d => d.Shape)], [.. drawn.Select(d => d.Elements)]);
            var solution = new SupportVectors().Solve(problem);
            var own = Assert.IsType<MarginDerivative>(new SupportVectors().Differentiate(problem, solution, ActivityRule.Inactive));
            var dual = SupportVectorDerivative.Solved(QuadraticDerivative.Data(SupportVectorDerivative.Dual(problem)));
            Assert.All(dual.X.Zip(solution.Values[2]), pair => Assert.Equal(pair.First, pair.Second, 1e-9));

            var other = new SupportVectorDerivative(problem, solution, ActivityRule.Inactive);
            double[][] cotangents = [.. solution.Values.Select((v, r) => v.Select((_, i) => Math.Sin(i + r + 1)).ToArray())];
            double[][] tangents = [.. problem.Values.Select((v, r) => v.Select((_, i) => Math.Cos(i + (3 * r))).ToArray())];
            Close(other.Cotangent(cotangents), own.Cotangent(cotangents));
            Close(other.Tangent(tangents), own.Tangent(tangents));
        }
    }

    [Fact]
    public void FactorsOfAnotherProblemAreNotUsed()
    {
        var drawn = StandardSolutions.Rows.First(r => r.Map is QuadraticProgram).Draw(new CounterRandom(3)).ToArray();
        var problem = new Problem([.. drawn.Select(d => d.Shape)], [.. drawn.Select(d => d.Elements)]);
        var solution = new QuadraticProgram().Solve(problem);
        Assert.NotNull(solution.Kept);
        var other = problem with { Values = [Array.ConvertAll(problem.Values[0], v => 2 * v), .. problem.Values.Skip(1)] };
        double[][] cotangents = [.. solution.Values.Select(v => Array.ConvertAll(v, _ => 1.0))];
        var kept = new QuadraticProgram().Differentiate(other, solution, ActivityRule.Inactive).Cotangent(cotangents);
        var fresh = new QuadraticProgram().Differentiate(other, new Solution(solution.Values, solution.State), ActivityRule.Inactive).Cotangent(cotangents);
        Assert.Equal(fresh.SelectMany(v => v), kept.SelectMany(v => v));
        Close(
            new QuadraticProgram().Differentiate(problem, new Solution(solution.Values, solution.State), ActivityRule.Inactive).Cotangent(cotangents),
            new QuadraticProgram().Differentiate(problem, solution, ActivityRule.Inactive).Cotangent(cotangents));
    }

    private static void Close(IReadOnlyList<double[]> expected, IReadOnlyList<double[]> actual)
    {
        double size = 1 + expected.SelectMany(v => v).Max(Math.Abs);
        Assert.All(expected.SelectMany(v => v).Zip(actual.SelectMany(v => v)), pair => Assert.Equal(pair.First, pair.Second, 1e-8 * size));
    }

    private static Tensor<double> Number(double value) => Tensor.Of(Shape.Scalar, new[] { value });
}
