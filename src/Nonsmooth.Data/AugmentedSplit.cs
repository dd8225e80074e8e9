using System.Buffers;
using System.Runtime.InteropServices;
using Nonsmooth.Randomness;

namespace Nonsmooth.Data;

/// <summary>Images that are cropped and flipped at random where an epoch is drawn, and are as stored otherwise.</summary>
/// <remarks>The crop and the flip of an image are a pure function of (seed, epoch, index).</remarks>
public sealed class AugmentedSplit : DataSplit
{
    private readonly ImageSplit images;

    /// <summary>Draws from a split of images.</summary>
    /// <exception cref="NonsmoothException">The examples are no images, or the padding is negative or as large as the image.</exception>
    public AugmentedSplit(DataSplit split, Augmentation how)
        : base(split.Examples, split.Count)
    {
        images = split as ImageSplit
            ?? throw new NonsmoothException($"examples of {split.Examples} cannot be cropped or flipped: leave that out (a folder's images are drawn anew in any case), or use data of images");
        Augmentation = how;
        var most = Math.Min(Shape.Height, Shape.Width) - 1;
        if (how.Padding < 0 || how.Padding > most)
        {
            throw new NonsmoothException($"the padding of crops is {how.Padding}: give 0 to {most} for images of {Shape}");
        }
    }

    /// <summary>What is drawn.</summary>
    public Augmentation Augmentation { get; }

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Labels => images.Labels;

    private protected override void Copy(int index, int field, Span<byte> to, EpochDraw? draw)
    {
        if (field != 0)
        {
            MemoryMarshal.Write(to, (long)images.Labels[index]);
            return;
        }

        var image = MemoryMarshal.Cast<byte, float>(to);
        if (draw is not { } epoch)
        {
            images.Read(index, image);
            return;
        }

        var word = new CounterRandom(epoch.Seed).Derive("augmentation").Derive((ulong)epoch.Epoch).At((ulong)index);
        var range = (uint)(2 * Augmentation.Padding) + 1;
        var down = (int)(((word & 0x7FFF) * range) >> 15) - Augmentation.Padding;
        var right = (int)((((word >> 15) & 0x7FFF) * range) >> 15) - Augmentation.Padding;
        var stored = ArrayPool<float>.Shared.Rent(Shape.Size);
        images.Read(index, stored.AsSpan(0, Shape.Size));
        for (var channel = 0; channel < Shape.Channels; channel++)
        {
            var at = channel * Shape.Plane;
            Move(stored.AsSpan(at, Shape.Plane), image.Slice(at, Shape.Plane), down, right, images.Beyond(channel));
        }

        if (Augmentation.Flip && word >> 31 == 1)
        {
            for (var row = 0; row < Shape.Channels * Shape.Height; row++)
            {
                image.Slice(row * Shape.Width, Shape.Width).Reverse();
            }
        }

        ArrayPool<float>.Shared.Return(stored);
    }

    /// <summary>The window that begins so many rows and columns further.</summary>
    private void Move(ReadOnlySpan<float> from, Span<float> to, int down, int right, float beyond)
    {
        var (height, width) = (Shape.Height, Shape.Width);
        var (first, count) = (Math.Max(0, -right), width - Math.Abs(right));
        for (var row = 0; row < height; row++)
        {
            var target = to.Slice(row * width, width);
            if (row + down < 0 || row + down >= height)
            {
                target.Fill(beyond);
                continue;
            }

            target[..first].Fill(beyond);
            from.Slice(((row + down) * width) + first + right, count).CopyTo(target[first..]);
            target[(first + count)..].Fill(beyond);
        }
    }
}
