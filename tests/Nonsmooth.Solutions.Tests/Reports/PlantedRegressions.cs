using MathNet.Numerics.LinearAlgebra;
using static Nonsmooth.Solutions.Tests.Reports.PlantedMaps;

namespace Nonsmooth.Solutions.Tests.Reports;

/// <summary>Regressions and classifiers whose solutions are on a kink by construction.</summary>
internal static class PlantedRegressions
{
    /// <summary>Two positive unknowns, so many at 0 with the multiplier 0, the others at 0 with one.</summary>
    public static Tensor<double>[] NonNegative(CounterRandom random, int weak)
    {
        var (a, r) = Design(random, 2 + weak);
        for (int j = 2 + weak; j < 6; j++)
        {
            a.SetColumn(j, a.Column(j) * -Math.Sign(a.Column(j).DotProduct(r)));
        }

        double[] x = [.. Drawn.Uniform(random, "x", 0.5, 1.5, 2).Elements, .. new double[4]];
        return [RowMajor(a), Vector([.. (a * Vector<double>.Build.DenseOfArray(x)) + r])];
    }

    /// <summary>Two free unknowns, one at each bound with the multiplier 0, one at each with one.</summary>
    public static Tensor<double>[] Boxed(CounterRandom random)
    {
        var (a, r) = Design(random, 4);
        double[] low = [-1, -1, -0.2, -1, -0.3, -1];
        double[] high = [1, 1, 1, 0.2, 1, 0.4];
        a.SetColumn(4, a.Column(4) * -Math.Sign(a.Column(4).DotProduct(r)));
        a.SetColumn(5, a.Column(5) * Math.Sign(a.Column(5).DotProduct(r)));
        double[] x = [.. Drawn.Uniform(random, "x", -0.7, 0.7, 2).Elements, low[2], high[3], low[4], high[5]];
        return [RowMajor(a), Vector([.. (a * Vector<double>.Build.DenseOfArray(x)) + r]), Vector(low), Vector(high)];
    }

    /// <summary>A machine with one more row, on the margin and without a multiplier, not so near another that differences say little.</summary>
    public static Tensor<double>[] OnTheMargin(CounterRandom random)
    {
        var (problem, solution, _) = Machine(random);
        var w = Vector<double>.Build.DenseOfArray(solution[0]);
        for (ulong attempt = 0; ; attempt++)
        {
            var x = Vector<double>.Build.DenseOfArray(Drawn.Normal(random.Derive(attempt), "more", 3).Elements);
            x += w * ((1 - solution[1][0] - x.DotProduct(w)) / w.DotProduct(w));
            Tensor<double>[] more =
            [
                Tensor.Of(new Shape(13, 3), [.. problem[0].Elements, .. x]), Vector([.. problem[1].Elements, 1]), Vector([.. problem[2].Elements, 1]), problem[3],
            ];
            if (new SupportVectors().Report(more)[0].Condition < 2000)
            {
                return more;
            }
        }
    }

    /// <summary>A machine, of which a row's multiplier reaches the penalty exactly on the margin.</summary>
    public static Tensor<double>[] AtThePenalty(CounterRandom random)
    {
        var (problem, solution, between) = Machine(random);
        problem[2][between[0]] = solution[2][between[0]] / problem[3][0];
        return problem;
    }

    // With two rows on the margin one may leave, or one more come, and the multipliers stay unique; nothing else is near a kink, and the system is well conditioned.
    private static (Tensor<double>[] Problem, IReadOnlyList<double[]> Solution, int[] Between) Machine(CounterRandom random)
    {
        for (ulong attempt = 0; ; attempt++)
        {
            var problem = Samples.Classes(random.Derive(attempt), 12, 3).ToArray();
            var report = new SupportVectors().Report(problem)[0];
            int[] between = [.. Enumerable.Range(0, 12).Where(i => report.Solution.State[i] == 0 && report.Solution.State[12 + i] == 0)];
            if (between.Length == 2 && report.Margin > 1e-3 && report.Condition < 500)
            {
                return (problem, report.Solution.Values, between);
            }
        }
    }

    /// <summary>A group with a coefficient at λ₁ if wished, a group at its penalty if wished, and one well below.</summary>
    public static Tensor<double>[] Groups(CounterRandom random, bool coefficient, bool group)
    {
        int[] groups = [0, 0, 0, 1, 1, 2, 2, 2];
        double lambda1 = Drawn.Uniform(random, "lambda1", 0.3, 1, 1)[0];
        double lambda2 = Drawn.Uniform(random, "lambda2", 0.3, 1, 1)[0];
        double[] shape = [.. Drawn.Uniform(random, "shape", 0.5, 1.5, 8).Elements.Select((v, j) => v * Sign(random, j))];
        double[] beta = [.. shape.Select((v, j) => j > 2 || (j == 2 && coefficient) ? 0 : v)];
        double[] c = new double[8];
        for (int g = 0; g < 3; g++)
        {
            int[] members = [.. Enumerable.Range(0, 8).Where(j => groups[j] == g)];
            double[] along = [.. members.Select(j => g == 0 ? beta[j] : shape[j])];
            double pull = lambda2 * Math.Sqrt(members.Length) / Dense.Length([along]);
            for (int i = 0; i < along.Length; i++)
            {
                c[members[i]] = ((Math.Sign(shape[members[i]]) * lambda1) + (pull * along[i])) * (g == 2 || (g == 1 && !group) ? 0.6 : 1);
            }
        }

        var x = Dense.RowMajor(14, 8, Drawn.Normal(random, "X", 14, 8).Elements);
        var r = x * x.TransposeThisAndMultiply(x).Solve(Vector<double>.Build.DenseOfArray(c));
        return [RowMajor(x), Vector([.. (x * Vector<double>.Build.DenseOfArray(beta)) + r]), Scalar(lambda1), Scalar(lambda2)];
    }

    // A design, and a residual orthogonal to the first columns of it.
    private static (Matrix<double> A, Vector<double> R) Design(CounterRandom random, int orthogonal)
    {
        var a = Dense.RowMajor(10, 6, Drawn.Normal(random, "A", 10, 6).Elements);
        var r = Vector<double>.Build.DenseOfArray(Drawn.Normal(random, "r", 10).Elements);
        var first = a.SubMatrix(0, 10, 0, orthogonal);
        return (a, r - (first * first.QR().Solve(r)));
    }

    private static Tensor<double> RowMajor(Matrix<double> matrix) =>
        Tensor.Of(new Shape(matrix.RowCount, matrix.ColumnCount), matrix.ToRowMajorArray());
}
