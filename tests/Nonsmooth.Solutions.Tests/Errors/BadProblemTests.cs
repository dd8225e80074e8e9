namespace Nonsmooth.Solutions.Tests.Errors;

public sealed class BadProblemTests
{
    [Fact]
    public void AnInfeasibleProgramIsRefusedWithFarkasMultipliers()
    {
        for (ulong seed = 0; seed < 50; seed++)
        {
            var problem = StandardSolutions.Rows[2].Draw(new CounterRandom(seed)).ToArray();
            var (n, m) = (problem[1].Elements.Length, problem[3].Elements.Length);

            // The last inequality contradicts the first: g·z ≤ h and −2g·z ≤ −2h − 1.
            for (int j = 0; j < n; j++)
            {
                problem[2][((m - 1) * n) + j] = -2 * problem[2][j];
            }

            problem[3][m - 1] = (-2 * problem[3][0]) - 1;
            var error = Assert.Throws<InfeasibleProblemException>(() => new QuadraticProgram().Report(problem));
            Assert.True(error.Residual > 0.01, error.Message);
            double[] w = [.. error.Certificate];
            Assert.Equal(m + problem[5].Elements.Length, w.Length);
            Assert.True(w.Take(m).Min() >= -1e-9);

            // Rows of length 1: what the multipliers combine must vanish on the left and be negative on the right.
            double right = 0;
            double[] left = new double[n];
            for (int i = 0; i < w.Length; i++)
            {
                var (rows, numbers, k) = i < m ? (problem[2], problem[3], i) : (problem[4], problem[5], i - m);
                double length = Math.Sqrt(Enumerable.Range(0, n).Sum(j => rows[(k * n) + j] * rows[(k * n) + j]));
                right += w[i] * numbers[k] / length;
                for (int j = 0; j < n; j++)
                {
                    left[j] += w[i] * rows[(k * n) + j] / length;
                }
            }

            Assert.True(Dense.Largest(left) <= 1e-6 && right <= -1e-3, $"seed {seed}: {Dense.Largest(left)}, {right}");
        }
    }

    [Fact]
    public void ContradictingEqualitiesAreInfeasible()
    {
        var problem = Program(q: [1, 0, 0, 1], linear: [0, 0], g: [], h: [], a: [1, 1, 1, 1], b: [0, 1]);
        var error = Assert.Throws<InfeasibleProblemException>(() => new QuadraticProgram().Report(problem));
        Assert.Contains("relax", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnUnboundedProgramIsRefusedWithARay()
    {
        var problem = Program(q: [1, 0, 0, 0], linear: [0, -1], g: [1, 0], h: [1], a: [], b: []);
        var error = Assert.Throws<UnboundedProblemException>(() => new QuadraticProgram().Report(problem));
        Assert.Equal(0, error.Certificate[0], 1e-6);
        Assert.True(error.Certificate[1] > 0.5 && error.Residual < 0);
    }

    [Fact]
    public void AnIndefiniteMatrixIsRefusedWithItsEigenvector()
    {
        var problem = Program(q: [1, 2, 2, 1], linear: [0, 0], g: [1, 0], h: [1], a: [], b: []);
        var error = Assert.Throws<NotConvexException>(() => new QuadraticProgram().Report(problem));
        Assert.Equal(-1, error.Residual, 1e-12);
        Assert.Equal(0, error.Certificate[0] + error.Certificate[1], 1e-12);
        Assert.Contains("add at least 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ASolutionThatIsNotUniqueHasNoDerivative()
    {
        // Every point of a side of the square is a solution of this linear program.
        var problem = Program(q: new double[4], linear: [-1, 0], g: [1, 0, -1, 0, 0, 1, 0, -1], h: [1, 1, 1, 1], a: [], b: []);
        var report = new QuadraticProgram().Report(problem)[0];
        Assert.Equal(1, report.Solution.Values[0][0], 1e-9);
        Assert.Equal(Invertibility.Fails, report.Invertibility);
        Assert.Throws<SingularSolutionException>(() => report.Derivative.Cotangent([[1, 1], new double[4], []]));
    }

    [Fact]
    public void ANegativePenaltyIsRefused()
    {
        var problem = StandardSolutions.Rows[0].Draw(new CounterRandom(0)).ToArray();
        problem[2][0] = -1;
        Assert.Contains("lambda is -1", Assert.Throws<NotConvexException>(() => new ElasticNet().Report(problem)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AProgramKeepsTheTypeAndNamesTheNodeAndTheProblem()
    {
        var program = Nonsmooth.Programs.Program.Trace(
            (q, c, g, h) => Solve.QuadraticProgram(q, c, g, h), new Shape(2, 2), new Shape(3, 2), new Shape(1, 2), new Shape(1));
        var error = Assert.Throws<UnboundedProblemException>(() =>
            Interpreter.Run<Float64>(program, new[] { 1.0, 0, 0, 0 }, new[] { 0, 0, 0, -1.0, 0, 0 }, new[] { 1.0, 0 }, new[] { 1.0 }));
        Assert.StartsWith("quadratic_program: problem 1 of 3: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ShapesThatDoNotFitNameTheParameter()
    {
        var error = Assert.Throws<ShapeException>(() => Nonsmooth.Programs.Program.Trace(
            (q, c, g, h) => Solve.QuadraticProgram(q, c, g, h), new Shape(2, 2), new Shape(2), new Shape(1, 3), new Shape(1)));
        Assert.Contains("G is 1×3", error.Message, StringComparison.Ordinal);
    }

    private static Tensor<double>[] Program(double[] q, double[] linear, double[] g, double[] h, double[] a, double[] b)
    {
        int n = linear.Length;
        return
        [
            Tensor.Of(new Shape(n, n), q), Tensor.Of(new Shape(n), linear), Tensor.Of(new Shape(h.Length, n), g), Tensor.Of(new Shape(h.Length), h),
            Tensor.Of(new Shape(b.Length, n), a), Tensor.Of(new Shape(b.Length), b),
        ];
    }
}
