using MathNet.Numerics.LinearAlgebra;

namespace Nonsmooth.Solutions.Tests.Sequences;

public sealed class ValueTests
{
    [Fact]
    public void IsotonicRegressionIsAQuadraticProgram()
    {
        for (ulong seed = 0; seed < 100; seed++)
        {
            var problem = Samples.Rising(new CounterRandom(seed), 12);
            var (y, w) = (problem[0].Elements, problem[1].Elements);
            double[] expected = [.. QuadraticSolver.Solve(
                new(
                    Matrix<double>.Build.DiagonalOfDiagonalArray(w),
                    Vector<double>.Build.Dense(12, i => -w[i] * y[i]),
                    Matrix<double>.Build.Dense(11, 12, (i, j) => j == i ? 1 : j == i + 1 ? -1 : 0),
                    Vector<double>.Build.Dense(11)),
                1e-13,
                true).X];
            Projections.ValueTests.Close(expected, Projections.ValueTests.Value(new Isotonic(), problem));
        }
    }

    // The dual of total variation is a projection on a box: x = y − Dᵀu, |u| ≤ λ.
    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(40)]
    public void TotalVariationIsOptimal(int size)
    {
        for (ulong seed = 0; seed < 300; seed++)
        {
            var problem = Samples.Signal(new CounterRandom(seed), size);
            double[] y = problem[0].Elements;
            double lambda = problem[1][0] * (seed % 3 == 0 ? 0.1 : seed % 3 == 1 ? 1 : 10);
            problem = [problem[0], Tensor.Of(Shape.Scalar, new[] { lambda })];
            double[] x = Projections.ValueTests.Value(new TotalVariation(), problem);
            double u = 0;
            for (int i = 0; i < size; i++)
            {
                u -= y[i] - x[i];
                bool last = i == size - 1;
                double step = last ? 0 : x[i + 1] - x[i];
                Assert.True(Math.Abs(u) <= (last ? 0 : lambda) + 1e-12);
                Assert.True(step == 0 || Math.Abs((Math.Sign(step) * lambda) - u) <= 1e-12, $"seed {seed}, at {i}: step {step}, multiplier {u} of {lambda}");
            }
        }
    }
}
