using System.Buffers;
using System.Runtime.InteropServices;
using Nonsmooth.Randomness;

namespace Nonsmooth.Data;

/// <summary>Images of any size, scaled when they are read: where an epoch is drawn, a random part, mirrored half of the time, else the middle.</summary>
/// <remarks>What is drawn of an image is a pure function of (seed, epoch, index); see <see cref="CropBox"/> for the parts.</remarks>
public sealed class FolderSplit : DataSplit
{
    private readonly FolderPixels pixels;
    private readonly int[] images;
    private readonly int size;
    private readonly Normalisation normalisation;

    internal FolderSplit(FolderPixels pixels, int[] images, int classCount, int size, Normalisation normalisation)
        : base(FieldList.Images(new ImageShape(3, size, size), classCount), images.Length) =>
        (this.pixels, this.images, this.size, this.normalisation) = (pixels, images, size, normalisation);

    /// <summary>The class of an image.</summary>
    public int LabelOf(int index) => pixels.Label(images[index]);

    /// <inheritdoc/>
    /// <remarks>Classes, sizes and the checksums of the pixels, which were taken when the images were decoded.</remarks>
    private protected override uint Identify(uint state) => images.Aggregate(state, (at, image) => pixels.Identify(at, image));

    /// <summary>Some of its images.</summary>
    internal FolderSplit Chosen(int[] indices) => new(pixels, [.. indices.Select(i => images[i])], ClassCount, size, normalisation);

    private protected override void Copy(int index, int field, Span<byte> to, EpochDraw? draw)
    {
        var image = images[index];
        if (field != 0)
        {
            MemoryMarshal.Write(to, (long)pixels.Label(image));
            return;
        }

        var (width, height) = pixels.Size(image);
        var (box, mirrored) = (CropBox.Centre(width, height, size), false);
        if (draw is { } epoch)
        {
            var random = new CounterRandom(epoch.Seed).Derive("folder").Derive((ulong)epoch.Epoch).Derive((ulong)index);
            box = CropBox.Random(width, height, random.Derive("part"));
            mirrored = random.At(0) >> 31 == 1;
        }

        var scaled = ArrayPool<float>.Shared.Rent(3 * size * size);
        var bytes = ArrayPool<byte>.Shared.Rent(pixels.Length(image));
        pixels.Read(image, bytes);
        Resampler.Scale(bytes.AsSpan(0, pixels.Length(image)), width, box, size, size, scaled.AsSpan(0, 3 * size * size));
        Spread(scaled, MemoryMarshal.Cast<byte, float>(to), mirrored);
        ArrayPool<byte>.Shared.Return(bytes);
        ArrayPool<float>.Shared.Return(scaled);
    }

    /// <summary>Normalises channel by channel.</summary>
    private void Spread(ReadOnlySpan<float> scaled, Span<float> values, bool mirrored)
    {
        for (var channel = 0; channel < 3; channel++)
        {
            var (mean, factor) = (255 * normalisation.Mean[channel], 1 / (255 * normalisation.Deviation[channel]));
            for (var row = 0; row < size; row++)
            {
                var line = values.Slice(((channel * size) + row) * size, size);
                var at = (3 * size * row) + channel;
                for (var column = 0; column < size; column++, at += 3)
                {
                    line[column] = (scaled[at] - mean) * factor;
                }

                if (mirrored)
                {
                    line.Reverse();
                }
            }
        }
    }
}
