namespace Nonsmooth.Data;

/// <summary>How to load or make a data set.</summary>
public sealed record DatasetOptions
{
    /// <summary>Where to look for files. Default: nowhere; a tool passes <see cref="DataLocations.FromEnvironment"/>.</summary>
    public DataLocations Locations { get; init; } = DataLocations.None;

    /// <summary>The seed of a made data set; one from files ignores it. Default 0.</summary>
    public ulong Seed { get; init; }

    /// <summary>How many training examples: the first ones of a data set from files, of each class if they are sorted by class; of a text, so many sequences. Default: all, or what a made data set calls its default.</summary>
    public int? TrainCount { get; init; }

    /// <summary>How many test examples, likewise.</summary>
    public int? TestCount { get; init; }

    /// <summary>Tokens in one example of a text. Default 256.</summary>
    public int Tokens { get; init; } = 256;

    /// <summary>The tokens that the network takes, of a network whose folder says so. Default null: texts are cut into GPT-2's byte pairs.</summary>
    public NetworkText? Text { get; init; }

    /// <summary>Rows and columns that the images of a folder are scaled to. Default 224.</summary>
    public int ImageSize { get; init; } = 224;

    /// <summary>Of a user's own arrays or table: the one to predict. Default null: <c>target</c>, <c>y</c>, <c>label</c> or <c>labels</c>.</summary>
    public string? Target { get; init; }

    /// <summary>What is taken from pixels scaled to [0, 1], one number a channel. Default null: as the data set has it.</summary>
    public IReadOnlyList<float>? PixelMean { get; init; }

    /// <summary>What they are then divided by, one number a channel. Default null: as the data set has it.</summary>
    public IReadOnlyList<float>? PixelDeviation { get; init; }

    /// <summary>How far <c>strokes</c> deforms its digits, from 0 (print) through 1 (the default) to 3.</summary>
    public double Distortion { get; init; } = 1;

    /// <summary>How many classes <c>blobs</c> has, 1 to 256. Default 4.</summary>
    public int BlobClasses { get; init; } = 4;

    /// <summary>How many features <c>blobs</c> has. Default 2.</summary>
    public int BlobDimensions { get; init; } = 2;

    /// <summary>How large files may be. Default <see cref="DataLimits.Usual"/>.</summary>
    public DataLimits Limits { get; init; } = DataLimits.Usual;

    /// <summary>How many threads make the examples; the bits do not depend on it. Default: one a processor.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>How pixels become numbers: as is asked for, else as a data set usually has it.</summary>
    /// <exception cref="NonsmoothException">There is not one number a channel, or a deviation is not positive.</exception>
    internal Normalisation Normalised(Normalisation usual)
    {
        if (PixelMean is null && PixelDeviation is null)
        {
            return usual;
        }

        var (mean, deviation) = (PixelMean ?? usual.Mean, PixelDeviation ?? usual.Deviation);
        return mean.Count == usual.Mean.Count && deviation.Count == usual.Mean.Count && deviation.All(d => d > 0 && float.IsFinite(d)) && mean.All(float.IsFinite)
            ? new Normalisation([.. mean], [.. deviation])
            : throw new NonsmoothException($"image-mean and image-deviation have {mean.Count} and {deviation.Count} numbers for {usual.Mean.Count} channels: give one finite number a channel, deviations above 0");
    }
}
