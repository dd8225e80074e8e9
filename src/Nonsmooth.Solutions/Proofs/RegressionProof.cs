using Nonsmooth.Arithmetic;

namespace Nonsmooth.Solutions;

/// <summary>Gradients through exact solutions of penalised and bounded least squares, enclosed.</summary>
/// <remarks>
/// The Gram matrix of the numbers given is positive semidefinite whatever they are. Proved are its regularity on the free unknowns, the strict
/// signs of coefficients or slacks there, and the strict inequalities of the gradient elsewhere: then the solution is the only one and
/// stays on its piece nearby.
/// </remarks>
internal static class RegressionProof
{
    /// <summary>Of an elastic net: X, y, λ, ridge. Where λ or the ridge is 0 its entry is the derivative from the right.</summary>
    public static EnclosedGradient ElasticNet(Problem problem, Solution near, IReadOnlyList<double[]> cotangents)
    {
        if (near.State.Any(s => Math.Abs(s) == 2))
        {
            return EnclosedGradient.No("a coefficient is weakly active");
        }

        var (x, y) = (problem.Matrix(0), Enclosures.Of(problem.Values[1]));
        var (lambda, ridge) = (problem.Number(2), problem.Number(3));
        int[] support = [.. Enumerable.Range(0, x.ColumnCount).Where(j => near.State[j] != 0)];
        var system = new EnclosedSystem(Enclosures.Gram(x, support, ridge));
        if (!system.IsRegular)
        {
            return EnclosedGradient.No("the Gram matrix of the support is not proved regular");
        }

        var beta = new Enclosure[x.ColumnCount];
        Place(beta, support, system.Solve([.. support.Select(j => Enclosures.Dot(x.Column(j).ToArray(), y) - (lambda * (Enclosure)near.State[j]))]));
        var residual = Less(y, Enclosures.Times(x, beta));
        var correlations = Enclosures.TransposeTimes(x, residual);
        for (int j = 0; j < beta.Length; j++)
        {
            bool holds = near.State[j] != 0 ? (beta[j] * near.State[j]).Lower > 0 : correlations[j].Magnitude < lambda;
            if (!holds)
            {
                return EnclosedGradient.No($"the sign or the zero of coefficient {j} is not proved");
            }
        }

        var u = new Enclosure[beta.Length];
        Place(u, support, system.Solve([.. support.Select(j => (Enclosure)cotangents[0][j])]));
        var fitted = Enclosures.Times(x, u);
        return new(
            [
                [.. Enumerable.Range(0, y.Length).SelectMany(i => u.Select((v, j) => (residual[i] * v) - (fitted[i] * beta[j])))],
                fitted,
                [-Enclosures.Sum(support.Select(j => near.State[j] * u[j]))],
                [-Enclosures.Dot(beta, u)],
            ],
            "the Gram matrix's regularity, and the signs and zeros of the coefficients");
    }

    /// <summary>Of least squares over a box: A, b and perhaps low and high.</summary>
    public static EnclosedGradient Bounded(Problem problem, double[] low, double[] high, Solution near, IReadOnlyList<double[]> cotangents)
    {
        if (near.State.Any(s => Math.Abs(s) == 2))
        {
            return EnclosedGradient.No("a bound is weakly active");
        }

        var (a, b) = (problem.Matrix(0), Enclosures.Of(problem.Values[1]));
        int[] free = [.. Enumerable.Range(0, a.ColumnCount).Where(j => near.State[j] == 0)];
        var system = new EnclosedSystem(Enclosures.Gram(a, free, 0));
        if (!system.IsRegular)
        {
            return EnclosedGradient.No("the Gram matrix of the free unknowns is not proved regular");
        }

        var x = near.State.Select((s, j) => (Enclosure)(s == 0 ? 0 : s < 0 ? low[j] : high[j])).ToArray();
        var known = Enclosures.TransposeTimes(a, Less(b, Enclosures.Times(a, x)));
        Place(x, free, system.Solve([.. free.Select(j => known[j])]));
        var residual = Less(b, Enclosures.Times(a, x));
        var gradient = Enclosures.TransposeTimes(a, residual);
        for (int j = 0; j < x.Length; j++)
        {
            bool holds = near.State[j] == 0
                ? (x[j] - low[j]).Lower > 0 && (high[j] - x[j]).Lower > 0
                : low[j] < high[j] && (gradient[j] * near.State[j]).Lower > 0;
            if (!holds)
            {
                return EnclosedGradient.No($"the place of unknown {j} between its bounds, or at one, is not proved");
            }
        }

        var u = new Enclosure[x.Length];
        Place(u, free, system.Solve([.. free.Select(j => (Enclosure)cotangents[0][j])]));
        var fitted = Enclosures.Times(a, u);
        var held = Enclosures.TransposeTimes(a, fitted);
        Enclosure[] matrix = [.. Enumerable.Range(0, b.Length).SelectMany(i => u.Select((v, j) => (residual[i] * v) - (fitted[i] * x[j])))];
        Enclosure[][] bounds = [.. new[] { -1, 1 }.Select(side => near.State.Select((s, j) => s == side ? cotangents[0][j] - held[j] : 0).ToArray())];
        return new(
            problem.Values.Count == 2 ? [matrix, fitted] : [matrix, fitted, .. bounds],
            "the Gram matrix's regularity, and every unknown's place at or between its bounds");
    }

    private static Enclosure[] Less(Enclosure[] a, Enclosure[] b) => [.. a.Zip(b, (x, y) => x - y)];

    private static void Place(Enclosure[] all, int[] set, Enclosure[] values)
    {
        for (int i = 0; i < set.Length; i++)
        {
            all[set[i]] = values[i];
        }
    }
}
