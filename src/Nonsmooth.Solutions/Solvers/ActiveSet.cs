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
        List<int> active = [.. Enumerable.Range(0, slacks.Count).Where(i => multipliers[i] > slacks[i])];

        // Pivots that are far from 0 have no dependent rows among them.
        KktSystem? system = active.Count + data.Equalities <= data.Unknowns ? new(data, active) : null;
        if (system is null || system.PivotRatio < _dependent)
        {
            active = Independent(data, active, multipliers);
            system = null;
        }

        for (int change = 0; change < _mostChanges; change++, system = null)
        {
            system ??= new(data, active);
            if (system.IsSingular)
            {
                return null;
            }

            var point = On(data, active, system);
            double size = 1 + Math.Max(Dense.Largest(point.X), Dense.Largest(point.Multipliers));
            slacks = point.Slacks(data);
            int wrong = active.DefaultIfEmpty(-1).MinBy(i => i < 0 ? 0 : point.Multipliers[i]);
            var chosen = active.ToHashSet();
            int violated = Enumerable.Range(0, slacks.Count).Where(i => !chosen.Contains(i)).DefaultIfEmpty(-1).MinBy(i => i < 0 ? 0 : slacks[i]);
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
                return point with { Multipliers = point.Multipliers.PointwiseMaximum(0), Iterations = near?.Iterations ?? change, IsVerified = true, System = system };
            }
        }

        return null;
    }

    // Goldfarb and Idnani's ratio test: as the new multiplier grows others fall, and the first to reach 0 before the new
    // constraint holds leaves. None can where the constraints contradict each other.
    private static bool Add(QuadraticData data, List<int> active, int entering, double violation, QuadraticPoint point, KktSystem system)
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
        var (basis, equalities) = Basis(data, kept);
        foreach (int next in active)
        {
            if (basis.Dependence(data.Inequality.Row(next), _dependent) is not { } shares)
            {
                kept.Add(next);
                continue;
            }

            kept.Add(next);
            double[] along = [.. kept.Select((_, k) => k == kept.Count - 1 ? 1 : -shares[equalities + k])];
            int leaves = Enumerable.Range(0, kept.Count).Where(k => along[k] > 1e-12).MinBy(k => numbers[kept[k]] / along[k]);
            double step = numbers[kept[leaves]] / along[leaves];
            for (int k = 0; k < kept.Count; k++)
            {
                numbers[kept[k]] -= step * along[k];
            }

            kept.RemoveAt(leaves);
            if (leaves < kept.Count)
            {
                (basis, equalities) = Basis(data, kept);
            }
        }

        return kept;
    }

    // Of the equalities, as far as they are independent, and of some inequalities that are.
    private static (RowBasis Basis, int Equalities) Basis(QuadraticData data, List<int> kept)
    {
        var basis = new RowBasis(data.Unknowns);
        int equalities = Enumerable.Range(0, data.Equalities).Count(e => basis.Dependence(data.Equality.Row(e), _dependent) is null);
        kept.ForEach(i => basis.Dependence(data.Inequality.Row(i), 0));
        return (basis, equalities);
    }

    private static QuadraticPoint On(QuadraticData data, List<int> active, KktSystem system)
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
