namespace Nonsmooth.Solutions.Tests.Regressions;

public sealed class ValueTests
{
    [Fact]
    public void WithoutGroupPenaltyWorthMentionItIsTheLasso()
    {
        for (ulong seed = 0; seed < 30; seed++)
        {
            var problem = Samples.Groups(new CounterRandom(seed), 14, 8);
            double[] lasso = Projections.ValueTests.Value(new ElasticNet(), [problem[0], problem[1], problem[2], Scalar(0)]);
            double[] group = Projections.ValueTests.Value(new SparseGroupLasso([0, 0, 0, 1, 1, 2, 2, 2]), [problem[0], problem[1], problem[2], Scalar(1e-9)]);
            Projections.ValueTests.Close(lasso, group, 1e-7);
        }
    }

    // Groups of one: the two penalties add up.
    [Fact]
    public void GroupsOfOneAreALasso()
    {
        for (ulong seed = 0; seed < 30; seed++)
        {
            var problem = Samples.Groups(new CounterRandom(seed), 14, 8);
            double[] lasso = Projections.ValueTests.Value(new ElasticNet(), [problem[0], problem[1], Scalar(problem[2][0] + problem[3][0]), Scalar(0)]);
            Projections.ValueTests.Close(lasso, Projections.ValueTests.Value(new SparseGroupLasso([0, 1, 2, 3, 4, 5, 6, 7]), problem), 1e-11);
        }
    }

    [Trait("Speed", "Slow")]
    [Fact]
    public void NoPointNearAMachinesIsBetter()
    {
        for (ulong seed = 0; seed < 100; seed++)
        {
            var random = new CounterRandom(seed);
            var problem = Samples.Classes(random, 12, 3);
            var values = new SupportVectors().Report(problem)[0].Solution.Values;
            double[] at = [.. values[0], values[1][0]];
            double least = Objective(problem, at);

            // Strong duality: the dual's value is the primal's.
            Assert.Equal(least, values[2].Sum() - (values[0].Sum(w => w * w) / 2), 1e-9);
            for (ulong k = 0; k < 50; k++)
            {
                double[] step = Drawn.Normal(random.Derive(k), "step", 4).Elements;
                Assert.True(Objective(problem, [.. at.Zip(step, (a, s) => a + (0.01 * s))]) >= least - 1e-12);
            }
        }
    }

    [Fact]
    public void BoxesAsWideAsAllAreLeastSquaresAndTightOnesHold()
    {
        for (ulong seed = 0; seed < 30; seed++)
        {
            var problem = Samples.Design(new CounterRandom(seed), 12, 6);
            var a = Dense.RowMajor(12, 6, problem[0].Elements);
            double[] free = [.. a.QR().Solve(MathNet.Numerics.LinearAlgebra.Vector<double>.Build.DenseOfArray(problem[1].Elements))];
            var report = new BoxLeastSquares().Report([.. problem, Bound(-10), Bound(10)])[0];
            Projections.ValueTests.Close(free, report.Solution.Values[0], 1e-11);
            Assert.Empty(report.Active);
            double[] fixedOnes = Projections.ValueTests.Value(new BoxLeastSquares(), [.. problem, Bound(0.3), Bound(0.3)]);
            Assert.All(fixedOnes, x => Assert.Equal(0.3, x, 1e-15));
        }
    }

    private static double Objective(IReadOnlyList<Tensor<double>> problem, double[] at) =>
        (at[..3].Sum(w => w * w) / 2) + Enumerable.Range(0, 12).Sum(i =>
            problem[3][0] * problem[2][i] * Math.Max(0, 1 - (problem[1][i] * (at[3] + Enumerable.Range(0, 3).Sum(j => problem[0][(i * 3) + j] * at[j])))));

    private static Tensor<double> Scalar(double number) => Tensor.Of(Shape.Scalar, new[] { number });

    private static Tensor<double> Bound(double number) => Tensor.Generate(new Shape(6), _ => number);
}
