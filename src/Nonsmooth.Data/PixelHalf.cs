namespace Nonsmooth.Data;

/// <summary>The labels and pixels of one half of a data set, image after image.</summary>
/// <param name="Labels">The class of each image.</param>
/// <param name="Pixels">The bytes of each image, channel by channel and row by row.</param>
internal sealed record PixelHalf(byte[] Labels, byte[] Pixels)
{
    /// <summary>The first images.</summary>
    public PixelHalf First(int count) =>
        count == Labels.Length ? this : new PixelHalf(Labels[..count], Pixels[..(count * (Pixels.Length / Labels.Length))]);

    /// <summary>
    /// As many images of each class as can be: the first of every class, then the second of every class, and so on
    /// until there are enough. They stay in order.
    /// </summary>
    public PixelHalf FirstOfEachClass(int count)
    {
        if (count == Labels.Length)
        {
            return this;
        }

        var seen = new int[256];
        var chosen = Labels.Select((label, index) => (Turn: seen[label]++, Label: label, Index: index))
            .Order().Take(count).Select(image => image.Index).Order().ToArray();
        var size = Pixels.Length / Labels.Length;
        var pixels = new byte[count * size];
        for (var i = 0; i < count; i++)
        {
            Pixels.AsSpan(chosen[i] * size, size).CopyTo(pixels.AsSpan(i * size));
        }

        return new PixelHalf([.. chosen.Select(index => Labels[index])], pixels);
    }
}
