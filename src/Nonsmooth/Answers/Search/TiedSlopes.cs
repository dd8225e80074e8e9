namespace Nonsmooth.Answers;

/// <summary>Which of the slopes that a program is given are read at a point: those of the elements that tie.</summary>
internal sealed class TiedSlopes
{
    private readonly List<(GivenSlope Slope, int Number, int Element, double Middle)> _tied = [];

    public TiedSlopes(Point at, IReadOnlyList<GivenSlope> slopes)
    {
        for (int s = 0; s < slopes.Count; s++)
        {
            var slope = slopes[s];
            double middle = slope.Between is not { } between ? 0
                : KinkKinds.Of(slope.Node.Function) == KinkKind.Point ? (between.Left + between.Right) / 2 : 0.5;
            var ties = Ties(slope, at);
            for (int e = 0; e < slope.Shape.Elements; e++)
            {
                if (ties(e))
                {
                    _tied.Add((slope, s, e, middle));
                }
            }
        }
    }

    /// <summary>What the middle of the one-sided derivatives takes.</summary>
    public IReadOnlyList<ChosenSlope> Middle => [.. _tied.Select(t => new ChosenSlope(t.Slope.Node.Name, t.Slope.Index, t.Element, t.Middle))];

    /// <summary>What slopes given element by element take.</summary>
    public IReadOnlyList<ChosenSlope> Of(IReadOnlyList<double[]> given) =>
        [.. _tied.Select(t => new ChosenSlope(t.Slope.Node.Name, t.Slope.Index, t.Element, given[t.Number][t.Element]))];

    private static Func<int, bool> Ties(GivenSlope slope, Point at)
    {
        var node = slope.Node;
        double[] x = at[node.Arguments[0]];
        switch (KinkKinds.Of(node.Function))
        {
            case KinkKind.Point:
                return e => x[e] == slope.Between!.Value.At;
            case KinkKind.Norm:
                bool isAtZero = SwitchUnits.IsAtZeroNorm(node, at);
                return e => isAtZero && x[e] == 0;
            default:
                double[] other = at[node.Arguments[1]];
                return e => x[e] == other[e];
        }
    }
}
