using System.Globalization;

namespace Nonsmooth.Answers;

/// <summary>Checks a claimed gradient by differences, at kinks too: a gradient, Clarke's, conservative only, or wrong.</summary>
/// <remarks>
/// Slopes are taken on both sides of the point along random directions. Where they agree the function is smooth there
/// and the claim must agree with them. Where they do not, the claim must be in the convex hull of the gradients at points
/// nearby; a central difference at a kink would compare it with a mean that no rule owes. Works on any function:
/// one of this library's programs, or a delegate. Source: reliability specification, 4.9.
/// </remarks>
public static partial class GradientCheck
{
    /// <summary>Checks a rule for gradients against a function.</summary>
    /// <param name="function">The function.</param>
    /// <param name="gradient">The rule; with more than 32 variables it is also asked at points nearby, where it is checked.</param>
    /// <param name="x">The point.</param>
    /// <param name="options">How it is checked.</param>
    public static GradientCheckAnswer Of(
        Func<double[], double> function, Func<double[], double[]> gradient, double[] x, GradientCheckOptions? options = null) =>
        Of(function, at => (function(at), gradient(at)), x, options);

    /// <summary>Checks a rule for value and gradient against a function.</summary>
    public static GradientCheckAnswer Of(
        Func<double[], double> function, Func<double[], (double Value, double[] Gradient)> claim, double[] x, GradientCheckOptions? options = null)
    {
        options ??= new GradientCheckOptions();
        double value = function(x);
        var (claimed, gradient) = claim(x);
        if (gradient.Length != x.Length)
        {
            throw new NonsmoothException($"the claimed gradient has {gradient.Length} entries for {x.Length} variables");
        }

        if (!double.IsFinite(value))
        {
            return new GradientCheckAnswer(GradientLabel.Undecided, $"the value is {Text(value)}", []);
        }

        if (!(Math.Abs(claimed - value) <= options.Tolerance * (1 + Math.Abs(value))))
        {
            return new GradientCheckAnswer(GradientLabel.Wrong, $"the value is {Text(value)}, claimed is {Text(claimed)}", []);
        }

        if (Array.FindIndex(gradient, double.IsNaN) is >= 0 and int nan)
        {
            return new GradientCheckAnswer(GradientLabel.Wrong, $"entry {nan} of the gradient is NaN, the value is {Text(value)}", []);
        }

        var slopes = OneSidedDifference.Pairs(function, x, value, gradient, options);
        if (slopes.FirstOrDefault(s => !s.Left.IsSettled && !s.Right.IsSettled || Jumps(s)) is { } unsettled)
        {
            return new GradientCheckAnswer(
                GradientLabel.Undecided, $"differences have no limit along {Text(unsettled.Direction)}: the function jumps or is not Lipschitz", slopes);
        }

        return Array.Exists(gradient, g => !double.IsFinite(g))
            ? new GradientCheckAnswer(GradientLabel.Wrong, "the gradient is infinite, slopes are not", slopes)
            : AmongSlopes(function, claim, x, gradient, slopes, options);

        // One side without a limit, the other with a finite value beyond it: not the border of a domain.
        bool Jumps(SlopePair s) => s.Left.IsSettled != s.Right.IsSettled
            && double.IsFinite(function([.. x.Zip(s.Direction, (a, v) => a + ((s.Left.IsSettled ? 1e-6 : -1e-6) * v))]));
    }

    // A kink can have equal slopes on both sides of every line, as a median of three: then gradients nearby differ.
    private static GradientCheckAnswer AmongSlopes(
        Func<double[], double> function,
        Func<double[], (double Value, double[] Gradient)> claim,
        double[] x,
        double[] gradient,
        List<SlopePair> slopes,
        GradientCheckOptions options)
    {
        if (slopes.Exists(s => s.IsKink))
        {
            return AtKink(function, claim, x, gradient, slopes, options);
        }

        var smooth = Smooth(slopes, gradient, options);
        return smooth.Label == GradientLabel.Wrong && x.Length > 1
            && new NearbyGradients(function, at => claim(at).Gradient, x, options).Differ()
                ? AtKink(function, claim, x, gradient, slopes, options)
                : smooth;
    }

    private static GradientCheckAnswer Smooth(List<SlopePair> slopes, double[] gradient, GradientCheckOptions options)
    {
        double length = gradient.Select(Math.Abs).DefaultIfEmpty(0).Sum();
        foreach (var s in slopes)
        {
            var slope = s.Left.Error < s.Right.Error ? s.Left : s.Right;
            if (!(Math.Abs(s.Claimed - slope.Value) <= (10 * slope.Error) + (options.Tolerance * (Slope.Scale(slope.Value, 0) + length))))
            {
                return new GradientCheckAnswer(
                    GradientLabel.Wrong, $"the slope along {Text(s.Direction)} is {Text(slope.Value)}, claimed is {Text(s.Claimed)}", slopes);
            }
        }

        return new GradientCheckAnswer(GradientLabel.Gradient, "slopes agree on both sides and with the gradient", slopes);
    }

    private static GradientCheckAnswer AtKink(
        Func<double[], double> function,
        Func<double[], (double Value, double[] Gradient)> claim,
        double[] x,
        double[] gradient,
        List<SlopePair> slopes,
        GradientCheckOptions options)
    {
        var nearby = new NearbyGradients(function, at => claim(at).Gradient, x, options);
        bool inside = nearby.Reach(gradient);
        int count = nearby.All.Count;
        return nearby.IsContradicted
            ? new GradientCheckAnswer(GradientLabel.Wrong, "the gradient claimed at a smooth point nearby is not the slope there", slopes)
            : count == 0
            ? new GradientCheckAnswer(GradientLabel.Undecided, "no gradient nearby could be measured", slopes)
            : inside
                ? new GradientCheckAnswer(GradientLabel.Clarke, $"in the hull of {count} gradients nearby", slopes)
                : x.Length == 1 || ConvexHull.DistanceFromSpan(nearby.All, gradient, nearby.Tolerance) <= nearby.Tolerance
                    ? new GradientCheckAnswer(GradientLabel.ConservativeOnly, $"outside the hull of {count} gradients nearby, in its affine span", slopes)
                    : new GradientCheckAnswer(GradientLabel.Wrong, $"outside the affine span of {count} gradients nearby", slopes);
    }

    private static string Text(double x) => x.ToString("G6", CultureInfo.InvariantCulture);

    private static string Text(IReadOnlyList<double> v) =>
        $"({string.Join(", ", v.Take(4).Select(Text))}{(v.Count > 4 ? ", …" : "")})";
}
