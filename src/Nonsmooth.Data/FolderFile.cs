using Nonsmooth.Files;

namespace Nonsmooth.Data;

/// <summary>An image file of a folder.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Label">Its class.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Stamp">When it was written and changed, in words.</param>
internal sealed record FolderFile(string Path, ushort Label, long Length, string Stamp)
{
    private const int LongestSide = 1 << 14;
    private static readonly Lock Large = new();

    /// <summary>Its pixels, its shorter side scaled down to <paramref name="shorter"/> where it is longer.</summary>
    /// <exception cref="NonsmoothException">It cannot be read, is too large, or is cut, damaged or no image: it is named.</exception>
    public (int Width, int Height, byte[] Pixels) Decode(int shorter, DataLimits limits)
    {
        byte[] content;
        try
        {
            content = InputFile.ReadBytes(Path, "", limits.ImageBytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw PackedFile.Unreadable(Path, e);
        }

        // An image takes many times its file: threads that decode large ones together would take that many times more.
        if (ImageDecoder.Pixels(content) <= limits.ImagePixels / 4)
        {
            return Scaled(content, shorter, limits);
        }

        lock (Large)
        {
            return Scaled(content, shorter, limits);
        }
    }

    private (int Width, int Height, byte[] Pixels) Scaled(byte[] content, int shorter, DataLimits limits)
    {
        var image = ImageDecoder.Decode($"'{Path}'", content, limits.ImagePixels);
        int side = Math.Min(image.Width, image.Height);
        double factor = side > shorter ? (double)shorter / side : 1;
        int width = (int)Math.Round(image.Width * factor), height = (int)Math.Round(image.Height * factor);
        if (Math.Max(width, height) > LongestSide)
        {
            throw new NonsmoothException($"'{Path}' is {image.Width}x{image.Height} pixels, too long for its width; cut it.");
        }

        if (factor == 1)
        {
            return (width, height, image.Data);
        }

        var scaled = new float[width * height * 3];
        Resampler.Scale(image.Data, image.Width, CropBox.Whole(image.Width, image.Height), height, width, scaled);
        return (width, height, [.. scaled.Select(value => (byte)Math.Clamp(MathF.Round(value), 0, 255))]);
    }
}
