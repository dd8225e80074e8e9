namespace Nonsmooth.Solutions.Tests.Reports;

/// <summary>Problems whose solutions are planted, some on a kink.</summary>
internal static class Planted
{
    /// <summary>A quadratic program with two strongly active constraints and so many weakly active ones, of six unknowns.</summary>
    public static Tensor<double>[] Quadratic(CounterRandom random, int weak) => Quadratic(random, 6, 8, 1, 2, weak, definite: true, dependent: false);

    /// <summary>A linear program at a vertex of three constraints and a fourth that touches it.</summary>
    public static Tensor<double>[] Linear(CounterRandom random) => Quadratic(random, 3, 7, 0, 3, 1, definite: false, dependent: true);

    /// <summary>A quadratic program in which one active constraint is there twice.</summary>
    public static Tensor<double>[] Twice(CounterRandom random) => Quadratic(random, 5, 8, 1, 2, 1, definite: true, dependent: true);

    /// <summary>A lasso with three nonzero coefficients and so many zeros whose correlation is λ.</summary>
    public static Tensor<double>[] Lasso(CounterRandom random, int weak, bool duplicate = false)
    {
        const int n = 14;
        const int p = 8;
        const int support = 3;
        double[,] x = new double[n, p];
        Fill(x, Drawn.Normal(random, "X", n, p));
        for (int i = 0; i < n && duplicate; i++)
        {
            x[i, support] = x[i, 0];
        }

        double lambda = 1 + random.Derive("lambda").Uniform(0);
        double[] signs = [.. Enumerable.Range(0, p).Select(j => random.Derive("signs").Uniform((ulong)j) < 0.5 ? -1.0 : 1.0)];
        int active = support + weak;
        var basis = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.Dense(n, active - (duplicate ? 1 : 0), (i, j) => x[i, j >= support && duplicate ? j + 1 : j]);
        double[] wanted = [.. Enumerable.Range(0, basis.ColumnCount).Select(j => lambda * signs[j])];
        var r = basis * basis.TransposeThisAndMultiply(basis).Solve(MathNet.Numerics.LinearAlgebra.Vector<double>.Build.DenseOfArray(wanted));
        for (int j = active; j < p; j++)
        {
            double correlation = Enumerable.Range(0, n).Sum(i => x[i, j] * r[i]);
            double factor = Math.Min(1, 0.7 * lambda / Math.Abs(correlation));
            for (int i = 0; i < n; i++)
            {
                x[i, j] *= factor;
            }
        }

        double[] y = [.. Enumerable.Range(0, n).Select(i =>
            r[i] + Enumerable.Range(0, support).Sum(j => x[i, j] * signs[j] * (0.5 + random.Derive("beta").Uniform((ulong)j))))];
        return
        [
            Tensor.Of(new Shape(n, p), x.Cast<double>().ToArray()), Tensor.Of(new Shape(n), y),
            Tensor.Of(Shape.Scalar, new[] { lambda }), Tensor.Of(Shape.Scalar, new[] { 0.0 }),
        ];
    }

    private static Tensor<double>[] Quadratic(
        CounterRandom random, int n, int m, int p, int strong, int weak, bool definite, bool dependent)
    {
        double[] z = Drawn.Normal(random, "z", n).Elements;
        double[] q = definite ? Drawn.Definite(random, "Q", n, 0.5).Elements : new double[n * n];
        double[] g = Drawn.Normal(random, "G", m, n).Elements;
        for (int i = 0; i < Math.Min(n, strong + weak); i++)
        {
            g[(i * n) + i] += 3;
        }

        double[] a = Drawn.Normal(random, "A", p, n).Elements;
        var shares = Drawn.Uniform(random, "shares", 0.3, 1, strong);
        for (int j = 0; j < n && dependent; j++)
        {
            g[(strong * n) + j] = definite ? g[j] : Enumerable.Range(0, strong).Sum(i => shares[i] * g[(i * n) + j]);
        }

        var multipliers = Drawn.Uniform(random, "multipliers", 0.5, 2, strong);
        var nu = Drawn.Normal(random, "nu", p);
        var slack = Drawn.Uniform(random, "slack", 0.5, 2, m);
        double[] linear = [.. Enumerable.Range(0, n).Select(j =>
            -Enumerable.Range(0, n).Sum(k => q[(j * n) + k] * z[k])
            - Enumerable.Range(0, strong).Sum(i => multipliers[i] * g[(i * n) + j])
            - Enumerable.Range(0, p).Sum(e => nu[e] * a[(e * n) + j]))];
        double[] h = [.. Enumerable.Range(0, m).Select(i => Row(g, i) + (i < strong + weak ? 0 : slack[i]))];
        return
        [
            Tensor.Of(new Shape(n, n), q), Tensor.Of(new Shape(n), linear), Tensor.Of(new Shape(m, n), g), Tensor.Of(new Shape(m), h),
            Tensor.Of(new Shape(p, n), a), Tensor.Of(new Shape(p), [.. Enumerable.Range(0, p).Select(e => Row(a, e))]),
        ];

        double Row(double[] rows, int i) => Enumerable.Range(0, n).Sum(j => rows[(i * n) + j] * z[j]);
    }

    private static void Fill(double[,] matrix, Tensor<double> from)
    {
        for (int e = 0; e < from.Elements.Length; e++)
        {
            matrix[e / matrix.GetLength(1), e % matrix.GetLength(1)] = from[e];
        }
    }
}
