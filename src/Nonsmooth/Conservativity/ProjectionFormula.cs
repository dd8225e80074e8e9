using Nonsmooth.Differences;

namespace Nonsmooth.Conservativity;

/// <summary>⟨D(x), τ⟩ against the derivative of f along a path with velocity τ at x.</summary>
internal sealed class ProjectionFormula(IDerivativeRule rule, double tolerance, double floor)
{
    // Of the path's length: differences step at most a fiftieth of it.
    private const double _reach = 0.25;

    /// <summary>What the comparison says at a time of a path.</summary>
    /// <returns>A defect, or none; and the gap as a share of the allowance, NaN where differences have no limit.</returns>
    public (RuleDefect? Defect, double Gap) Compare(string place, IPath path, double time)
    {
        double Along(double[] t) => rule.Value(path.At(t[0]));
        double[] x = path.At(time), velocity = path.Velocity(time);
        double value = rule.Value(x);
        if (!double.IsFinite(value))
        {
            return (null, double.NaN);
        }

        Slope right = OneSidedDifference.Of(Along, [time], value, [_reach], 1);
        Slope left = OneSidedDifference.Of(Along, [time], value, [_reach], -1);
        double slope = (left.Error < right.Error ? left : right).Value / _reach;
        double error = 10 * (left.Error + right.Error) / _reach;
        double[] gradient = rule.Gradient(x);
        double backward = PathIntegral.Slope(gradient, velocity);
        double size = gradient.Zip(velocity, (g, v) => Math.Abs(g * v)).Sum() + Math.Abs(slope);
        if (!(Math.Abs(left.Value - right.Value) / _reach <= error + (1e-4 * size) + floor) && double.IsFinite(size))
        {
            return (null, double.NaN);
        }

        if (!gradient.All(double.IsFinite))
        {
            return (new(DefectKind.NotFinite, place, x, velocity, double.NaN, slope), double.PositiveInfinity);
        }

        double forward = rule.Tangent(x, velocity) ?? backward;
        double worse = Math.Abs(backward - slope) >= Math.Abs(forward - slope) ? backward : forward;
        double gap = Math.Abs(worse - slope), allowed = error + (tolerance * size) + floor;
        return !(gap <= allowed) ? (new(double.IsFinite(forward) ? DefectKind.Stratum : DefectKind.NotFinite, place, x, velocity, worse, slope), double.NaN)
            : error > (1e-2 * size) + (1e3 * floor) ? (null, double.NaN)
            : (null, gap > 0 ? gap / allowed : 0);
    }
}
