namespace Nonsmooth.Solutions;

/// <summary>Solves programs over ranges, or says why not.</summary>
internal static class RangedSolver
{
    private const double _accepted = 1e-8;

    // Another scale where bounds are large beside entries; weaker proximal terms where multipliers are large beside the objective.
    private static readonly (double Bounds, double Proximal)[] _attempts = [(0, 1e-8), (0.5, 1e-8), (0.5, 1e-11), (0, 1e-13)];

    /// <summary>The solution; where active rows determine it, exact up to rounding.</summary>
    /// <exception cref="SolutionException">It is not convex, infeasible, unbounded, not finite, or was not solved.</exception>
    public static RangedPoint Solve(RangedProgram program, double tolerance, CancellationToken cancellation = default)
    {
        RangedDiagnosis.Check(program);
        int[] bound = [.. Enumerable.Range(0, program.Rows).Where(i => double.IsFinite(program.Lower[i]) || double.IsFinite(program.Upper[i]))];
        if (bound.Length == program.Rows)
        {
            return Bounded(program, tolerance, cancellation);
        }

        var point = Bounded(
            program with { A = program.A.Chosen(bound), Lower = [.. bound.Select(i => program.Lower[i])], Upper = [.. bound.Select(i => program.Upper[i])] }, tolerance, cancellation);
        double[] y = new double[program.Rows];
        for (int i = 0; i < bound.Length; i++)
        {
            y[bound[i]] = point.Y[i];
        }

        return point with { Y = y };
    }

    private static RangedPoint Bounded(RangedProgram program, double tolerance, CancellationToken cancellation)
    {
        RangedPoint? best = null;
        foreach (var (bounds, proximal) in _attempts)
        {
            var point = RangedInterior.Run(program, tolerance, bounds, proximal, cancellation);
            point = point.Error < 1e-3 ? RangedActiveSet.Polish(program, point, 1e-15) : point;
            best = best is null || point.Error < best.Error ? point : best;
            if (best.Error <= tolerance)
            {
                return best;
            }

            if (best.Error > 1e-4 && RangedDiagnosis.WhyNot(program, cancellation) is { } reason)
            {
                throw reason;
            }
        }

        return best!.Error <= _accepted ? best : throw new NotConvergedException(
            FormattableString.Invariant($"interior points stopped {best.Error:G3} short of the optimality conditions, relative to each condition's largest term: scale the problem"), best.Error);
    }
}
