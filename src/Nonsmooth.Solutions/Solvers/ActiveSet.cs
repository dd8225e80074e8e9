using MathNet.Numerics.LinearAlgebra;

namespace Nonsmooth.Solutions;

/// <summary>The exact solution of a quadratic program from one that is near: equalities at the active constraints, corrected until signs hold.</summary>
internal static class ActiveSet
{
    private const int _mostChanges = 200;
    private const double _rounding = 1e-12;
    private const double _dependent = 1e-9;

    /// <summary>The exact solution with multipliers at independent constraints; null if some changes do not end in one.</summary>
    /// <param name="data">A problem of size about 1.</param>
    /// <param name="near">A point whose larger ones of slack and multiplier tell what is active; null to begin with no constraint.</param>
    public static QuadraticPoint? Polish(QuadraticData data, QuadraticPoint? near)
    {
        var multipliers = near?.Multipliers ?? Vector<double>.Build.Dense(data.Inequalities);
        var slacks = near?.Slacks(data) ?? Vector<double>.Build.Dense(data.Inequalities, 1);
        var active = Independent(data, [.. Enumerable.Range(0, slacks.Count).Where(i => multipliers[i] > slacks[i])], multipliers);
        for (int change = 0; change < _mostChanges; change++)
        {
            var system = LinearSystem.Equilibrated(data.Kkt(active));
            if (system.IsSingular)
            {
                return null;
            }

            var point = On(data, active, system);
            double size = 1 + Math.Max(Dense.Largest(point.X), Dense.Largest(point.Multipliers));
            slacks = point.Slacks(data);
            int wrong = active.DefaultIfEmpty(-1).MinBy(i => i < 0 ? 0 : point.Multipliers[i]);
            int violated = Enumerable.Range(0, slacks.Count).Except(active).DefaultIfEmpty(-1).MinBy(i => i < 0 ? 0 : slacks[i]);
            if (wrong >= 0 && point.Multipliers[wrong] < -_rounding * size)
            {
                active.Remove(wrong);
            }
            else if (violated >= 0 && slacks[violated] < -_rounding * size)
            {
                if (!Add(data, active, violated, -slacks[violated], point, system))
                {
                    return null;
                }
            }
            else
            {
                return point with { Multipliers = point.Multipliers.PointwiseMaximum(0), Iterations = near?.Iterations ?? change, IsVerified = true };
            }
        }

        return null;
    }

    // Goldfarb and Idnani's ratio test: as the new multiplier grows others fall, and the first to reach 0 before the new
    // constraint holds leaves. None can where the constraints contradict each other.
    private static bool Add(QuadraticData data, List<int> active, int entering, double violation, QuadraticPoint point, LinearSystem system)
    {
        int n = data.Unknowns;
        var row = data.G.Row(entering);
        double[] along = system.Solve([.. row.Select(g => -g), .. new double[active.Count + data.Equalities]]);
        double gained = -row.DotProduct(Vector<double>.Build.DenseOfArray(along[..n]));
        bool moves = gained > _dependent * _dependent;
        int leaving = -1;
        double longest = moves ? violation / gained : double.PositiveInfinity;
        for (int a = 0; a < active.Count; a++)
        {
            double step = along[n + a] < -_rounding ? Math.Max(0, point.Multipliers[active[a]]) / -along[n + a] : double.PositiveInfinity;
            (leaving, longest) = step < longest ? (a, step) : (leaving, longest);
        }

        if (leaving >= 0)
        {
            active.RemoveAt(leaving);
        }

        active.Add(entering);
        return leaving >= 0 || moves;
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

    private static QuadraticPoint On(QuadraticData data, List<int> active, LinearSystem system)
    {
        int n = data.Unknowns;
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
