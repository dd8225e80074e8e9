namespace Nonsmooth.Data;

/// <summary>Some images of a split, without copying them.</summary>
internal sealed class ChosenImages : ImageSplit
{
    private readonly ImageSplit _source;
    private readonly int[] _indices;

    /// <summary>Takes the images of these indices, in their order.</summary>
    public ChosenImages(ImageSplit source, int[] indices)
        : base(source.Shape, source.ClassCount, [.. indices.Select(i => source.Labels[i])])
    {
        (_source, _indices) = (source, indices);
    }

    internal override void Read(int index, Span<float> image) => _source.Read(_indices[index], image);

    internal override float Beyond(int channel) => _source.Beyond(channel);
}
