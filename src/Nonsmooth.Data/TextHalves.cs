namespace Nonsmooth.Data;

/// <summary>Cuts one text into what is learned from and what is tested on.</summary>
internal static class TextHalves
{
    /// <summary>Nine tenths to train and the last tenth to test, each in examples of the asked length.</summary>
    public static Dataset Of(string name, TokenFile file, DatasetOptions options)
    {
        int border = (int)(file.Tokens.Length * 9L / 10);
        return Of(name, file with { Tokens = file.Tokens[..border] }, file with { Tokens = file.Tokens[border..] }, options);
    }

    /// <summary>Two texts of one vocabulary, each in examples of the asked length.</summary>
    public static Dataset Of(string name, TokenFile train, TokenFile test, DatasetOptions options) => new(
        name,
        train.Vocabulary,
        Half(name, "train", train.Tokens, train.Vocabulary.Count, options.Tokens, options.TrainCount),
        Half(name, "test", test.Tokens, test.Vocabulary.Count, options.Tokens, options.TestCount));

    private static TokenSplit Half(string name, string half, ReadOnlyMemory<ushort> text, int vocabulary, int length, int? wanted)
    {
        var whole = new TokenSplit(text, vocabulary, length);
        int count = SplitCount.Stored(name, half, wanted, whole.Count);
        return count == whole.Count ? whole : new TokenSplit(text[..((count * length) + 1)], vocabulary, length);
    }
}
