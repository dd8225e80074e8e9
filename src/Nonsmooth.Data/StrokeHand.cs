using System.Numerics;
using Nonsmooth.Randomness;

namespace Nonsmooth.Data;

/// <summary>How one digit is held, slanted, sized, moved and bent on its way to the image.</summary>
/// <remarks>Only +, −, × and ÷: the same bits on every platform, which sine and cosine would not give.</remarks>
internal readonly struct StrokeHand
{
    private const float Centre = 14;
    private readonly float xx, xy, yx, yy;
    private readonly Vector2 centre, bend, frequency, phase;

    /// <summary>Draws a hand at random; a distortion of 0 is an upright one of middle size.</summary>
    public StrokeHand(ref RandomSequence random, float distortion)
    {
        var halfTangent = 0.125f * distortion * random.NextSigned();
        var square = halfTangent * halfTangent;
        var (cosine, sine) = ((1 - square) / (1 + square), 2 * halfTangent / (1 + square));
        var width = 13.5f * MathF.Max(0.3f, 1 + (0.28f * distortion * random.NextSigned()));
        var height = 18.5f * MathF.Max(0.3f, 1 + (0.16f * distortion * random.NextSigned()));
        var slant = height * ((0.32f * distortion * random.NextSigned()) - 0.06f);
        (xx, xy) = ((cosine * width), (cosine * slant) - (sine * height));
        (yx, yy) = ((sine * width), (sine * slant) + (cosine * height));
        centre = new Vector2(Centre) + (2.4f * distortion * new Vector2(random.NextSigned(), random.NextSigned()));
        bend = 1.3f * distortion * new Vector2(random.NextSigned(), random.NextSigned());
        frequency = new Vector2(0.03f + (0.06f * random.NextSingle()), 0.03f + (0.06f * random.NextSingle()));
        phase = new Vector2(random.NextSingle(), random.NextSingle());
    }

    /// <summary>From the unit square to pixels.</summary>
    public Vector2 Place(Vector2 point)
    {
        var (x, y) = (point.X - 0.5f, point.Y - 0.5f);
        var placed = new Vector2((xx * x) + (xy * y), (yx * x) + (yy * y)) + centre;
        return placed + new Vector2(
            bend.X * Wave((placed.Y * frequency.X) + phase.X),
            bend.Y * Wave((placed.X * frequency.Y) + phase.Y));
    }

    /// <summary>A smooth wave of period 1 between −1 and 1, made of parabolas.</summary>
    private static float Wave(float turns)
    {
        var t = (2 * (turns - MathF.Floor(turns))) - 1;
        return 4 * t * (1 - MathF.Abs(t));
    }
}
