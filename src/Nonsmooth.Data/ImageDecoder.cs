using StbImageSharp;

namespace Nonsmooth.Data;

/// <summary>Decodes JPEG and PNG files to bytes of three channels.</summary>
internal static class ImageDecoder
{
    /// <summary>The most bytes an image file may have: far more than small images need.</summary>
    public const int LongestFile = 1 << 20;

    /// <summary>Decodes one file; grey images get three equal channels, transparency is left out.</summary>
    /// <param name="place">What the file is called in an error.</param>
    /// <param name="file">Its bytes.</param>
    /// <param name="shape">The size it shall have, with 3 channels.</param>
    /// <param name="pixels">Gets red, green and blue, each row by row.</param>
    /// <exception cref="NonsmoothException">The file is cut, damaged, of another format or another size.</exception>
    public static void Decode(string place, byte[] file, ImageShape shape, Span<byte> pixels)
    {
        var interleaved = Interleaved(place, file, info => info.Width == shape.Width && info.Height == shape.Height
            ? null
            : $"is {info.Width}x{info.Height} pixels, not {shape.Width}x{shape.Height}; scale it.").Data;
        for (var channel = 0; channel < 3; channel++)
        {
            var plane = pixels.Slice(channel * shape.Plane, shape.Plane);
            for (var i = 0; i < plane.Length; i++)
            {
                plane[i] = interleaved[(3 * i) + channel];
            }
        }
    }

    /// <summary>Decodes one file of any size, to red, green and blue of each pixel.</summary>
    /// <param name="place">What the file is called in an error.</param>
    /// <param name="file">Its bytes.</param>
    /// <param name="most">The most pixels it may have.</param>
    /// <exception cref="NonsmoothException">The file is cut, damaged, of another format or too large.</exception>
    public static ImageResult Decode(string place, byte[] file, long most) => Interleaved(place, file, info => (long)info.Width * info.Height <= most
        ? null
        : $"is {info.Width}x{info.Height} pixels, more than the {most} it may have; scale it.");

    /// <summary>How many pixels a file says it has; 0 where it is none that can be decoded.</summary>
    public static long Pixels(byte[] file)
    {
        try
        {
            using var stream = new MemoryStream(file);
            return ImageInfo.FromStream(stream) is { } info ? (long)info.Width * info.Height : 0;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Not to be decoded at all, which decoding it will say.
            return 0;
        }
    }

    private static ImageResult Interleaved(string place, byte[] file, Func<ImageInfo, string?> refusal)
    {
        if (WholeImage.Fault(file) is { } fault)
        {
            throw new NonsmoothException($"{place} cannot be decoded: {fault}; fetch it again.");
        }

        try
        {
            // The size is read before the pixels, so that a damaged header cannot ask for all the memory.
            using var stream = new MemoryStream(file);
            if (ImageInfo.FromStream(stream) is { } info)
            {
                return (refusal(info) ?? PngBomb.Fault(file, info.Width, info.Height)) is { } why
                    ? throw new NonsmoothException($"{place} {why}")
                    : ImageResult.FromMemory(file, ColorComponents.RedGreenBlue);
            }
        }
        catch (Exception e) when (e is not (NonsmoothException or OutOfMemoryException))
        {
            // The decoder says no more than that it failed: its reason is one for all threads, so often another image's.
            throw new NonsmoothException($"{place} cannot be decoded: its data are damaged; fetch it again.", e);
        }

        throw new NonsmoothException($"{place} cannot be decoded: its header is damaged; fetch it again.");
    }
}
