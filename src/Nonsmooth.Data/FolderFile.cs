namespace Nonsmooth.Data;

/// <summary>An image file of a folder.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Label">Its class.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Ticks">When it was last written.</param>
internal sealed record FolderFile(string Path, ushort Label, long Length, long Ticks)
{
    private const long Longest = 1 << 28;

    /// <summary>Its pixels, its shorter side scaled down to <paramref name="shorter"/> where it is longer.</summary>
    /// <exception cref="NonsmoothException">It cannot be read, or is cut, damaged or no image: it is named.</exception>
    public (int Width, int Height, byte[] Pixels) Decode(int shorter)
    {
        byte[] content;
        try
        {
            content = Length <= Longest
                ? File.ReadAllBytes(Path)
                : throw new NonsmoothException($"'{Path}' has {Length} bytes, more than the {Longest} it may have; replace it.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw PackedFile.Unreadable(Path, e);
        }

        var image = ImageDecoder.Decode($"'{Path}'", content);
        int side = Math.Min(image.Width, image.Height);
        double factor = side > shorter ? (double)shorter / side : 1;
        int width = (int)Math.Round(image.Width * factor), height = (int)Math.Round(image.Height * factor);
        if (width > ushort.MaxValue || height > ushort.MaxValue)
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
