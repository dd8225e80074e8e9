using Nonsmooth.Randomness;

namespace Nonsmooth.Data;

/// <summary>A part of an image, in whole pixels.</summary>
internal readonly record struct CropBox(int Left, int Top, int Width, int Height)
{
    private const int Tries = 10;

    /// <summary>The whole of an image.</summary>
    public static CropBox Whole(int width, int height) => new(0, 0, width, height);

    /// <summary>The square in the middle with 7/8 of the shorter side, as 224 of 256; all of that side where it is no longer than asked for.</summary>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="size">The side that it will be scaled to.</param>
    public static CropBox Centre(int width, int height, int size)
    {
        int shorter = Math.Min(width, height);
        int side = shorter <= size ? shorter : Math.Max(size, (int)Math.Round(shorter * 7.0 / 8));
        return new CropBox((width - side) / 2, (height - side) / 2, side, side);
    }

    /// <summary>A part of 8 % to 100 % of the area and of a ratio of sides from 3:4 to 4:3, uniform in area and in the ratio's logarithm.</summary>
    /// <remarks>Source: Szegedy et al., "Going deeper with convolutions", 2014, section 6. Where ten draws do not fit, the middle as far as the ratio goes.</remarks>
    public static CropBox Random(int width, int height, CounterRandom random)
    {
        for (ulong i = 0; i < Tries; i++)
        {
            double area = (double)width * height * (0.08 + (0.92 * random.Uniform(4 * i)));
            double ratio = Math.Exp(((2 * random.Uniform((4 * i) + 1)) - 1) * Math.Log(4.0 / 3));
            int w = (int)Math.Round(Math.Sqrt(area * ratio));
            int h = (int)Math.Round(Math.Sqrt(area / ratio));
            if (w >= 1 && h >= 1 && w <= width && h <= height)
            {
                return new CropBox(At((4 * i) + 2, width - w), At((4 * i) + 3, height - h), w, h);
            }
        }

        int most = (int)Math.Round(Math.Min(width, height) * 4.0 / 3);
        var (columns, rows) = (Math.Min(width, most), Math.Min(height, most));
        return new CropBox((width - columns) / 2, (height - rows) / 2, columns, rows);

        int At(ulong index, int last) => Math.Min(last, (int)(random.Uniform(index) * (last + 1)));
    }
}
