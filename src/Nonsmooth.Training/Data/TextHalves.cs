namespace Nonsmooth.Training.Data;

/// <summary>Cuts one text into what is learned from and what is tested on.</summary>
internal static class TextHalves
{
    /// <summary>Nine tenths to train and the last tenth to test, each in examples of the asked length.</summary>
    public static Dataset Of(string name, TokenFile file, DatasetOptions options)
    {
        int border = (int)(file.Tokens.Length * 9L / 10);
        return new Dataset(
            name,
            file.Vocabulary,
            Half(name, "train", file.Tokens[..border], file.Vocabulary.Count, options.Tokens, options.TrainCount),
            Half(name, "test", file.Tokens[border..], file.Vocabulary.Count, options.Tokens, options.TestCount));
    }

    private static TokenSplit Half(string name, string half, ReadOnlyMemory<ushort> text, int vocabulary, int length, int? wanted)
    {
        var whole = new TokenSplit(text, vocabulary, length);
        int count = SplitCount.Stored(name, half, wanted, whole.Count);
        return count == whole.Count ? whole : new TokenSplit(text[..((count * length) + 1)], vocabulary, length);
    }
}
