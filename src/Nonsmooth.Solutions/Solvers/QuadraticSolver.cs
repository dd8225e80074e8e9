using MathNet.Numerics.LinearAlgebra;

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
        point ??= near is null ? null : InteriorPoint.Run(scaled, tolerance);
        if (point is null && QuadraticDiagnosis.WhyNot(scaled) is { } reason)
        {
            throw reason;
        }

        // Dependent rows and units far apart are for the other solver.
        if (point is null || point.Gap(scaled) > 10 * Math.Max(tolerance, _rough))
        {
            return Otherwise(data);
        }

        var given = scale.Given(point);
        return Holds(data, given, tolerance) ? given with { Kept = point.System is null ? null : new(point.System, scale) } : Otherwise(data);

        QuadraticPoint? Accurate(QuadraticPoint? exact) =>
            exact is not null && exact.Residual(scaled) <= _rough * (1 + Math.Max(Dense.Largest(exact.X), Dense.Largest(exact.Multipliers))) ? exact : null;
    }

    // Each condition by its own largest term.
    private static bool Holds(QuadraticData data, QuadraticPoint point, double tolerance)
    {
        var program = data.Ranged();
        double[] x = [.. point.X];
        double most = 100 * Math.Max(tolerance, _rough);
        return program.DualError(x, [.. point.Multipliers, .. point.Equality]) <= most && program.PrimalError(x) <= most;
    }

    private static QuadraticPoint Otherwise(QuadraticData data)
    {
        var point = RangedSolver.Solve(data.Ranged(), _rough);
        return new(
            Vector<double>.Build.DenseOfArray(point.X),
            Vector<double>.Build.Dense(data.Inequalities, i => point.Y[i]),
            Vector<double>.Build.Dense(data.Equalities, i => point.Y[data.Inequalities + i]))
        {
            Iterations = point.Iterations,
            IsVerified = point.Error <= 1e-12,
        };
    }

    /// <summary>The exact solution on an active set near a point's; null where none verifies.</summary>
    public static QuadraticPoint? Exact(QuadraticData data, QuadraticPoint near)
    {
        var (scaled, scale) = data.Scaled();
        return ActiveSet.Polish(scaled, scale.Scaled(near)) is { } point ? scale.Given(point) : null;
    }
}
