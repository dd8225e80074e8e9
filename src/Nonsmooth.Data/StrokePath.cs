using System.Numerics;

namespace Nonsmooth.Data;

/// <summary>One movement of the pen through points of the unit square, x to the right and y down.</summary>
/// <param name="IsCurve">A smooth curve through the points (Catmull and Rom), or straight lines between them.</param>
/// <param name="Points">Where the pen passes.</param>
internal sealed record StrokePath(bool IsCurve, Vector2[] Points)
{
    private const int StepsPerSpan = 4;

    /// <summary>The largest number of points <see cref="Flatten"/> gives for up to 12 points.</summary>
    public const int MaxFlat = (11 * StepsPerSpan) + 1;

    /// <summary>A smooth curve through x, y, x, y, ….</summary>
    public static StrokePath Curve(params ReadOnlySpan<float> coordinates) => new(true, Pairs(coordinates));

    /// <summary>Straight lines through x, y, x, y, ….</summary>
    public static StrokePath Line(params ReadOnlySpan<float> coordinates) => new(false, Pairs(coordinates));

    /// <summary>Replaces moved points by the corners of a chain of short straight segments; returns how many.</summary>
    public int Flatten(ReadOnlySpan<Vector2> moved, Span<Vector2> chain)
    {
        // Lines are cut too, so that a warp bends them.
        chain[0] = moved[0];
        var count = 1;
        for (var i = 0; i + 1 < moved.Length; i++)
        {
            var (from, to) = (moved[i], moved[i + 1]);
            var (startTangent, endTangent) = IsCurve
                ? ((to - moved[Math.Max(i - 1, 0)]) / 2, (moved[Math.Min(i + 2, moved.Length - 1)] - from) / 2)
                : (to - from, to - from);
            for (var step = 1; step <= StepsPerSpan; step++)
            {
                var t = (float)step / StepsPerSpan;
                var rest = 1 - t;
                chain[count++] = (from * (rest * rest * (1 + (2 * t)))) + (startTangent * (t * rest * rest))
                    + (to * (t * t * (3 - (2 * t)))) - (endTangent * (t * t * rest));
            }
        }

        return count;
    }

    private static Vector2[] Pairs(ReadOnlySpan<float> coordinates)
    {
        var points = new Vector2[coordinates.Length / 2];
        for (var i = 0; i < points.Length; i++)
        {
            points[i] = new Vector2(coordinates[2 * i], coordinates[(2 * i) + 1]);
        }

        return points;
    }
}
