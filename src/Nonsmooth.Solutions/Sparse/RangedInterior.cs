namespace Nonsmooth.Solutions;

/// <summary>A primal and dual point of a program over ranges.</summary>
/// <param name="X">Unknowns.</param>
/// <param name="Y">Multipliers of rows: positive at an upper bound, negative at a lower one.</param>
/// <param name="Iterations">Interior points taken.</param>
/// <param name="Error">The largest of dual error, primal error and gap, each relative to its largest term.</param>
internal sealed record RangedPoint(double[] X, double[] Y, int Iterations, double Error);

/// <summary>Interior points with proximal terms for programs over ranges, of any rank.</summary>
/// <remarks>Sources: Mehrotra, SIAM Journal on Optimization 2 (1992): predictor and corrector; Pougkakiotis and Gondzio, Computational Optimization and Applications 78 (2021): proximal
/// terms about the last point make every system quasi-definite, whatever the ranks of Q and A.</remarks>
internal static class RangedInterior
{
    private const int _iterations = 200;
    private const int _patience = 60;

    /// <summary>The best point found, converged or not.</summary>
    /// <param name="given">The program; no row without a bound.</param>
    /// <param name="tolerance">Of <see cref="RangedPoint.Error"/>.</param>
    /// <param name="bounds">How far bounds are scaled.</param>
    /// <param name="proximal">The weight of the proximal terms, in a program of entries about 1.</param>
    /// <param name="cancellation">Ends the search.</param>
    public static RangedPoint Run(RangedProgram given, double tolerance, double bounds, double proximal, CancellationToken cancellation = default)
    {
        var scale = RangedScale.Of(given, bounds);
        var program = scale.Program;
        var system = new RangedSystem(program);
        var at = new RangedIterate(program);
        at.Start(system);
        RangedPoint? best = null;
        int stalled = 0;
        for (int iteration = 0; ; iteration++)
        {
            cancellation.ThrowIfCancellationRequested();
            var (x, y) = scale.Given(at.X, at.Multipliers());
            double error = given.Error(x, y);
            stalled = error < 0.5 * (best?.Error ?? double.PositiveInfinity) ? 0 : stalled + 1;
            best = best is null || error < best.Error ? new(x, y, iteration, error) : best;

            if (best.Error <= tolerance || iteration == _iterations || stalled > _patience || !double.IsFinite(error))
            {
                return best;
            }

            if (!at.Step(system, proximal))
            {
                return best;
            }
        }
    }
}
