using System.Globalization;
using Nonsmooth.Randomness;

namespace Nonsmooth.Data;

/// <summary>Keeps a part of a training half from training, to choose settings by without a look at the test half.</summary>
/// <param name="Kept">What is trained on.</param>
/// <param name="Held">What is not.</param>
public sealed record HeldOut(DataSplit Kept, DataSplit Held)
{
    /// <summary>Parts a split: of images a part drawn at random, of a text its end, for windows move in training.</summary>
    /// <param name="split">Images, a folder of them or a text, as they are stored.</param>
    /// <param name="share">The part to hold out, above 0 and below 1; at least one example goes to either side.</param>
    /// <param name="seed">Which images; a text ignores it.</param>
    /// <exception cref="NonsmoothException">The share is out of range, there are fewer than 2 examples, or they are drawn anew in every epoch.</exception>
    public static HeldOut Of(DataSplit split, double share, ulong seed)
    {
        if (share is not (> 0 and < 1))
        {
            throw new NonsmoothException(string.Create(CultureInfo.InvariantCulture, $"the share to hold out is {share}: give a number above 0 and below 1"));
        }

        if (split.Count < 2)
        {
            throw new NonsmoothException($"a training half of {split.Count} examples cannot be parted: give at least 2");
        }

        int held = Math.Clamp((int)Math.Round(share * split.Count), 1, split.Count - 1);
        int kept = split.Count - held;
        switch (split)
        {
            case ImageSplit images:
                int[] order = new CounterRandom(seed).Derive("held out").Permutation(split.Count);
                return new(Chosen(images, order[held..]), Chosen(images, order[..held]));
            case FolderSplit folder:
                int[] files = new CounterRandom(seed).Derive("held out").Permutation(split.Count);
                return new(folder.Chosen([.. files[held..].Order()]), folder.Chosen([.. files[..held].Order()]));
            case ExamplesSplit examples:
                int[] own = new CounterRandom(seed).Derive("held out").Permutation(split.Count);
                return new(examples.Chosen([.. own[held..].Order()]), examples.Chosen([.. own[..held].Order()]));
            case TokenSplit text:
                return new(text.Windows(0, kept), text.Windows(kept, held));
            default:
                throw new NonsmoothException("examples that are drawn anew in every epoch cannot be held out: part the stored ones first");
        }
    }

    private static ChosenImages Chosen(ImageSplit images, int[] indices)
    {
        Array.Sort(indices);
        return new ChosenImages(images, indices);
    }
}
