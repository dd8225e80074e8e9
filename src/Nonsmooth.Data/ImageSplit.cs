using System.Runtime.InteropServices;

namespace Nonsmooth.Data;

/// <summary>Labelled images of one shape.</summary>
public abstract class ImageSplit : DataSplit
{
    private readonly byte[] labels;

    /// <summary>Takes the labels, one an example, each below <paramref name="classCount"/>.</summary>
    private protected ImageSplit(ImageShape shape, int classCount, byte[] labels)
        : base(FieldList.Images(shape, classCount), labels.Length)
    {
        this.labels = labels;
        var wrong = labels.AsSpan().IndexOfAnyExceptInRange((byte)0, (byte)(classCount - 1));
        if (classCount is < 1 or > 256 || wrong >= 0)
        {
            throw new ArgumentException($"Every label must be below the class count, {classCount}, which must be 1 to 256.", nameof(labels));
        }
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Labels => labels;

    /// <summary>Copies one image, normalised.</summary>
    internal abstract void Read(int index, Span<float> image);

    /// <summary>What stands beyond a channel's edge: black.</summary>
    internal virtual float Beyond(int channel) => 0;

    private protected override void Copy(int index, int field, Span<byte> to, EpochDraw? draw)
    {
        if (field == 0)
        {
            Read(index, MemoryMarshal.Cast<byte, float>(to));
        }
        else
        {
            MemoryMarshal.Write(to, (long)labels[index]);
        }
    }
}
