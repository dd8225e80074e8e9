using Nonsmooth.LibTorch.Autograd;

namespace Nonsmooth.Reliability.Profiles;

/// <summary>A function around a point: gradients at points nearby, where it is smooth with probability 1.</summary>
/// <remarks>
/// For a function that is smooth in pieces, Clarke's subdifferential is the convex hull of the limits of these gradients.
/// They are limits up to the radius times the curvature, so judgements have a tolerance of 10⁻⁴.
/// </remarks>
internal sealed class Neighbourhood
{
    private const double _closer = 1e-6;
    private const double _jump = 1e-3;
    private const double _growth = 1.5;
    private const double _flat = 1e-4;

    private readonly double[] _second;

    private Neighbourhood(GradientHull hull, bool jumps, bool steepens, double[] second) =>
        (Hull, Jumps, Steepens, _second) = (hull, jumps, steepens, second);

    /// <summary>The hull of the gradients seen.</summary>
    public GradientHull Hull { get; }

    /// <summary>Whether the function's values jump at the point.</summary>
    public bool Jumps { get; }

    /// <summary>Whether slopes grow as the point is approached.</summary>
    public bool Steepens { get; }

    /// <summary>Whether along every line looked at the function bends one way.</summary>
    public bool IsConvexOrConcave => _second.All(static s => s >= -_flat) || _second.All(static s => s <= _flat);

    /// <summary>Looks around a row's point; null where it is not finite or nothing finite was seen.</summary>
    public static Neighbourhood? Around(KinkRow row, double value)
    {
        if (!row.Point.All(double.IsFinite))
        {
            return null;
        }

        var gradients = new List<double[]>();
        var second = new List<double>();
        bool jumps = false;
        double far = 0, near = 0;
        foreach (var direction in Directions(row.Point.Count))
        {
            var ahead = At(row, direction, row.Radius);
            var behind = At(row, direction, -row.Radius);
            far = Math.Max(far, Steepness(ahead));
            near = Math.Max(near, Steepness(At(row, direction, row.Radius * _closer)));
            gradients.AddRange(new[] { ahead, behind }.Where(static m => m.Gradient.All(double.IsFinite)).Select(static m => m.Gradient.ToArray()));
            double bend = (ahead.Value.Sum() + behind.Value.Sum() - (2 * value)) / row.Radius;
            jumps |= Math.Abs(ahead.Value.Sum() - value) > _jump || Math.Abs(behind.Value.Sum() - value) > _jump;
            if (double.IsFinite(bend))
            {
                second.Add(bend);
            }
        }

        return gradients.Count == 0 ? null : new(new GradientHull(gradients), jumps, near > _growth * far, [.. second]);
    }

    private static double Steepness(AutogradMeasurement m) =>
        m.Gradient.All(double.IsFinite) ? m.Gradient.Max(Math.Abs) : 0;

    private static AutogradMeasurement At(KinkRow row, double[] direction, double step) =>
        AutogradProbe.Measure([.. row.Point.Zip(direction, (x, d) => x + (step * d))], row.Live);

    private static IEnumerable<double[]> Directions(int count)
    {
        if (count == 1)
        {
            return [[1.0]];
        }

        var random = new Random(20260808);
        return Enumerable.Range(0, 6 * count).Select(_ => Enumerable.Range(0, count).Select(_ => (2 * random.NextDouble()) - 1).ToArray());
    }
}
