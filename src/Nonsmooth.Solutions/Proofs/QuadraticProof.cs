using MathNet.Numerics.LinearAlgebra;
using Nonsmooth.Arithmetic;

namespace Nonsmooth.Solutions;

/// <summary>A gradient through a quadratic program's exact solution, enclosed.</summary>
/// <remarks>
/// Proved in turn: Q is positive semidefinite, the KKT matrix of the active constraints is regular, their multipliers and the others' slacks
/// are positive. Then the KKT system's solution is the only minimum, it stays on these constraints nearby, and its derivative is the
/// system's. Sources: Fiacco (1976); Rump (2010) for the enclosures.
/// </remarks>
internal static class QuadraticProof
{
    /// <param name="problem">Q, q, G, h, A, b.</param>
    /// <param name="near">A solution whose state tells the active constraints.</param>
    /// <param name="cotangents">Of z, λ and ν.</param>
    public static EnclosedGradient Of(Problem problem, Solution near, IReadOnlyList<double[]> cotangents)
    {
        if (near.State.Contains(2))
        {
            return EnclosedGradient.No("a constraint is weakly active");
        }

        int n = problem.Values[1].Length;
        int m = problem.Values[3].Length;
        int[] active = [.. Enumerable.Range(0, m).Where(i => near.State[i] == 1)];
        var (quadratic, g, a) = (problem.Matrix(0), problem.Matrix(2), problem.Matrix(4));
        var hessian = Enumerable.Range(0, n).Select(i => Enumerable.Range(0, n).Select(j => Half(quadratic[i, j], quadratic[j, i])).ToArray()).ToArray();
        if (!Convexity.IsProved(hessian))
        {
            return EnclosedGradient.No("Q is not proved positive semidefinite: singular matrices other than of rows of zeros are not");
        }

        var rows = Dense.Rows(g, active).Stack(a);
        var system = new EnclosedSystem(Kkt(hessian, rows));
        if (!system.IsRegular)
        {
            return EnclosedGradient.No("the KKT matrix of the active constraints is not proved regular");
        }

        var solution = system.Solve(Enclosures.Of([.. problem.Values[1].Select(q => -q), .. active.Select(i => problem.Values[3][i]), .. problem.Values[5]]));
        var z = solution[..n];
        var lambda = Spread(solution, n, active, m);
        foreach (int i in Enumerable.Range(0, m))
        {
            bool isActive = near.State[i] == 1;
            var positive = isActive ? lambda[i] : problem.Values[3][i] - Enclosures.Dot(g.Row(i).ToArray(), z);
            if (positive.Lower <= 0)
            {
                return EnclosedGradient.No($"the {(isActive ? "multiplier" : "slack")} of constraint {i} is not proved positive");
            }
        }

        var adjoint = system.Solve(Enclosures.Of([.. cotangents[0], .. active.Select(i => cotangents[1][i]), .. cotangents[2]]));
        var (u, v) = (adjoint[..n], Spread(adjoint, n, active, m));
        var (nu, w) = (solution[(n + active.Length)..], adjoint[(n + active.Length)..]);
        return new(
            [
                Entries(n, n, (i, j) => -0.5 * ((u[i] * z[j]) + (z[i] * u[j]))),
                Array.ConvertAll(u, x => -x),
                Entries(m, n, (i, j) => -((lambda[i] * u[j]) + (v[i] * z[j]))),
                v,
                Entries(nu.Length, n, (i, j) => -((nu[i] * u[j]) + (w[i] * z[j]))),
                w,
            ],
            "Q's convexity, the KKT matrix's regularity and the signs of multipliers and slacks");
    }

    private static Enclosure Half(double a, double b) => ((Enclosure)a + b) / 2;

    private static Enclosure[][] Kkt(Enclosure[][] hessian, Matrix<double> rows)
    {
        int n = hessian.Length;
        return [.. Enumerable.Range(0, n + rows.RowCount).Select(i => Enumerable.Range(0, n + rows.RowCount).Select(j =>
            i < n ? j < n ? hessian[i][j] : rows[j - n, i] : j < n ? rows[i - n, j] : (Enclosure)0).ToArray())];
    }

    private static Enclosure[] Spread(Enclosure[] solution, int from, int[] active, int count)
    {
        var all = new Enclosure[count];
        for (int i = 0; i < active.Length; i++)
        {
            all[active[i]] = solution[from + i];
        }

        return all;
    }

    private static Enclosure[] Entries(int rows, int columns, Func<int, int, Enclosure> entry) =>
        [.. Enumerable.Range(0, rows).SelectMany(i => Enumerable.Range(0, columns).Select(j => entry(i, j)))];
}
