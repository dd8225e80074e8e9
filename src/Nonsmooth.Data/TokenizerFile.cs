using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.ML.Tokenizers;

namespace Nonsmooth.Data;

/// <summary>Reads <c>tokenizer.json</c>, as HuggingFace's library writes byte pairs.</summary>
internal static class TokenizerFile
{
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(5);

    /// <exception cref="NonsmoothException">It is of a kind that is not read; one line says which.</exception>
    public static TextTokenizer Read(string[] files, byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        var model = root.GetProperty("model");
        string kind = TextOf(model, "type") ?? "BPE";
        if (kind != "BPE" || FlagOf(model, "byte_fallback"))
        {
            throw new NonsmoothException($"it is a {kind}{(kind == "BPE" ? " with byte fallback" : "")}, which is not read: byte pairs are; put tokenizer.model beside it, or give token ids as data");
        }

        if (PartOf(root, "normalizer") is { } normalizer && TextOf(normalizer, "type") is not "NFC")
        {
            throw new NonsmoothException($"it normalises texts by {TextOf(normalizer, "type")}, which is not read: NFC is; give token ids as data");
        }

        var special = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var token in PartOf(root, "added_tokens") is { ValueKind: JsonValueKind.Array } added ? added.EnumerateArray() : default)
        {
            special[token.GetProperty("content").GetString()!] = token.GetProperty("id").GetInt32();
        }

        var vocabulary = model.GetProperty("vocab").EnumerateObject().Select(p => KeyValuePair.Create(p.Name, p.Value.GetInt32())).ToList();
        var words = Words(PartOf(root, "pre_tokenizer"));
        var tokenizer = BpeTokenizer.Create(new BpeOptions(vocabulary)
        {
            Merges = model.GetProperty("merges").EnumerateArray().Select(Merge),
            ByteLevel = true,
            PreTokenizer = new RegexPreTokenizer(words, special.Count == 0 ? null : special),
            SpecialTokens = special.Count == 0 ? null : special,
            Normalizer = PartOf(root, "normalizer") is null ? null : new Composed(),
            UnknownToken = TextOf(model, "unk_token"),
        });
        return new TextTokenizer(files, tokenizer, TextTokenizer.Numbered(vocabulary.Concat(special.Where(s => !vocabulary.Contains(s)))));
    }

    // A pair is a text with a space, or since a later version an array.
    private static string Merge(JsonElement pair) => pair.ValueKind == JsonValueKind.Array ? $"{pair[0].GetString()} {pair[1].GetString()}" : pair.GetString()!;

    // Bytes with the words of GPT-2, or with words of its own before.
    private static Regex Words(JsonElement? cut)
    {
        JsonElement[] parts = cut is not { } one ? [] : TextOf(one, "type") == "Sequence" ? [.. one.GetProperty("pretokenizers").EnumerateArray()] : [one];
        if (parts is not [.., var last] || TextOf(last, "type") != "ByteLevel" || FlagOf(last, "add_prefix_space") || parts.Length > 2)
        {
            throw Unread(cut);
        }

        bool isUsual = !last.TryGetProperty("use_regex", out var use) || use.ValueKind != JsonValueKind.False;
        if (parts.Length == 1)
        {
            return isUsual ? TextTokenizer.Words() : throw Unread(cut);
        }

        return !isUsual && TextOf(parts[0], "type") == "Split" && TextOf(parts[0], "behavior") == "Isolated" && !FlagOf(parts[0], "invert") && PartOf(parts[0], "pattern") is { } pattern && TextOf(pattern, "Regex") is { } regex
            ? new Regex(regex, RegexOptions.CultureInvariant, _longest)
            : throw Unread(cut);
    }

    private static NonsmoothException Unread(JsonElement? cut) =>
        new($"it cuts texts by {(cut is { } one ? TextOf(one, "type") : "nothing")} in a form that is not read: ByteLevel is, after one Split or none, without a space before; give token ids as data");

    private static JsonElement? PartOf(JsonElement element, string name) => element.TryGetProperty(name, out var part) && part.ValueKind != JsonValueKind.Null ? part : null;

    private static string? TextOf(JsonElement element, string name) => PartOf(element, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static bool FlagOf(JsonElement element, string name) => PartOf(element, name) is { ValueKind: JsonValueKind.True };

    /// <summary>Texts whose letters and marks are one character, where Unicode has it; this library, which runs without tables of cultures, does not compose them.</summary>
    private sealed class Composed : Normalizer
    {
        public override string Normalize(string original) => original.FirstOrDefault(IsApart) is not '\0' and var mark
            ? throw new NonsmoothException($"a text has U+{(int)mark:X4}, a part of a letter, and the network's tokenizer takes letters in one piece: normalise the text to NFC first, in Python by unicodedata.normalize('NFC', text)")
            : original;

        public override string Normalize(ReadOnlySpan<char> original) => Normalize(original.ToString());

        // Diacritical marks, the voiced marks of kana, and the parts of Hangul's syllables.
        private static bool IsApart(char c) => c is (>= '\u0300' and <= '\u036F') or '\u3099' or '\u309A' or (>= '\u1100' and <= '\u11FF');
    }
}
