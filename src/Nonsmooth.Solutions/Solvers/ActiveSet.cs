using MathNet.Numerics.LinearAlgebra;

namespace Nonsmooth.Solutions;

/// <summary>The exact solution of a quadratic program from one that is near: equalities at the active constraints, corrected until signs hold.</summary>
internal static class ActiveSet
{
    private const int _mostChanges = 50;
    private const double _dependent = 1e-9;

    /// <summary>The exact solution with multipliers at independent constraints; null if some changes do not end in one.</summary>
    /// <param name="data">A problem of size about 1.</param>
    /// <param name="near">A point whose larger ones of slack and multiplier tell what is active.</param>
    public static QuadraticPoint? Polish(QuadraticData data, QuadraticPoint near)
    {
        var slacks = near.Slacks(data);
        var active = Independent(data, [.. Enumerable.Range(0, slacks.Count).Where(i => near.Multipliers[i] > slacks[i])], near.Multipliers);
        double size = 1 + Math.Max(Dense.Largest(near.X), Dense.Largest(near.Multipliers));
        for (int change = 0; change < _mostChanges; change++)
        {
            if (On(data, active) is not { } point)
            {
                return null;
            }

            slacks = point.Slacks(data);
            int[] wrong = [.. active.Where(i => point.Multipliers[i] < -1e-12 * size)];
            int[] violated = [.. Enumerable.Range(0, slacks.Count).Where(i => slacks[i] < -1e-12 * size && !active.Contains(i))];
            if (wrong.Length == 0 && violated.Length == 0)
            {
                return point with { Multipliers = point.Multipliers.PointwiseMaximum(0), Iterations = near.Iterations };
            }

            active = Independent(data, [.. active.Except(wrong).Concat(violated).Order()], point.Multipliers.PointwiseMaximum(0));
        }

        return null;
    }

    // Multipliers of dependent constraints are not unique: one is moved to 0 along each dependence, the others stay not negative.
    private static List<int> Independent(QuadraticData data, IReadOnlyList<int> active, Vector<double> multipliers)
    {
        var numbers = multipliers.Clone();
        var kept = new List<int>();
        foreach (int next in active)
        {
            kept.Add(next);
            var row = data.G.Row(next);
            if (data.Equalities + kept.Count == 1)
            {
                continue;
            }

            var others = Dense.Zero(data.Unknowns, data.Equalities + kept.Count - 1);
            for (int e = 0; e < data.Equalities; e++)
            {
                others.SetColumn(e, data.A.Row(e));
            }

            for (int k = 0; k < kept.Count - 1; k++)
            {
                others.SetColumn(data.Equalities + k, data.G.Row(kept[k]));
            }

            var shares = others.ColumnCount > data.Unknowns ? others.PseudoInverse() * row : others.QR().Solve(row);
            if (((others * shares) - row).L2Norm() > _dependent)
            {
                continue;
            }

            double[] along = [.. kept.Select((_, k) => k == kept.Count - 1 ? 1 : -shares[data.Equalities + k])];
            int leaves = Enumerable.Range(0, kept.Count).Where(k => along[k] > 1e-12).MinBy(k => numbers[kept[k]] / along[k]);
            double step = numbers[kept[leaves]] / along[leaves];
            for (int k = 0; k < kept.Count; k++)
            {
                numbers[kept[k]] -= step * along[k];
            }

            kept.RemoveAt(leaves);
        }

        return kept;
    }

    private static QuadraticPoint? On(QuadraticData data, List<int> active)
    {
        int n = data.Unknowns;
        var system = new LinearSystem(data.Kkt(active));
        if (system.IsSingular)
        {
            return null;
        }

        double[] solution = system.Solve([.. data.Linear.Select(q => -q), .. active.Select(i => data.H[i]), .. data.B]);
        var multipliers = Vector<double>.Build.Dense(data.Inequalities);
        for (int a = 0; a < active.Count; a++)
        {
            multipliers[active[a]] = solution[n + a];
        }

        return new(
            Vector<double>.Build.DenseOfArray(solution[..n]),
            multipliers,
            Vector<double>.Build.DenseOfArray(solution[(n + active.Count)..]));
    }
}
