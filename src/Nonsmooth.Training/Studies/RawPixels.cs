using Nonsmooth.Data;

namespace Nonsmooth.Training.Studies;

/// <summary>Images with the numbers that published studies feed instead of those of the data set.</summary>
public static class RawPixels
{
    /// <summary>The same examples as byte / 255, from 0 to 1, neither centred nor scaled.</summary>
    /// <param name="split">Images kept as bytes.</param>
    /// <exception cref="NonsmoothException">The examples are not images kept as bytes.</exception>
    public static PixelSplit Of(DataSplit split) => Of(split, Normalisation.None(split.Shape.Channels));

    /// <summary>Both halves as (byte / 255 − ½) / ½, from −1 to 1.</summary>
    /// <param name="dataset">Images kept as bytes.</param>
    /// <exception cref="NonsmoothException">The examples are not images kept as bytes.</exception>
    public static Dataset Centred(Dataset dataset)
    {
        float[] half = [.. Enumerable.Repeat(0.5f, dataset.Shape.Channels)];
        var normalisation = new Normalisation(half, half);
        return new Dataset(dataset.Name, dataset.ClassNames, Of(dataset.Train, normalisation), Of(dataset.Test, normalisation));
    }

    private static PixelSplit Of(DataSplit split, Normalisation normalisation)
    {
        if (split is not PixelSplit images)
        {
            throw new NonsmoothException("the examples are not images kept as bytes: use mnist, cifar10 or strokes");
        }

        int size = split.Shape.Size;
        var pixels = new byte[(long)split.Count * size];
        for (int i = 0; i < split.Count; i++)
        {
            images.Pixels(i).CopyTo(pixels.AsSpan(i * size, size));
        }

        return new PixelSplit(split.Shape, split.ClassCount, pixels, split.Labels.ToArray(), normalisation);
    }
}
