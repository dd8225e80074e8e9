namespace Nonsmooth.Data;

/// <summary>Images kept as bytes and normalised when they are read.</summary>
public sealed class PixelSplit : ImageSplit
{
    private readonly byte[] pixels;

    /// <summary>Takes the images one after another, each channel by channel and row by row; the arrays become the split's own.</summary>
    /// <exception cref="ArgumentException">The lengths disagree, or a label is not below the class count.</exception>
    public PixelSplit(ImageShape shape, int classCount, byte[] pixels, byte[] labels, Normalisation normalisation)
        : base(shape, classCount, labels)
    {
        if (pixels.LongLength != (long)labels.Length * shape.Size || normalisation.Mean.Count != shape.Channels)
        {
            throw new ArgumentException(
                $"{labels.Length} images of {shape} need {(long)labels.Length * shape.Size} bytes and {shape.Channels} means, "
                + $"not {pixels.Length} and {normalisation.Mean.Count}.", nameof(pixels));
        }

        this.pixels = pixels;
        Normalisation = normalisation;
    }

    /// <summary>How bytes become numbers.</summary>
    public Normalisation Normalisation { get; }

    /// <summary>The bytes of one image.</summary>
    public ReadOnlySpan<byte> Pixels(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        return pixels.AsSpan(index * Shape.Size, Shape.Size);
    }

    internal override void Read(int index, Span<float> image)
    {
        var bytes = Pixels(index);
        for (var channel = 0; channel < Shape.Channels; channel++)
        {
            var start = channel * Shape.Plane;
            Normalisation.Apply(channel, bytes.Slice(start, Shape.Plane), image.Slice(start, Shape.Plane));
        }
    }

    internal override float Beyond(int channel) => Normalisation[channel, 0];
}
