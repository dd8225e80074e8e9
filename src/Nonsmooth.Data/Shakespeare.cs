namespace Nonsmooth.Data;

/// <summary>Shakespeare by characters or by byte pairs: the first nine tenths of <c>tinyshakespeare.txt</c> to train, the rest to test.</summary>
/// <remarks>
/// The text is encoded once and kept as a <see cref="TokenFile"/> of the data set's name, beside the text or in the user's
/// cache, where it is mapped into memory; where neither can be written it is encoded each time. That file is made anew
/// when the text has changed, and used by itself where there is no text. Source: Karpathy, <i>The unreasonable
/// effectiveness of recurrent neural networks</i> (2015).
/// </remarks>
public static class Shakespeare
{
    internal const string ByCharacter = "shakespeare-char";
    internal const string ByPair = "shakespeare-bpe";
    private const string TextName = "tinyshakespeare.txt";

    /// <summary>Reads it by characters.</summary>
    /// <exception cref="NonsmoothException">The text is missing, the token file is damaged, or a count or a length is out of range.</exception>
    public static Dataset Characters(DatasetOptions options) =>
        Load(ByCharacter, options, PackedFile.Identity, (source, path) => CharacterText.Encode(source, PairText.Read(path, options.Limits)));

    /// <summary>Reads it in GPT-2's byte pairs.</summary>
    /// <exception cref="NonsmoothException">As <see cref="Characters"/>, or GPT-2's files are missing or damaged.</exception>
    public static Dataset Pairs(DatasetOptions options) => Load(
        ByPair,
        options,
        path => $"{PackedFile.Identity(path)} in the pairs of {PairText.Identity(options.Locations)}",
        (source, path) => PairText.Encode(source, PairText.Read(path, options.Limits), options.Locations));

    private static Dataset Load(string name, DatasetOptions options, Func<string, string> identity, Func<string, string, TokenFile> encode)
    {
        string tokenName = name + ".tokens";
        return TextHalves.Of(name, Tokens(), options);

        TokenFile Tokens()
        {
            if (options.Locations.Find("text", TextName) is not { } text)
            {
                return TokenFile.Open(options.Locations.Find("text", tokenName) ?? options.Locations.Find(name, tokenName) ?? throw Missing(options.Locations));
            }

            string source = identity(text);
            return KeptTokens.Of(Path.GetDirectoryName(text)!, name, source, options.Locations, () => encode(source, text));
        }
    }

    private static NonsmoothException Missing(DataLocations locations) => new(
        $"{TextName} was not found in {locations.Places("text")}; fetch it from "
        + "https://raw.githubusercontent.com/karpathy/char-rnn/master/data/tinyshakespeare/input.txt "
        + "and put it in the folder text of --data-dir, NONSMOOTH_DATA or ~/.cache/nonsmooth.");
}
