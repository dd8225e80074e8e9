using Nonsmooth.Arithmetic;
using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.Answers;

/// <summary>The kinks of a program at a point, and the slopes beside them.</summary>
internal static class SwitchUnits
{
    /// <summary>The units of a node: those that tie, or all.</summary>
    public static IEnumerable<SwitchUnit> Of(Node node, Point at, bool tiedOnly)
    {
        var kind = KinkKinds.Of(node.Function);
        if (kind is KinkKind.Smooth or KinkKind.Norm)
        {
            yield break;
        }

        double[] x = at[node.Arguments[0]];
        double[] b = kind == KinkKind.Point ? [] : at[node.Arguments[1]];
        var kinks = kind == KinkKind.Point ? KinkKinds.Points(node.Function) : [];
        for (int i = 0; i < x.Length; i++)
        {
            if (kind != KinkKind.Point)
            {
                double value = x[i] == b[i] ? 0 : x[i] - b[i];

                // Infinite elements (a pool's padding) never win: nothing switches there.
                if (tiedOnly ? value == 0 && double.IsFinite(x[i]) : double.IsFinite(value))
                {
                    yield return new SwitchUnit(node, i, value, Dyadic.FromDouble(kind == KinkKind.Maximum ? 0.5 : -0.5));
                }
            }

            foreach (var kink in kinks)
            {
                if (!tiedOnly || x[i] == kink.At)
                {
                    yield return new SwitchUnit(node, i, x[i] - kink.At, Half(Dyadic.FromDouble(kink.Right) - Dyadic.FromDouble(kink.Left)));
                }
            }
        }
    }

    /// <summary>How many units a node has in all.</summary>
    public static long Count(Node node, Program form)
    {
        long elements = form.Types[node.Results[0]].Shape.Count64;
        return KinkKinds.Of(node.Function) switch
        {
            KinkKind.Maximum or KinkKind.Minimum => elements,
            KinkKind.Point => elements * KinkKinds.Points(node.Function).Count,
            _ => 0,
        };
    }

    /// <summary>Whether a 2-norm sits at the zero vector, where it is not piecewise linear.</summary>
    public static bool IsAtZeroNorm(Node node, Point at) =>
        KinkKinds.Of(node.Function) == KinkKind.Norm && at[node.Results[0]].Contains(0);

    /// <summary>The slopes (the weights of a first of two) without the absolute values of the node's units: exact at kinks.</summary>
    public static Dyadic[] Slopes(Node node, Point at, IEnumerable<SwitchUnit> units)
    {
        var slopes = KinkKinds.Of(node.Function) == KinkKind.Point ? PointSlopes(node, at) : Weights(node, at);
        foreach (var unit in units)
        {
            slopes[unit.Element] -= unit.HalfGap * Dyadic.FromDouble(Math.Sign(unit.Value));
        }

        return slopes;
    }

    private static Dyadic[] PointSlopes(Node node, Point at)
    {
        var rule = ((IUnaryFunction)node.Function).Rule;
        var points = KinkKinds.Points(node.Function);
        var (x, y) = (at.Bounds(node.Arguments[0]), at.Bounds(node.Results[0]));
        var slopes = new Dyadic[x.Length];
        for (int i = 0; i < slopes.Length; i++)
        {
            int kink = points.ToList().FindIndex(k => k.At == x[i].Value);
            slopes[i] = kink >= 0
                ? Half(Dyadic.FromDouble(points[kink].Left) + Dyadic.FromDouble(points[kink].Right))
                : Dyadic.Of(rule.Slope(x[i], y[i], Selection.Middle));
        }

        return slopes;
    }

    private static Dyadic[] Weights(Node node, Point at)
    {
        int sign = KinkKinds.Of(node.Function) == KinkKind.Maximum ? 1 : -1;
        return [.. at[node.Arguments[0]].Zip(at[node.Arguments[1]], (a, b) => Dyadic.FromDouble(a == b ? 0.5 : sign * (a - b) > 0 ? 1 : 0))];
    }

    private static Dyadic Half(Dyadic x) => x.Shifted(-1);
}
