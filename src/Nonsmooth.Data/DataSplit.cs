using System.Runtime.InteropServices;
using Nonsmooth.Data.Files;
using Nonsmooth.Tensors;

namespace Nonsmooth.Data;

/// <summary>Examples with their targets, as a network takes them: the training or the test half of a <see cref="Dataset"/>.</summary>
/// <remarks>Immutable: any number of threads may read one split.</remarks>
public abstract class DataSplit
{
    private readonly int bytes;
    private readonly int targets;

    private protected DataSplit(NetworkInput examples, int classCount, int count)
    {
        (Examples, ClassCount, Count) = (examples, classCount, count);
        var type = examples.Batch(1);
        bytes = type.Shape.Elements * (type.Kind == ElementKind.Real ? sizeof(float) : sizeof(long));
        targets = examples.Targets(1).Shape.Elements;
    }

    /// <summary>What every example is.</summary>
    public NetworkInput Examples { get; }

    /// <summary>The shape of every image.</summary>
    /// <exception cref="NonsmoothException">The examples are no images.</exception>
    public ImageShape Shape => Examples is ImageInput images
        ? images.Shape
        : throw new NonsmoothException($"the examples are {Examples}, not images: use data of images, as strokes");

    /// <summary>How many classes there are, whether or not each occurs; of a text, its vocabulary.</summary>
    public int ClassCount { get; }

    /// <summary>How many examples there are.</summary>
    public int Count { get; }

    /// <summary>The class of each example, from 0; empty where an example has more targets than one.</summary>
    public virtual ReadOnlySpan<byte> Labels => [];

    /// <summary>Copies the chosen examples, one after another, in the memory layout of a network's inputs.</summary>
    /// <param name="indices">Which examples, in order; one may occur twice.</param>
    /// <param name="x">Gets single-precision numbers of images, normalised, or 64-bit tokens; the rest stays as it was.</param>
    /// <param name="labels">Gets the targets; the rest stays as it was.</param>
    /// <param name="draw">What training draws for the epoch; null for the examples as they are stored.</param>
    /// <exception cref="ArgumentException">A destination is too short.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index is not one of this split.</exception>
    public void Fill(ReadOnlySpan<int> indices, Span<byte> x, Span<long> labels, EpochDraw? draw = null)
    {
        if (x.Length < (long)indices.Length * bytes || labels.Length < (long)indices.Length * targets)
        {
            throw new ArgumentException(
                $"{indices.Length} examples of {Examples} need {(long)indices.Length * bytes} bytes and {(long)indices.Length * targets} targets, "
                + $"not {x.Length} and {labels.Length}.");
        }

        for (var i = 0; i < indices.Length; i++)
        {
            var index = indices[i];
            if ((uint)index >= (uint)Count)
            {
                throw new ArgumentOutOfRangeException(nameof(indices), index, $"The split has examples 0 to {Count - 1}.");
            }

            Copy(index, x.Slice(i * bytes, bytes), labels.Slice(i * targets, targets), draw);
        }
    }

    /// <summary>The same for images.</summary>
    /// <exception cref="NonsmoothException">The examples are no images.</exception>
    public void Fill(ReadOnlySpan<int> indices, Span<float> images, Span<long> labels, EpochDraw? draw = null)
    {
        _ = Shape;
        Fill(indices, MemoryMarshal.AsBytes(images), labels, draw);
    }

    /// <summary>Goes on with a checksum of every target, and of what else takes no time.</summary>
    internal virtual uint Identify(uint state) => Checksum.Append(state, Labels);

    /// <summary>Copies one example.</summary>
    private protected abstract void Copy(int index, Span<byte> x, Span<long> labels, EpochDraw? draw);
}
