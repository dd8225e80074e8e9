using System.Globalization;
using Nonsmooth.Differences;
using Nonsmooth.Randomness;
using Nonsmooth.Selections;

namespace Nonsmooth.Answers;

/// <summary>Checks a claimed gradient by differences, at kinks too: a gradient, Clarke's, neither, or cannot tell.</summary>
/// <remarks>
/// Slopes are taken on both sides of the point along the variables and random directions. Where they agree the function is
/// smooth there and the claim must agree with them. Where they do not, the claim must be in the convex hull of the gradients
/// at points nearby; a central difference at a kink would compare it with a mean that no rule owes. Steps are relative to
/// each variable and thresholds to each slope, so units do not matter. What is conservative is a rule, not a number:
/// <see cref="Conservativity.ConservativityTest"/> tests it. Works on any function: one of this library's programs, or a delegate.
/// Source: reliability specification, 4.9.
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
        Func<double[], double> function, Func<double[], (double Value, double[] Gradient)> claim, double[] x, GradientCheckOptions? options = null) =>
        Of(function, claim, x, options ??= new GradientCheckOptions(), known: null, new Deadline(options.Time));

    private static GradientCheckAnswer Of(
        Func<double[], double> function, Func<double[], (double Value, double[] Gradient)> claim, double[] x, GradientCheckOptions options, double? known, Deadline deadline, Func<bool>? ties = null)
    {
        var slopes = new List<SlopePair>();
        try
        {
            return Of(Watched(function), Watched(claim), x, options, known, slopes, ties);
        }
        catch (OutOfTimeException e)
        {
            return new GradientCheckAnswer(PointLabel.Unknown, e.Message, slopes);
        }

        Func<double[], T> Watched<T>(Func<double[], T> asked) => at =>
        {
            deadline.Check();
            return asked(at);
        };
    }

    private static GradientCheckAnswer Of(
        Func<double[], double> function,
        Func<double[], (double Value, double[] Gradient)> claim,
        double[] x,
        GradientCheckOptions options,
        double? known,
        List<SlopePair> slopes,
        Func<bool>? ties)
    {
        double value = function(x);
        var (claimed, gradient) = claim(x);
        if (gradient.Length != x.Length)
        {
            throw new NonsmoothException($"the claimed gradient has {gradient.Length} entries for {x.Length} variables");
        }

        if (!double.IsFinite(value))
        {
            return new GradientCheckAnswer(PointLabel.Unknown, $"the value is {Text(value)}", []);
        }

        double rounding = known ?? KinkLocator.Rounding(function, x, value);
        var (scales, measured) = Scales.Of(function, x, value, rounding);
        slopes.AddRange(measured.ConvertAll(m => new SlopePair(m.Direction, m.Left, m.Right, ConvexHull.Dot(gradient, m.Direction))));
        slopes.AddRange(Random(function, x, value, gradient, scales, options, rounding));
        double size = slopes.SelectMany(s => new[] { s.Left, s.Right }).Where(s => s.IsSettled).Select(s => Math.Abs(s.Value)).DefaultIfEmpty(0).Max();
        if (!(Math.Abs(claimed - value) <= options.Tolerance * (Math.Abs(value) + size)))
        {
            return new GradientCheckAnswer(PointLabel.Unknown, $"the value is {Text(value)}, claimed is {Text(claimed)}", slopes) { IsWrong = true };
        }

        if (slopes.Find(s => (!s.Left.IsSettled && !s.Right.IsSettled) || Jumps(s)) is { } unsettled)
        {
            return new GradientCheckAnswer(
                PointLabel.Unknown,
                $"differences have no limit along {Text(unsettled.Direction)}: the function jumps, is not Lipschitz, or rounding hides its slope",
                slopes);
        }

        return Array.FindIndex(gradient, g => !double.IsFinite(g)) is >= 0 and int bad
            ? Neither(Answers.Misfit.NotFinite, $"entry {bad} of the gradient is {Text(gradient[bad])}, the function's slopes are finite", slopes)
            : AmongSlopes(new Subject(function, at => claim(at).Gradient, x, scales, options), gradient, slopes, new NearKinks(function, x, value, slopes, rounding), ties);

        // One side without a limit, the other with a finite value beyond it: not the border of a domain.
        bool Jumps(SlopePair s) => s.Left.IsSettled != s.Right.IsSettled
            && double.IsFinite(function([.. x.Zip(s.Direction, (a, v) => a + ((s.Left.IsSettled ? 1e-6 : -1e-6) * v))]));
    }

    // A kink can have equal slopes on both sides of every line, as a median of three: then gradients nearby differ.
    private static GradientCheckAnswer AmongSlopes(Subject subject, double[] gradient, List<SlopePair> slopes, NearKinks kinks, Func<bool>? ties)
    {
        if (slopes.Exists(s => s.IsKink))
        {
            var beside = ties?.Invoke() == true ? null : Beside(subject, gradient, slopes, kinks);
            return (beside ?? AtKink(subject, gradient, slopes)) with { NearestKink = kinks.Nearest(beside is not null) };
        }

        var smooth = Smooth(subject, gradient, slopes);
        return (smooth.Label == PointLabel.Neither && !NearKinks.AreLinear(slopes, gradient.Length) && new NearbyGradients(subject).Differ()
            ? AtKink(subject, gradient, slopes)
            : smooth) with { NearestKink = kinks.Nearest(isBeside: true) };
    }

    // Kinks nearer than the steps, but not at the point: its slopes are those of the sides without them. Null where that is not sure.
    private static GradientCheckAnswer? Beside(Subject subject, double[] gradient, List<SlopePair> slopes, NearKinks kinks)
    {
        if (kinks.Own() is not { } own)
        {
            return null;
        }

        var answer = Smooth(subject, gradient, own);
        string reason = $"{answer.Reason}; a kink is nearer than the steps of the differences, beside the point";
        bool isTold = own.Count == slopes.Count || (answer.Label == PointLabel.Gradient && kinks.Spare(own).All(s => s.IsBetween));
        return !isTold ? new GradientCheckAnswer(PointLabel.Unknown, $"{reason}, as far as rounding tells", slopes)
            : answer.Label != PointLabel.Neither || NearKinks.AreLinear(own, gradient.Length) ? answer with { Slopes = slopes, Reason = reason }
            : null;
    }

    private static GradientCheckAnswer Smooth(Subject subject, double[] gradient, List<SlopePair> slopes)
    {
        double largest = slopes.Select(s => Math.Abs(s.Better.Value)).Append(Math.Abs(subject.Value(new double[gradient.Length]))).Max();
        foreach (var s in slopes)
        {
            var slope = s.Better;
            double size = Math.Abs(slope.Value) + gradient.Zip(s.Direction, (g, v) => Math.Abs(g * v)).Sum();
            if (!(Math.Abs(s.Claimed - slope.Value) <= (10 * slope.Error) + (subject.Options.Tolerance * size)))
            {
                return Neither(
                    Answers.Misfit.NotTheDerivative, $"the slope along {Text(s.Direction)} is {Text(slope.Value)}, claimed is {Text(s.Claimed)}", slopes);
            }

            if (10 * slope.Error > Math.Max(0.1 * size, 1e-8 * largest) && s.Claimed != slope.Value)
            {
                return new GradientCheckAnswer(PointLabel.Unknown, $"rounding hides the slope along {Text(s.Direction)}: it is {Text(slope.Value)} ± {Text(slope.Error)}", slopes);
            }
        }

        return new GradientCheckAnswer(PointLabel.Gradient, "slopes agree on both sides and with the gradient", slopes);
    }

    private static GradientCheckAnswer Neither(Misfit misfit, string reason, IReadOnlyList<SlopePair> slopes) =>
        new(PointLabel.Neither, reason, slopes)
        {
            Misfit = misfit,
            IsWrong = misfit is Answers.Misfit.NotFinite or Answers.Misfit.NotTheDerivative,
        };

    private static IEnumerable<SlopePair> Random(
        Func<double[], double> function, double[] x, double value, double[] gradient, double[] scales, GradientCheckOptions options, double rounding)
    {
        var random = new CounterRandom(options.Seed).Derive("gradient check").Sequence();
        var slopes = new List<SlopePair>();
        for (int d = 0; d < options.Directions && x.Length > 1; d++)
        {
            var v = new double[x.Length];
            for (int i = 0; i < v.Length; i++)
            {
                v[i] = random.NextNormal();
            }

            double largest = v.Max(Math.Abs);
            v = [.. v.Zip(scales, (a, s) => a / largest * s)];
            slopes.Add(new SlopePair(
                v,
                OneSidedDifference.Of(function, x, value, v, -1, rounding),
                OneSidedDifference.Of(function, x, value, v, 1, rounding),
                ConvexHull.Dot(gradient, v)));
        }

        return slopes;
    }

    private static string Text(double x) => x.ToString("G6", CultureInfo.InvariantCulture);

    private static string Text(IReadOnlyList<double> v) =>
        $"({string.Join(", ", v.Take(4).Select(Text))}{(v.Count > 4 ? ", …" : "")})";
}
