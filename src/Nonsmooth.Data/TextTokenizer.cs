using System.Text.RegularExpressions;
using Microsoft.ML.Tokenizers;
using Nonsmooth.Files;

namespace Nonsmooth.Data;

/// <summary>A way to cut text into tokens, from the files that describe it.</summary>
/// <remarks>Byte pairs are those of Radford et al., "Language models are unsupervised multitask learners", 2019, 2.2; the text is cut into words as there unless the files say otherwise.</remarks>
public sealed partial class TextTokenizer
{
    private const long LongestFile = 1 << 27;
    private readonly Tokenizer _tokenizer;
    private readonly string[] _files;

    internal TextTokenizer(string[] files, Tokenizer tokenizer, IReadOnlyList<string> vocabulary) => (_files, _tokenizer, Vocabulary) = (files, tokenizer, vocabulary);

    /// <summary>What each token stands for; empty for a number that stands for none.</summary>
    public IReadOnlyList<string> Vocabulary { get; }

    /// <summary>What to know it by: its files and their checksums.</summary>
    internal string Identity => string.Join(" and ", _files.Select(PackedFile.Identity));

    private string Name => Named(_files);

    /// <summary>Byte pairs by a vocabulary and merges, as GPT-2 has them.</summary>
    /// <param name="vocabulary">A JSON file of tokens and their numbers.</param>
    /// <param name="merges">A file of pairs, a line each, in their order.</param>
    /// <exception cref="NonsmoothException">A file is missing or damaged.</exception>
    public static TextTokenizer OfPairs(string vocabulary, string merges) => Reading([vocabulary, merges], files =>
    {
        var tokenizer = BpeTokenizer.Create(new BpeOptions(vocabulary, merges) { ByteLevel = true, PreTokenizer = new RegexPreTokenizer(Words(), null) });
        return new TextTokenizer(files, tokenizer, Numbered(tokenizer.Vocabulary));
    });

    /// <summary>The tokenizer of a folder: <c>tokenizer.model</c>, <c>tokenizer.json</c>, or <c>vocab.json</c> and <c>merges.txt</c>; null where it has none.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="NonsmoothException">A file is damaged, or of a kind that is not read.</exception>
    public static TextTokenizer? Of(string folder)
    {
        string model = Path.Combine(folder, "tokenizer.model"), json = Path.Combine(folder, "tokenizer.json"), vocabulary = Path.Combine(folder, "vocab.json"), merges = Path.Combine(folder, "merges.txt");
        return File.Exists(model) ? OfPieces(model)
            : File.Exists(json) ? Reading([json], files => TokenizerFile.Read(files, InputFile.ReadBytes(json, "tokenizer", LongestFile)))
            : File.Exists(vocabulary) && File.Exists(merges) ? OfPairs(vocabulary, merges)
            : null;
    }

    /// <summary>The numbers of a text's tokens.</summary>
    /// <exception cref="NonsmoothException">The text cannot be cut, or has what no token stands for.</exception>
    public IReadOnlyList<int> Encode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            // Of a text in which no two characters are a pair, the library forgets all of it.
            var tokens = _tokenizer.EncodeToIds(text);
            return tokens.Count > 0 || text.Length == 0 ? tokens : throw new NonsmoothException($"a text of {text.Length} characters has no token of {Name}: give a longer one");
        }
        catch (Exception e) when (e is RegexMatchTimeoutException or InvalidOperationException or ArgumentException)
        {
            throw new NonsmoothException($"a text cannot be cut by {Name} ({PackedFile.OneLine(e)})", e);
        }
    }

    /// <summary>A text as a token file.</summary>
    /// <exception cref="NonsmoothException">The text cannot be cut, or there are more than 65,536 tokens.</exception>
    internal TokenFile Encode(string source, string text) => Vocabulary.Count <= ushort.MaxValue + 1
        ? new TokenFile(source, Vocabulary, Encode(text).Select(id => checked((ushort)id)).ToArray())
        : throw new NonsmoothException($"{Name} has {Vocabulary.Count} tokens, and texts are kept in 16 bits a token, of {ushort.MaxValue + 1} kinds at most: give arrays of token ids, as FILE.npz");

    internal static string[] Numbered(IEnumerable<KeyValuePair<string, int>> tokens)
    {
        var kinds = tokens.ToList();
        int most = kinds.Count == 0 ? 0 : kinds.Max(k => k.Value);
        if (kinds.Count == 0 || most >= 2 * (long)kinds.Count || kinds.Min(k => k.Value) < 0)
        {
            throw new NonsmoothException($"it numbers its {kinds.Count} tokens up to {most}");
        }

        string[] vocabulary = [.. Enumerable.Repeat("", most + 1)];
        foreach (var (token, number) in kinds)
        {
            vocabulary[number] = token;
        }

        return vocabulary;
    }

    [GeneratedRegex(@"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+", RegexOptions.CultureInvariant)]
    internal static partial Regex Words();

    private static TextTokenizer OfPieces(string path) => Reading([path], files =>
    {
        using var stream = new MemoryStream(InputFile.ReadBytes(path, "tokenizer", LongestFile));
        var tokenizer = SentencePieceTokenizer.Create(stream, addBeginningOfSentence: false, addEndOfSentence: false);
        return new TextTokenizer(files, tokenizer, Numbered(tokenizer.Vocabulary));
    });

    private static string Named(string[] files) => string.Join(" and ", files.Select(f => $"'{f}'"));

    private static TextTokenizer Reading(string[] files, Func<string[], TextTokenizer> read)
    {
        foreach (string path in files)
        {
            InputFile.Check(path, "", LongestFile);
        }

        try
        {
            return read(files);
        }
        catch (NonsmoothException e)
        {
            throw e.In(Named(files));
        }
#pragma warning disable CA1031 // The library says what is wrong with a file by exceptions of any kind: the file is what is wrong.
        catch (Exception e) when (e is not OutOfMemoryException)
#pragma warning restore CA1031
        {
            throw new NonsmoothException($"{Named(files)} cannot be read as a tokenizer ({PackedFile.OneLine(e)}): fetch it again", e);
        }
    }
}
