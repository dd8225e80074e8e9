using Nonsmooth.Solutions.Tests.Reports;

namespace Nonsmooth.Solutions.Tests.Proofs;

/// <summary>Problems that proofs are hard on: nearly weakly active, with units of their own, singular.</summary>
internal static class HardProblems
{
    /// <summary>A weakly active constraint moved by 10⁻⁴ to 10⁻¹⁵, either way.</summary>
    public static Tensor<double>[] NearlyWeak(CounterRandom random)
    {
        var problem = Planted.Quadratic(random, 1);
        problem[3].Elements[2] += Tiny(random);
        return problem;
    }

    /// <summary>A linear program at a vertex, with the constraint that touches it moved away, or cutting it off.</summary>
    public static Tensor<double>[] Vertex(CounterRandom random)
    {
        var problem = Planted.Linear(random);
        problem[3].Elements[3] += Tiny(random) + (random.Uniform(9) < 0.5 ? 1 : 0);
        return problem;
    }

    /// <summary>Rows of constraints in units of 10⁻⁶ to 10⁶, and an objective in one.</summary>
    public static Tensor<double>[] Scaled(CounterRandom random, IReadOnlyList<Tensor<double>> problem)
    {
        Tensor<double>[] scaled = [.. problem.Select(t => Tensor.Of(t.Shape, (double[])t.Elements.Clone()))];
        int n = problem[1].Elements.Length;
        for (int block = 2; block < 6; block += 2)
        {
            for (int i = 0; i < problem[block + 1].Elements.Length; i++)
            {
                double unit = Math.Pow(10, (12 * random.Derive("rows").Uniform((ulong)((block * 100) + i))) - 6);
                scaled[block + 1].Elements[i] *= unit;
                for (int j = 0; j < n; j++)
                {
                    scaled[block].Elements[(i * n) + j] *= unit;
                }
            }
        }

        double objective = Math.Pow(10, (12 * random.Derive("objective").Uniform(0)) - 6);
        for (int block = 0; block < 2; block++)
        {
            for (int e = 0; e < scaled[block].Elements.Length; e++)
            {
                scaled[block].Elements[e] *= objective;
            }
        }

        return scaled;
    }

    /// <summary>A quadratic program whose Q is rounded from one of rank n − 1.</summary>
    public static Tensor<double>[] Singular(CounterRandom random, IReadOnlyList<Tensor<double>> problem)
    {
        int n = problem[1].Elements.Length;
        double[] m = Drawn.Normal(random, "factor", n - 1, n).Elements;
        double[] q = [.. Enumerable.Range(0, n * n).Select(e => Enumerable.Range(0, n - 1).Sum(k => m[(k * n) + (e / n)] * m[(k * n) + (e % n)]))];
        return [Tensor.Of(problem[0].Shape, q), .. problem.Skip(1)];
    }

    /// <summary>A lasso whose weakly active coefficient has the penalty moved by 10⁻⁴ to 10⁻¹⁵.</summary>
    public static Tensor<double>[] NearlyWeakLasso(CounterRandom random)
    {
        var problem = Planted.Lasso(random, 1);
        problem[2].Elements[0] += Tiny(random);
        return problem;
    }

    private static double Tiny(CounterRandom random)
    {
        var stream = random.Derive("tiny");
        return (stream.Uniform(0) < 0.5 ? -1 : 1) * Math.Pow(10, -4 - (11 * stream.Uniform(1)));
    }
}
