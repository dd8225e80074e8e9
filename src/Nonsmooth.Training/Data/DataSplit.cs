namespace Nonsmooth.Training.Data;

/// <summary>Labelled examples of one shape: the training or the test half of a <see cref="Dataset"/>.</summary>
/// <remarks>Immutable: any number of threads may read one split.</remarks>
public abstract class DataSplit
{
    private readonly byte[] labels;

    /// <summary>Takes the labels, one an example, each below <paramref name="classCount"/>.</summary>
    private protected DataSplit(ImageShape shape, int classCount, byte[] labels)
    {
        Shape = shape;
        ClassCount = classCount;
        this.labels = labels;
        var wrong = labels.AsSpan().IndexOfAnyExceptInRange((byte)0, (byte)(classCount - 1));
        if (classCount is < 1 or > 256 || wrong >= 0)
        {
            throw new ArgumentException($"Every label must be below the class count, {classCount}, which must be 1 to 256.", nameof(labels));
        }
    }

    /// <summary>The shape of every example.</summary>
    public ImageShape Shape { get; }

    /// <summary>How many classes there are, whether or not each occurs.</summary>
    public int ClassCount { get; }

    /// <summary>How many examples there are.</summary>
    public int Count => labels.Length;

    /// <summary>The class of each example, from 0.</summary>
    public ReadOnlySpan<byte> Labels => labels;

    /// <summary>Copies the chosen examples, normalised, one after another.</summary>
    /// <param name="indices">Which examples, in order; one may occur twice.</param>
    /// <param name="images">Gets <c>indices.Length × Shape.Size</c> numbers; the rest stays as it was.</param>
    /// <param name="labels">Gets <c>indices.Length</c> classes; the rest stays as it was.</param>
    /// <exception cref="ArgumentException">A destination is too short.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index is not one of this split.</exception>
    public void Fill(ReadOnlySpan<int> indices, Span<float> images, Span<long> labels)
    {
        var size = Shape.Size;
        if (images.Length < (long)indices.Length * size || labels.Length < indices.Length)
        {
            throw new ArgumentException(
                $"{indices.Length} examples of {Shape} need {(long)indices.Length * size} image values and {indices.Length} labels, "
                + $"not {images.Length} and {labels.Length}.");
        }

        for (var i = 0; i < indices.Length; i++)
        {
            var index = indices[i];
            if ((uint)index >= (uint)Count)
            {
                throw new ArgumentOutOfRangeException(nameof(indices), index, $"The split has examples 0 to {Count - 1}.");
            }

            Copy(index, images.Slice(i * size, size));
            labels[i] = this.labels[index];
        }
    }

    /// <summary>Copies one example, normalised.</summary>
    private protected abstract void Copy(int index, Span<float> image);
}
