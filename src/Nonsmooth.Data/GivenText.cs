using Nonsmooth.Data.Files;
using Nonsmooth.Files;

namespace Nonsmooth.Data;

/// <summary>A user's own text: nine tenths to train, the last tenth to test.</summary>
/// <remarks>
/// A file that ends in <c>.tokens</c> is a <see cref="TokenFile"/>; one in <c>.bin</c> is tokens as 16-bit
/// little-endian numbers, without a head, and is mapped into memory as it is, up to 2,147,483,591 tokens. Anything else is UTF-8
/// text, encoded once and kept beside it or in the user's cache. Tokens are GPT-2's, or those of the network's own folder.
/// </remarks>
public static class GivenText
{
    internal const string PairPrefix = "text:";
    internal const string CharacterPrefix = "characters:";
    private const int PairKinds = 50_257;

    /// <summary>Reads a file in GPT-2's byte pairs, or in the tokens that the network takes.</summary>
    /// <exception cref="NonsmoothException">The file or GPT-2's are missing or damaged, or a count or a length is out of range.</exception>
    public static Dataset Pairs(string path, DatasetOptions options) => Load(PairPrefix, path, options, source => Path.GetExtension(path) switch
    {
        ".tokens" => TokenFile.Open(path),
        ".bin" => Raw(path, options.Text?.Kinds ?? PairKinds),
        _ when options.Text is { } own => Own(path, source, own.Required, options),
        _ => KeptTokens.Of(
            FolderOf(path),
            Path.GetFileName(path) + "-pairs",
            $"{source} in the pairs of {PairText.Identity(options.Locations)}",
            options.Locations,
            () => PairText.Encode($"{source} in the pairs of {PairText.Identity(options.Locations)}", PairText.Read(path, options.Limits), options.Locations)),
    });

    private static TokenFile Own(string path, string source, TextTokenizer tokenizer, DatasetOptions options)
    {
        string made = $"{source} by {tokenizer.Identity}";
        return KeptTokens.Of(FolderOf(path), Path.GetFileName(path) + "-own", made, options.Locations, () => tokenizer.Encode(made, PairText.Read(path, options.Limits)));
    }

    /// <summary>Reads a file by characters.</summary>
    /// <exception cref="NonsmoothException">The file is missing or empty, or a count or a length is out of range.</exception>
    public static Dataset Characters(string path, DatasetOptions options) => Load(CharacterPrefix, path, options, source => KeptTokens.Of(
        FolderOf(path),
        Path.GetFileName(path) + "-characters",
        source,
        options.Locations,
        () => CharacterText.Encode(source, PairText.Read(path, options.Limits))));

    private static Dataset Load(string prefix, string path, DatasetOptions options, Func<string, TokenFile> tokens)
    {
        if (!File.Exists(path))
        {
            throw new NonsmoothException($"there is no file '{path}': give {prefix}FILE, a text or a file of tokens");
        }

        bool isTokens = Path.GetExtension(path) is ".tokens" or ".bin";
        InputFile.Check(path, isTokens ? "file of tokens" : "text", isTokens ? long.MaxValue : options.Limits.TextBytes);
        return TextHalves.Of(prefix + path, tokens(isTokens && prefix == PairPrefix ? path : PackedFile.Identity(path)), options);
    }

    private static string FolderOf(string path) => Path.GetDirectoryName(Path.GetFullPath(path))!;

    private static TokenFile Raw(string path, int kinds)
    {
        long bytes = new FileInfo(path).Length;
        if (bytes < sizeof(ushort) || bytes % sizeof(ushort) != 0 || bytes / sizeof(ushort) > Array.MaxLength)
        {
            throw new NonsmoothException($"'{path}' has {bytes} bytes: give 16-bit tokens, 1 to {Array.MaxLength} of them, cutting a longer file");
        }

        try
        {
            var tokens = new MappedFile(path).Run<ushort>(0, (int)(bytes / sizeof(ushort)));
            return new TokenFile(path, [.. Enumerable.Range(0, Math.Min(kinds, ushort.MaxValue + 1)).Select(i => FormattableString.Invariant($"{i}"))], tokens);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw PackedFile.Unreadable(path, e);
        }
    }
}
