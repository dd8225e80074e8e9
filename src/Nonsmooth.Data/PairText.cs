using Nonsmooth.Files;

namespace Nonsmooth.Data;

/// <summary>A text whose tokens are GPT-2's byte pairs, of 50,257 kinds.</summary>
/// <remarks>The pairs are read from <c>encoder.json</c> and <c>vocab.bpe</c> in the folder <c>gpt2</c>, as <see cref="TextTokenizer"/> cuts texts.</remarks>
public static class PairText
{
    private const string Folder = "gpt2";

    /// <summary>Encodes a text.</summary>
    /// <param name="source">What the text is, for <see cref="TokenFile.Source"/>.</param>
    /// <param name="text">The text.</param>
    /// <param name="locations">Where the two files are looked for.</param>
    /// <exception cref="NonsmoothException">A file is missing or damaged, or has more than 65,536 tokens.</exception>
    public static TokenFile Encode(string source, string text, DataLocations locations) =>
        TextTokenizer.OfPairs(Find(locations, "encoder.json"), Find(locations, "vocab.bpe")).Encode(source, text);

    /// <summary>What to know the two files by.</summary>
    internal static string Identity(DataLocations locations) =>
        $"{PackedFile.Identity(Find(locations, "vocab.bpe"))} and {PackedFile.Identity(Find(locations, "encoder.json"))}";

    /// <summary>The text of a file.</summary>
    internal static string Read(string path, DataLimits limits)
    {
        try
        {
            return InputFile.ReadText(path, "text", limits.TextBytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw PackedFile.Unreadable(path, e);
        }
    }

    private static string Find(DataLocations locations, string name) => locations.Find(Folder, name) ?? throw new NonsmoothException(
        $"GPT-2's {name} was not found in {locations.Places(Folder)}; fetch it from https://openaipublic.blob.core.windows.net/gpt-2/models/124M/{name} "
        + "and put it in the folder gpt2 of --data-dir, NONSMOOTH_DATA or ~/.cache/nonsmooth.");
}
