using System.Numerics;
using Nonsmooth.Randomness;

namespace Nonsmooth.Data;

/// <summary>Paints one handwritten-like digit.</summary>
internal static class StrokePainter
{
    public const int Side = 28;
    private const int MaxPoints = 12;

    /// <summary>Draws a digit in a random style and hand, then whatever else is on the paper.</summary>
    /// <param name="digit">0 to 9.</param>
    /// <param name="random">Read from the start: give each image its own stream.</param>
    /// <param name="distortion">0 for print, 1 for handwriting.</param>
    /// <param name="image">Gets 28×28 bytes, 0 for paper and 255 for ink.</param>
    public static void Paint(int digit, CounterRandom random, float distortion, Span<byte> image)
    {
        Span<float> ink = stackalloc float[Side * Side];
        ink.Clear();
        var canvas = new StrokeCanvas(ink, Side);
        var sequence = random.Sequence();
        var styles = DigitShapes.Styles[digit];
        var style = styles[sequence.NextInt32(styles.Length)];
        var hand = new StrokeHand(ref sequence, distortion);
        var radius = 1.15f + (0.55f * MathF.Min(distortion, 1.5f) * sequence.NextSigned());
        var strength = 1 - (0.35f * MathF.Min(distortion, 2) * sequence.NextSingle());
        foreach (var path in style)
        {
            Trace(canvas, path, hand, ref sequence, distortion, radius, strength);
        }

        if (sequence.NextSingle() < 0.35f * distortion)
        {
            Distract(canvas, ref sequence, radius, strength);
        }

        Develop(ink, image, ref sequence, distortion);
    }

    private static void Trace(
        StrokeCanvas canvas, StrokePath path, in StrokeHand hand, ref RandomSequence sequence, float distortion, float radius, float strength)
    {
        Span<Vector2> moved = stackalloc Vector2[MaxPoints];
        Span<Vector2> chain = stackalloc Vector2[StrokePath.MaxFlat];
        moved = moved[..path.Points.Length];
        for (var i = 0; i < moved.Length; i++)
        {
            moved[i] = path.Points[i] + (0.062f * distortion * new Vector2(sequence.NextSigned(), sequence.NextSigned()));
        }

        // The pen comes down early or late and lifts early or late.
        moved[0] += 0.16f * distortion * sequence.NextSigned() * (moved[0] - moved[1]);
        moved[^1] += 0.16f * distortion * sequence.NextSigned() * (moved[^1] - moved[^2]);
        chain = chain[..path.Flatten(moved, chain)];
        foreach (ref var point in chain)
        {
            point = hand.Place(point);
        }

        var taper = 0.25f * distortion;
        canvas.Draw(
            chain,
            MathF.Max(0.4f, radius * (1 + (taper * sequence.NextSigned()))),
            MathF.Max(0.4f, radius * (1 + (taper * sequence.NextSigned()))),
            strength);
    }

    /// <summary>A short stroke of a neighbour, or a slip of the pen.</summary>
    private static void Distract(StrokeCanvas canvas, ref RandomSequence sequence, float radius, float strength)
    {
        var start = Side * new Vector2(sequence.NextSingle(), sequence.NextSingle());
        var reach = new Vector2(sequence.NextSigned(), sequence.NextSigned());
        ReadOnlySpan<Vector2> chain = [start, start + (4 * reach), start + (8 * reach) + new Vector2(2 * sequence.NextSigned(), 2 * sequence.NextSigned())];
        canvas.Draw(chain, 0.6f * radius, 0.6f * radius, strength * (0.4f + (0.5f * sequence.NextSingle())));
    }

    /// <summary>Ink to bytes, with the grain of the paper: noise of one byte a pixel, four pixels a word.</summary>
    private static void Develop(ReadOnlySpan<float> ink, Span<byte> image, ref RandomSequence sequence, float distortion)
    {
        var grain = 0.2f * MathF.Min(distortion, 2) * sequence.NextSingle();
        var word = 0u;
        for (var i = 0; i < ink.Length; i++)
        {
            word = (i & 3) == 0 ? sequence.NextUInt32() : word >> 8;
            var noise = grain * ((word & 255) - 127.5f);
            image[i] = (byte)MathF.Min(255, MathF.Max(0, (255 * ink[i]) + noise + 0.5f));
        }
    }
}
