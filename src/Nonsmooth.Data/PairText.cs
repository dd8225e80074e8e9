using System.Text.RegularExpressions;
using Microsoft.ML.Tokenizers;
using Nonsmooth.Files;

namespace Nonsmooth.Data;

/// <summary>A text whose tokens are GPT-2's byte pairs, of 50,257 kinds.</summary>
/// <remarks>
/// The pairs are read from <c>encoder.json</c> and <c>vocab.bpe</c> in the folder <c>gpt2</c>. Source: Radford et al.,
/// "Language models are unsupervised multitask learners", 2019, 2.2; the text is cut into words as there.
/// </remarks>
public static partial class PairText
{
    private const string Folder = "gpt2";
    private const long LongestTable = 1 << 26;

    /// <summary>Encodes a text.</summary>
    /// <param name="source">What the text is, for <see cref="TokenFile.Source"/>.</param>
    /// <param name="text">The text.</param>
    /// <param name="locations">Where the two files are looked for.</param>
    /// <exception cref="NonsmoothException">A file is missing or damaged, or has more than 65,536 tokens.</exception>
    public static TokenFile Encode(string source, string text, DataLocations locations)
    {
        var tokenizer = Tokenizer(locations);
        var kinds = tokenizer.Vocabulary.OrderBy(pair => pair.Value).ToArray();
        if (kinds.Length > ushort.MaxValue + 1 || kinds.Where((pair, i) => pair.Value != i).Any())
        {
            throw new NonsmoothException($"'{Find(locations, "encoder.json")}' numbers its {kinds.Length} tokens otherwise than 0, 1, … up to 65535 at most: fetch GPT-2's own");
        }

        return new TokenFile(source, [.. kinds.Select(pair => pair.Key)], tokenizer.EncodeToIds(text).Select(id => (ushort)id).ToArray());
    }

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

    private static BpeTokenizer Tokenizer(DataLocations locations)
    {
        var (encoder, pairs) = (Find(locations, "encoder.json"), Find(locations, "vocab.bpe"));
        InputFile.Check(encoder, "", LongestTable);
        InputFile.Check(pairs, "", LongestTable);
        try
        {
            return BpeTokenizer.Create(new BpeOptions(encoder, pairs)
            {
                ByteLevel = true,
                PreTokenizer = new RegexPreTokenizer(Words(), null),
            });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.Text.Json.JsonException or FormatException or ArgumentException or InvalidOperationException)
        {
            throw new NonsmoothException($"'{encoder}' and '{pairs}' are not GPT-2's byte pairs ({PackedFile.OneLine(e)}): fetch both again", e);
        }
    }

    private static string Find(DataLocations locations, string name) => locations.Find(Folder, name) ?? throw new NonsmoothException(
        $"GPT-2's {name} was not found in {locations.Places(Folder)}; fetch it from https://openaipublic.blob.core.windows.net/gpt-2/models/124M/{name} "
        + "and put it in the folder gpt2 of --data-dir, NONSMOOTH_DATA or ~/.cache/nonsmooth.");

    [GeneratedRegex(@"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Words();
}
