namespace Nonsmooth.Answers;

/// <summary>The kinks near a point on the lines along which differences were taken.</summary>
internal sealed class NearKinks(Func<double[], double> function, double[] x, double value, List<SlopePair> slopes, double rounding)
{
    private const double _linear = 1e-4;

    private KinkOffset[]? _offsets;

    private KinkOffset[] Offsets => _offsets ??=
        [.. slopes.Select(s => s.IsKink ? KinkLocator.Of(function, x, value, s, rounding) : new KinkOffset(KinkSide.Here, 0, 0))];

    /// <summary>
    /// Slopes with the point's own on both sides, but along directions that hardly cross a kink that others are beside; null where a kink is at
    /// the point, or cannot be told from that.
    /// </summary>
    public List<SlopePair>? Own()
    {
        var own = new List<SlopePair>();
        double nearest = slopes.Zip(Offsets).Where(s => s.First.IsKink && s.Second.Where is KinkSide.Left or KinkSide.Right)
            .Select(s => Length(s.First) * s.Second.Distance).DefaultIfEmpty(0).Min();
        foreach (var (pair, offset) in slopes.Zip(Offsets))
        {
            if (pair.IsKink && (offset.Where == KinkSide.Untold || (offset.Where == KinkSide.Here && !(offset.Error * Length(pair) > nearest && nearest > 0))))
            {
                return null;
            }

            var slope = offset.Where == KinkSide.Left ? pair.Right : pair.Left;
            if (!pair.IsKink || offset.Where != KinkSide.Here)
            {
                own.Add(pair.IsKink ? pair with { Left = slope, Right = slope } : pair);
            }
        }

        return own;
    }

    /// <summary>The pairs that were left out.</summary>
    public IEnumerable<SlopePair> Spare(List<SlopePair> own) => slopes.Where(s => !own.Exists(o => ReferenceEquals(o.Direction, s.Direction)));

    /// <summary>Whether slopes along variables give those along the other directions: as they do where the function is smooth.</summary>
    public static bool AreLinear(List<SlopePair> own, int variables)
    {
        if (variables > Scales.Most || own.Count < variables || Enumerable.Range(0, variables).Any(i => own[i].Direction[i] == 0 || own[i].Direction.Count(v => v != 0) != 1))
        {
            return false;
        }

        double[] entries = [.. Enumerable.Range(0, variables).Select(i => own[i].Better.Value / own[i].Direction[i])];
        return own.Skip(variables).All(s =>
        {
            double[] terms = [.. entries.Zip(s.Direction, (g, v) => g * v)];
            return Math.Abs(terms.Sum() - s.Better.Value) <= (_linear * terms.Sum(Math.Abs)) + (10 * s.Better.Error);
        });
    }

    /// <summary>How far the nearest is; null where none was met.</summary>
    /// <param name="isBeside">Whether the point itself is on none.</param>
    public double? Nearest(bool isBeside)
    {
        double nearest = double.PositiveInfinity;
        foreach (var (pair, offset) in slopes.Zip(Offsets))
        {
            double? distance = pair.IsKink
                ? offset.Where switch
                {
                    KinkSide.Here => isBeside ? null : 0,
                    KinkSide.Untold => null,
                    _ => offset.Distance,
                }
                : isBeside ? Least(KinkScan.Of(function, x, value, pair, -1), KinkScan.Of(function, x, value, pair, 1)) : null;
            nearest = Math.Min(nearest, Length(pair) * (distance ?? double.PositiveInfinity));
        }

        return double.IsFinite(nearest) ? nearest : null;
    }

    private static double Length(SlopePair pair) => Math.Sqrt(pair.Direction.Sum(v => v * v));

    private static double? Least(double? a, double? b) => a is { } first && b is { } second ? Math.Min(first, second) : a ?? b;
}
