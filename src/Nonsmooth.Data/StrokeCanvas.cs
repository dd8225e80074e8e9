using System.Numerics;

namespace Nonsmooth.Data;

/// <summary>A square grey image that strokes are drawn on; ink on ink keeps the darker.</summary>
internal readonly ref struct StrokeCanvas(Span<float> ink, int side)
{
    private readonly Span<float> ink = ink;

    /// <summary>Draws a chain of segments with a round pen.</summary>
    /// <param name="chain">Corners in pixels; a pixel's centre lies at half-integers.</param>
    /// <param name="radius">Half the width of the line at its start, in pixels.</param>
    /// <param name="endRadius">Half the width at its end.</param>
    /// <param name="strength">The ink at the middle of the line, 0 to 1.</param>
    public void Draw(ReadOnlySpan<Vector2> chain, float radius, float endRadius, float strength)
    {
        for (var i = 0; i + 1 < chain.Length; i++)
        {
            var along = (i + 0.5f) / (chain.Length - 1);
            Segment(chain[i], chain[i + 1], radius + ((endRadius - radius) * along), strength);
        }
    }

    private void Segment(Vector2 from, Vector2 to, float radius, float strength)
    {
        // One pixel of soft edge: half inside the radius, half outside.
        var reach = radius + 0.5f;
        var (low, high) = (Vector2.Min(from, to) - new Vector2(reach + 0.5f), Vector2.Max(from, to) + new Vector2(reach + 0.5f));
        var (left, top) = (Math.Max(0, (int)low.X), Math.Max(0, (int)low.Y));
        var (right, bottom) = (Math.Min(side, (int)high.X + 1), Math.Min(side, (int)high.Y + 1));
        var (dx, dy) = (to.X - from.X, to.Y - from.Y);
        var scale = 1 / MathF.Max((dx * dx) + (dy * dy), 1e-12f);
        for (var row = top; row < bottom; row++)
        {
            var line = ink.Slice(row * side, side);
            var y = row + 0.5f - from.Y;
            for (var column = left; column < right; column++)
            {
                var x = column + 0.5f - from.X;
                var t = MathF.Min(1, MathF.Max(0, ((x * dx) + (y * dy)) * scale));
                var (ex, ey) = (x - (t * dx), y - (t * dy));
                var square = (ex * ex) + (ey * ey);
                if (square < reach * reach)
                {
                    var covered = strength * MathF.Min(1, reach - MathF.Sqrt(square));
                    line[column] = MathF.Max(line[column], covered);
                }
            }
        }
    }
}
