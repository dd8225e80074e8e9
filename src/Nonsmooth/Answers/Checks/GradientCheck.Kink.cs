using Nonsmooth.Selections;

namespace Nonsmooth.Answers;

public static partial class GradientCheck
{
    private static GradientCheckAnswer AtKink(Subject subject, double[] gradient, List<SlopePair> slopes)
    {
        if (gradient.Length == 1)
        {
            return OnTheLine(gradient[0], slopes, subject.Options);
        }

        var nearby = new NearbyGradients(subject);
        bool inside = nearby.Reach(gradient);
        int count = nearby.Count;
        return nearby.IsContradicted
            ? Neither(Answers.Misfit.NotTheDerivative, "the gradient claimed at a smooth point nearby is not the slope there", slopes)
            : count == 0
            ? new GradientCheckAnswer(PointLabel.Unknown, "no gradient nearby could be measured", slopes)
            : inside && nearby.Hides(gradient)
            ? new GradientCheckAnswer(PointLabel.Unknown, "rounding hides how some small entry compares with the gradients nearby", slopes)
            : inside
                ? new GradientCheckAnswer(PointLabel.Clarke, $"in the hull of {count} gradients nearby", slopes)
                : Neither(
                    nearby.Spans(gradient) ? Answers.Misfit.OutsideHull : Answers.Misfit.OutsideSpan,
                    $"outside the {(nearby.Spans(gradient) ? "hull of" : "affine span of")} {count} gradients nearby",
                    slopes);
    }

    // In one variable the limits of gradients are the two slopes.
    private static GradientCheckAnswer OnTheLine(double gradient, List<SlopePair> slopes, GradientCheckOptions options)
    {
        var pair = slopes.Find(s => s.IsKink)!;
        double v = pair.Direction[0];
        double low = Math.Min(pair.Left.Value / v, pair.Right.Value / v), high = Math.Max(pair.Left.Value / v, pair.Right.Value / v);
        double slack = (10 * (pair.Left.Error + pair.Right.Error) / Math.Abs(v)) + (options.HullTolerance * (high - low));
        string interval = $"the slopes {Text(low)} and {Text(high)} of the two sides";
        return gradient >= low - slack && gradient <= high + slack
            ? new GradientCheckAnswer(PointLabel.Clarke, $"between {interval}", slopes)
            : Neither(Answers.Misfit.OutsideHull, $"not between {interval}", slopes);
    }
}
