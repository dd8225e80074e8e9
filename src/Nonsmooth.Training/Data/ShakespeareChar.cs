namespace Nonsmooth.Training.Data;

/// <summary>Shakespeare by characters: <c>tinyshakespeare.txt</c>, the first nine tenths to train, the rest to test.</summary>
/// <remarks>
/// The text is encoded once and kept as a <see cref="TokenFile"/>, <c>shakespeare-char.tokens</c>, beside the text or in
/// the user's cache, where it is mapped into memory; where neither can be written it is encoded each time. That file is
/// made anew when the text has changed, and used by itself where there is no text. Source: Karpathy, <i>The unreasonable
/// effectiveness of recurrent neural networks</i> (2015).
/// </remarks>
public static class ShakespeareChar
{
    internal const string Name = "shakespeare-char";
    private const string TextName = "tinyshakespeare.txt";
    private const string TokenName = Name + ".tokens";

    /// <summary>Reads the data set.</summary>
    /// <exception cref="NonsmoothException">The text is missing, the token file is damaged, or a count or a length is out of range.</exception>
    public static Dataset Load(DatasetOptions options)
    {
        var file = options.Locations.Find("text", TextName) is { } text
            ? Kept(text, options.Locations)
            : TokenFile.Open(options.Locations.Find("text", TokenName) ?? options.Locations.Find(Name, TokenName) ?? throw Missing(options.Locations));
        return TextHalves.Of(Name, file, options);
    }

    private static TokenFile Kept(string text, DataLocations locations)
    {
        string source = PackedFile.Identity(text);
        string[] paths = [.. CacheFolders.For(Path.GetDirectoryName(text)!, Name, locations).Select(folder => Path.Combine(folder, TokenName))];
        foreach (string path in paths.Where(File.Exists))
        {
            var kept = TokenFile.Open(path);
            if (kept.Source == source)
            {
                return kept;
            }
        }

        var made = CharacterText.Encode(source, File.ReadAllText(text));
        foreach (string path in paths)
        {
            try
            {
                made.Write(path);
                return TokenFile.Open(path);
            }
            catch (NonsmoothException)
            {
                // A disk that is full or read-only costs the time to encode again, not the run: the next place is tried.
            }
        }

        return made;
    }

    private static NonsmoothException Missing(DataLocations locations) => new(
        $"{TextName} was not found in {locations.Places("text")}; fetch it from "
        + "https://raw.githubusercontent.com/karpathy/char-rnn/master/data/tinyshakespeare/input.txt "
        + "and put it in the folder text of --data-dir, NONSMOOTH_DATA or ~/.cache/nonsmooth.");
}
