namespace Nonsmooth.Solutions;

/// <summary>Solves a convex quadratic program: interior points, then the active set's own system; or says why there is no solution.</summary>
internal static class QuadraticSolver
{
    private const double _rough = 1e-9;

    /// <summary>The solution with its multipliers.</summary>
    /// <param name="data">The problem.</param>
    /// <param name="tolerance">The residual, relative to the problem's size.</param>
    /// <param name="polish">Whether to solve exactly on the active set at the end.</param>
    /// <exception cref="SolutionException">It is not convex, infeasible, unbounded, or was not solved.</exception>
    public static QuadraticPoint Solve(QuadraticData data, double tolerance, bool polish)
    {
        QuadraticDiagnosis.CheckConvex(data.Q);
        var (scaled, scale) = data.Scaled();
        var near = InteriorPoint.Run(scaled, polish ? Math.Max(tolerance, _rough) : tolerance);
        var point = polish || near is null ? Accurate(ActiveSet.Polish(scaled, near)) ?? Accurate(ActiveSet.Polish(scaled, null)) : near;

        // Where the solution is not unique there is no system to solve: interior points go on to the tolerance by themselves.
        point ??= (near is null ? null : InteriorPoint.Run(scaled, tolerance)) ?? throw QuadraticDiagnosis.WhyNot(scaled);
        double gap = point.Gap(scaled);
        return gap <= 10 * Math.Max(tolerance, _rough)
            ? scale.Given(point)
            : throw new NotConvergedException(
                FormattableString.Invariant($"interior points stopped {gap:G3} short of the optimality conditions, relative to the problem's size: scale the problem"), gap);

        QuadraticPoint? Accurate(QuadraticPoint? exact) =>
            exact is not null && exact.Residual(scaled) <= _rough * (1 + Math.Max(Dense.Largest(exact.X), Dense.Largest(exact.Multipliers))) ? exact : null;
    }

    /// <summary>The exact solution on an active set near a point's; null where none verifies.</summary>
    public static QuadraticPoint? Exact(QuadraticData data, QuadraticPoint near)
    {
        var (scaled, scale) = data.Scaled();
        return ActiveSet.Polish(scaled, scale.Scaled(near)) is { } point ? scale.Given(point) : null;
    }
}
