using Nonsmooth.Solutions.Tests.Proofs;
using Nonsmooth.Solutions.Tests.Reports;
using Nonsmooth.Tests.Arithmetic;

namespace Nonsmooth.Solutions.Tests.LinearAlgebra;

/// <summary>Gradients at ill-conditioned matrices beside exact fractions, with the estimate that a report gives of their error.</summary>
public sealed class IllConditionedTests
{
    private delegate Rational[][] Exact(double[][] problem, double[][] cotangents);

    private static readonly (string Name, SolutionMap Map, int Rows, Exact Truth)[] _kinds =
    [
        ("solve", new LinearSolve(), 4, (p, c) =>
        {
            var a = ExactSystem.Rows(p[0], 4);
            var x = ExactSystem.Solve(a, ExactSystem.Vector(p[1]))![0];
            var right = ExactSystem.Solve(ExactSystem.Transposed(a), ExactSystem.Vector(c[0]))![0];
            return [Outer(right, x, -1), right];
        }),
        ("inverse", new Inverse(), 4, (p, c) =>
        {
            var inverse = Inverted(ExactSystem.Rows(p[0], 4));
            var moved = ExactSystem.Transposed(inverse).Select(row => ExactSystem.Times(ExactSystem.Transposed(ExactSystem.Rows(c[0], 4)), row)).ToArray();
            return [[.. moved.SelectMany(row => ExactSystem.Times(inverse, row)).Select(x => -x)]];
        }),
        ("slogdet", new LogDeterminant(), 4, (p, c) =>
            [[.. ExactSystem.Transposed(Inverted(ExactSystem.Rows(p[0], 4))).SelectMany(row => row).Select(x => x * c[1][0])]]),
        ("det", new Determinant(), 4, (p, c) => [[.. Cofactors(ExactSystem.Rows(p[0], 4)).Select(x => x * c[0][0])]]),
        ("least squares", new LeastSquares(), 6, (p, c) =>
        {
            var a = ExactSystem.Rows(p[0], 4);
            var (columns, b) = (ExactSystem.Transposed(a), ExactSystem.Vector(p[1]));
            var solved = ExactSystem.Solve(ExactSystem.Gram(a), ExactSystem.Times(columns, b), ExactSystem.Vector(c[0]))!;
            var right = ExactSystem.Times(a, solved[1]);
            var rest = b.Zip(ExactSystem.Times(a, solved[0]), (x, y) => x - y).ToArray();
            return [[.. Outer(right, solved[0], -1).Zip(Outer(rest, solved[1], 1), (x, y) => x + y)], right];
        }),
    ];

    public static TheoryData<string> Kinds => [.. _kinds.Select(k => k.Name)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void TheEstimateOfAReportIsNotBelowTheError(string kind)
    {
        var (_, map, rows, truth) = _kinds.Single(k => k.Name == kind);
        double worst = 0;
        double relative = 0;
        for (int seed = 0; seed < Trials.Count(40); seed++)
        {
            var random = new CounterRandom((ulong)seed).Derive(kind);
            double least = Math.Pow(10, -seed % 11);
            Tensor<double>[] problem = [.. PlantedMatrices.Any(random, rows, 4, 1, Math.Pow(least, 0.3), Math.Sqrt(least), least), .. map.Parameters.Skip(1).Select(_ => Drawn.Normal(random, "b", rows, 1))];
            var report = map.Report(problem)[0];
            double[][] cotangents = [.. report.Solution.Values.Select((v, i) => Drawn.Normal(random.Derive((ulong)i), "cotangent", v.Length).Elements)];
            var bound = report.Bound(cotangents);
            var exact = truth([.. problem.Select(t => t.Elements)], cotangents);
            double[][] errors = [.. exact.Zip(bound.Gradient, (e, g) => e.Zip(g, (x, y) => (x - y).Near()).ToArray())];
            double size = Dense.Length([.. exact.Select(e => e.Select(x => x.Near()).ToArray())]);
            worst = Math.Max(worst, Dense.Length(errors) / bound.Bound);
            relative = Math.Max(relative, Dense.Length(errors) / (size * report.Condition));
            Assert.True(Dense.Length(errors) <= bound.Bound, $"seed {seed}, least singular value {least}: error {Dense.Length(errors)}, bound {bound.Bound}: {bound.Reason}");
        }

        Console.WriteLine(FormattableString.Invariant($"{kind}: error at most {worst:G2} of the estimate, {relative:G2} of size and condition"));
    }

    // Of a rounded singular matrix no pivot need be near 0, where the others are graded.
    [Fact]
    public void SingularMatricesAreRefusedAndThoseOfConditionTenToTheThirteenAreNot()
    {
        for (int seed = 0; seed < Trials.Count(200); seed++)
        {
            var random = new CounterRandom((ulong)seed);
            int n = 2 + (seed % 7);
            double low = Math.Pow(10, Drawn.Uniform(random, "low", -8, 0)[0]);
            double[] graded = [.. Enumerable.Range(0, n).Select(i => Math.Pow(low, (double)i / n))];
            var singular = PlantedMatrices.Any(random, n, n, [.. graded[..^1], 0]);
            var error = Assert.Throws<SingularSolutionException>(() => new Inverse().Report(singular));
            Assert.True(error.Residual <= 2 * SquareSystem.Precision, $"seed {seed}: {error.Message}");
            var regular = new Inverse().Report(PlantedMatrices.Any(random, n, n, [.. graded.Select((_, i) => Math.Pow(1e-13, (double)i / (n - 1)))]))[0];
            Assert.InRange(regular.Condition, 1e12, 1e14);
        }
    }

    private static Rational[] Outer(Rational[] a, Rational[] b, int sign) => [.. a.SelectMany(x => b.Select(y => sign * x * y))];

    private static Rational[][] Inverted(Rational[][] a) => ExactSystem.Transposed(ExactSystem.Solve(
        a, [.. Enumerable.Range(0, a.Length).Select(i => Enumerable.Range(0, a.Length).Select(j => (Rational)(i == j ? 1 : 0)).ToArray())])!);

    // By expansion of the minors along their first rows.
    private static IEnumerable<Rational> Cofactors(Rational[][] a) => Enumerable.Range(0, a.Length).SelectMany(i => Enumerable.Range(0, a.Length)
        .Select(j => ((i + j) % 2 == 0 ? 1 : -1) * Determinant(Minor(a, i, j))));

    private static Rational Determinant(Rational[][] a) => a.Length == 0 ? 1
        : Enumerable.Range(0, a.Length).Select(j => (j % 2 == 0 ? 1 : -1) * a[0][j] * Determinant(Minor(a, 0, j))).Aggregate((Rational)0, (s, x) => s + x);

    private static Rational[][] Minor(Rational[][] a, int row, int column) =>
        [.. a.Where((_, i) => i != row).Select(r => r.Where((_, j) => j != column).ToArray())];
}
