using System.Runtime.InteropServices;
using Nonsmooth.Data.Files;

namespace Nonsmooth.Data;

/// <summary>Examples, field by field: the training or the test half of a <see cref="Dataset"/>.</summary>
/// <remarks>Immutable: any number of threads may read one split.</remarks>
public abstract class DataSplit
{
    private const int SampledExamples = 64;

    private protected DataSplit(FieldList examples, int count) => (Examples, Count) = (examples, count);

    /// <summary>What every example is.</summary>
    public FieldList Examples { get; }

    /// <summary>The shape of every image.</summary>
    /// <exception cref="NonsmoothException">The examples are no images.</exception>
    public ImageShape Shape => Examples.Image
        ?? throw new NonsmoothException($"the examples are {Examples}, not images: use data of images, as strokes");

    /// <summary>How many classes there are, whether or not each occurs; of a text, its vocabulary; 0 where the target is no class.</summary>
    public int ClassCount => Examples.Classes ?? 0;

    /// <summary>How many examples there are.</summary>
    public int Count { get; }

    /// <summary>The class of each example, from 0; empty where an example has more targets than one, or where they are not held so.</summary>
    public virtual ReadOnlySpan<byte> Labels => [];

    /// <summary>Copies a field of the chosen examples, one after another, in the memory layout of a model's inputs.</summary>
    /// <param name="indices">Which examples, in order; one may occur twice.</param>
    /// <param name="field">Which of <see cref="Examples"/>.</param>
    /// <param name="to">Gets single-precision numbers, or 64-bit indices; the rest stays as it was.</param>
    /// <param name="draw">What training draws for the epoch; null for the examples as they are stored.</param>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index is not one of this split.</exception>
    public void Fill(ReadOnlySpan<int> indices, int field, Span<byte> to, EpochDraw? draw = null)
    {
        int bytes = Examples[field].Bytes;
        if (to.Length < (long)indices.Length * bytes)
        {
            throw new ArgumentException($"{indices.Length} examples of field '{Examples[field]}' need {(long)indices.Length * bytes} bytes, not {to.Length}.", nameof(to));
        }

        for (int i = 0; i < indices.Length; i++)
        {
            if ((uint)indices[i] >= (uint)Count)
            {
                throw new ArgumentOutOfRangeException(nameof(indices), indices[i], $"The split has examples 0 to {Count - 1}.");
            }

            Copy(indices[i], field, to.Slice(i * bytes, bytes), draw);
        }
    }

    /// <summary>The same for images and their classes.</summary>
    /// <exception cref="NonsmoothException">The examples are no images.</exception>
    public void Fill(ReadOnlySpan<int> indices, Span<float> images, Span<long> labels, EpochDraw? draw = null)
    {
        _ = Shape;
        Fill(indices, 0, MemoryMarshal.AsBytes(images), draw);
        Fill(indices, 1, MemoryMarshal.AsBytes(labels), draw);
    }

    /// <summary>Goes on with a checksum of every target, of what else takes no time and of the data of a spread of examples.</summary>
    internal uint Fingerprint(uint state)
    {
        state = Identify(state);
        int examples = Math.Min(SampledExamples, Count);
        var fields = Examples.Data.Select(f => (At: Examples.IndexOf(f.Name), Values: new byte[f.Bytes])).ToList();
        for (int i = 0; i < examples; i++)
        {
            foreach (var (at, values) in fields)
            {
                Fill([(int)((long)i * Count / examples)], at, values);
                state = Checksum.Append(state, values);
            }
        }

        return state;
    }

    /// <summary>Goes on with a checksum of every target, and of what else takes no time.</summary>
    private protected virtual uint Identify(uint state) => Checksum.Append(state, Labels);

    /// <summary>Copies a field of one example.</summary>
    private protected abstract void Copy(int index, int field, Span<byte> to, EpochDraw? draw);
}
