using Nonsmooth.Differences;

namespace Nonsmooth.Answers;

/// <summary>How far each variable is moved: what makes a check independent of units.</summary>
/// <remarks>
/// A variable that is not 0 is moved by parts of itself, one that is 0 by parts of 1; where rounding or curvature hides
/// the slope at that scale, of others. With more than 32 variables the first scale is taken.
/// </remarks>
internal static class Scales
{
    /// <summary>Up to how many variables are looked at one by one.</summary>
    public const int Most = 32;

    private const double _fine = 1e-6;
    private const double _seen = 1e-2;
    private const double _part = 0.02;

    private static readonly double[] _ofNonzero = [1, 1e3, 1e6, 1e9];
    private static readonly double[] _ofZero = [1, 1e-4, 1e-8, 1e-12, 1e4, 1e8, 1e12];

    /// <summary>A scale for each variable, and with few variables the slopes along each.</summary>
    public static (double[] Scales, List<(double[] Direction, Slope Left, Slope Right)> Slopes) Of(
        Func<double[], double> function, double[] x, double value, double rounding)
    {
        var scales = new double[x.Length];
        var lines = new List<Line>();
        var slopes = new List<(double[], Slope, Slope)>();
        for (int i = 0; i < x.Length; i++)
        {
            double size = Math.Abs(x[i]);
            scales[i] = size > 0 ? size : 1;
            if (x.Length > Most)
            {
                continue;
            }

            var found = default(Line);
            foreach (double scale in size > 0 ? [.. _ofNonzero.Select(s => s * size), 1] : _ofZero)
            {
                var line = Along(i, scale);
                if (found is null || (line.Doubt < found.Doubt && (scale < found.Scale || found.Allows(line))))
                {
                    found = line;
                }

                if (found.Doubt <= _fine && found.Size >= _seen * Math.Abs(value))
                {
                    break;
                }
            }

            scales[i] = found!.Scale;
            lines.Add(found);
            slopes.Add((found.Direction, found.Left, found.Right));
        }

        Balance(lines);
        return (scales, slopes);

        // A variable that is 0 has no scale of its own: it is moved so far that a term of it neither drowns others nor is drowned.
        void Balance(List<Line> lines)
        {
            double most = lines.Where((_, i) => x[i] != 0).Select(l => l.Size).Append(Math.Abs(value)).Max();
            most = most > 0 ? most : lines.Select(l => l.Size).Where(s => s > 0).DefaultIfEmpty(0).Min();
            for (int i = 0; i < lines.Count; i++)
            {
                double scale = most / lines[i].Size * scales[i];
                if (x[i] == 0 && lines[i].Doubt <= 1e-3 && double.IsFinite(scale) && (scale < scales[i] || lines[i].Allows(Along(i, scale))))
                {
                    scales[i] = scale;
                }
            }
        }

        Line Along(int i, double scale)
        {
            var direction = new double[x.Length];
            direction[i] = scale;
            var left = OneSidedDifference.Of(function, x, value, direction, -1, rounding);
            var right = OneSidedDifference.Of(function, x, value, direction, 1, rounding);
            return new(scale, direction, left, right) { IsStraight = Straight(left, -_part) && Straight(right, _part) };

            bool Straight(Slope slope, double step)
            {
                double[] moved = [.. x];
                moved[i] += step * scale;
                return Math.Abs(((function(moved) - value) / step) - slope.Value) <= 0.1 * Math.Abs(slope.Value);
            }
        }
    }

    private sealed record Line(double Scale, double[] Direction, Slope Left, Slope Right)
    {
        /// <summary>Whether the function is nearly straight on both sides as far as differences reach.</summary>
        public bool IsStraight { get; init; }

        /// <summary>What the function changes over the scale.</summary>
        public double Size => Math.Max(Left.IsSettled ? Math.Abs(Left.Value) : 0, Right.IsSettled ? Math.Abs(Right.Value) : 0);

        /// <summary>The relative errors; a flat line counts less than one that is seen, and one without a limit most.</summary>
        public double Doubt => Left.Size == 0 && Right.Size == 0 ? 0.1 : Of(Left) + Of(Right);

        /// <summary>Whether the slopes of larger steps are within the errors of these: else a kink is between.</summary>
        public bool Allows(Line larger) => larger.IsStraight && Agree(Left, larger.Left, larger.Scale) && Agree(Right, larger.Right, larger.Scale);

        private bool Agree(Slope near, Slope far, double scale) =>
            !double.IsFinite(near.Error) || (far.IsSettled && Math.Abs((near.Value / Scale) - (far.Value / scale)) <= 10 * near.Error / Scale);

        private static double Of(Slope slope) =>
            !slope.IsSettled ? 1 : slope.Size == 0 ? 0 : slope.Error / Math.Max(Math.Abs(slope.Value), slope.Size);
    }
}
