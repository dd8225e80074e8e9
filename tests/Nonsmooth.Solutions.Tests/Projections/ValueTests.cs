using MathNet.Numerics.LinearAlgebra;

namespace Nonsmooth.Solutions.Tests.Projections;

public sealed class ValueTests
{
    [Fact]
    public void ASimplexIsAQuadraticProgram()
    {
        for (ulong seed = 0; seed < 100; seed++)
        {
            var problem = Samples.Sized(new CounterRandom(seed), 8, 0.5, 2);
            double[] x = Value(new Simplex(), problem);
            double[] expected = Program(
                problem[0].Elements, Matrix<double>.Build.Diagonal(8, 8, -1), new double[8], Matrix<double>.Build.Dense(1, 8, 1), [problem[1][0]]);
            Close(expected, x);
        }
    }

    [Fact]
    public void AnL1BallsSignsFollowItsSimplex()
    {
        for (ulong seed = 0; seed < 100; seed++)
        {
            var problem = Samples.Sized(new CounterRandom(seed), 8, 0.5, 1);
            double[] z = problem[0].Elements;
            double[] x = Value(new L1Ball(), problem);
            double[] sizes = Value(new Simplex(), [Tensor.Of(problem[0].Shape, Array.ConvertAll(z, Math.Abs)), problem[1]]);
            Close([.. sizes.Zip(z, (s, v) => s * Math.Sign(v))], x);
        }
    }

    // P is the projection on a cone exactly when P is in it, P − Z in the dual cone, and they are orthogonal (Moreau).
    [Fact]
    public void ConesSplitAPointIntoOrthogonalParts()
    {
        for (ulong seed = 0; seed < 100; seed++)
        {
            var symmetric = Samples.Symmetric(new CounterRandom(seed), 5);
            var x = Dense.RowMajor(5, 5, Value(new SemidefiniteCone(), symmetric));
            var rest = x - Dense.RowMajor(5, 5, symmetric[0].Elements);
            Assert.True(x.Evd(Symmetricity.Symmetric).EigenValues.Min(v => v.Real) >= -1e-12);
            Assert.True(rest.Evd(Symmetricity.Symmetric).EigenValues.Min(v => v.Real) >= -1e-12);
            Assert.Equal(0, x.PointwiseMultiply(rest).Enumerate().Sum(), 1e-11);

            var cone = Samples.Cone(new CounterRandom(seed), 4);
            var solution = new SecondOrderCone().Report(cone)[0].Solution.Values;
            double[] away = [.. solution[1].Zip(cone[1].Elements, (a, b) => a - b)];
            Assert.True(Dense.Length([solution[1]]) <= solution[0][0] + 1e-12);
            Assert.True(Dense.Length([away]) <= solution[0][0] - cone[0][0] + 1e-12);
            Assert.Equal(0, (solution[0][0] * (solution[0][0] - cone[0][0])) + solution[1].Zip(away, (a, b) => a * b).Sum(), 1e-12);
        }
    }

    [Fact]
    public void EntmaxIsStationaryAndBothExactSolversAgreeWithNewton()
    {
        for (ulong seed = 0; seed < 200; seed++)
        {
            double alpha = seed % 3 == 0 ? 1.5 : seed % 3 == 1 ? 2 : 1.02 + (0.96 * new CounterRandom(seed).Uniform(0));
            double[] z = Array.ConvertAll(Drawn.Normal(new CounterRandom(seed), "z", 9).Elements, v => 2 * v);
            double[] x = Entmax(z, alpha);
            Assert.Equal(1, x.Sum(), 1e-14);

            // (α − 1)z − x^{α−1} is one τ on the support, and (α − 1)z at most τ elsewhere.
            double[] thresholds = [.. z.Zip(x).Where(p => p.Second > 0).Select(p => ((alpha - 1) * p.First) - Math.Pow(p.Second, alpha - 1))];
            Assert.True(thresholds.Max() - thresholds.Min() <= 1e-12, $"seed {seed}, alpha {alpha}: {thresholds.Max() - thresholds.Min()}");
            Assert.All(z.Zip(x).Where(p => p.Second == 0), p => Assert.True((alpha - 1) * p.First <= thresholds.Min() + 1e-12));
            double near = alpha == 2 ? 2 - 1e-12 : alpha + 1e-12;
            Close(Entmax(z, near), x, 1e-10);
        }
    }

    [Fact]
    public void EntmaxNearSoftmaxIsSoftmax()
    {
        double[] z = [0.3, -1, 2, 0];
        double sum = z.Sum(Math.Exp);
        Close(Array.ConvertAll(z, v => Math.Exp(v) / sum), Entmax(z, 1 + 1e-7), 1e-6);
    }

    private static double[] Entmax(double[] z, double alpha) =>
        Value(new Entmax(), [Tensor.Of(new Shape(z.Length), z), Tensor.Of(Shape.Scalar, new[] { alpha })]);

    internal static double[] Value(SolutionMap map, IReadOnlyList<Tensor<double>> problem) => map.Report(problem)[0].Solution.Values[0];

    internal static double[] Program(double[] z, Matrix<double> g, double[] h, Matrix<double> a, double[] b) =>
        [.. QuadraticSolver.Solve(
            new(
                Matrix<double>.Build.DenseIdentity(z.Length),
                -Vector<double>.Build.DenseOfArray(z),
                g,
                Vector<double>.Build.DenseOfArray(h),
                a,
                Vector<double>.Build.DenseOfArray(b)),
            1e-13,
            true).X];

    internal static void Close(double[] expected, double[] actual, double tolerance = 1e-10) =>
        Assert.All(expected.Zip(actual), p => Assert.Equal(p.First, p.Second, tolerance));
}
