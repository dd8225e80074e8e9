namespace Nonsmooth.Data;

/// <summary>Examples kept as single-precision numbers and read as they are.</summary>
public sealed class FeatureSplit : ImageSplit
{
    private readonly float[] values;

    /// <summary>Takes the examples one after another; the arrays become the split's own.</summary>
    /// <exception cref="ArgumentException">The lengths disagree, or a label is not below the class count.</exception>
    public FeatureSplit(ImageShape shape, int classCount, float[] values, byte[] labels)
        : base(shape, classCount, labels)
    {
        if (values.LongLength != (long)labels.Length * shape.Size)
        {
            throw new ArgumentException(
                $"{labels.Length} examples of {shape} need {(long)labels.Length * shape.Size} values, not {values.Length}.", nameof(values));
        }

        this.values = values;
    }

    internal override void Read(int index, Span<float> image) =>
        values.AsSpan(index * Shape.Size, Shape.Size).CopyTo(image);
}
