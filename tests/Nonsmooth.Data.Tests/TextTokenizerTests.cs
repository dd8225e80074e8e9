using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Data.Tests;

/// <summary>A folder's own tokenizer, in each of the forms that folders have.</summary>
public sealed class TextTokenizerTests
{
    private const string Regex = """(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+""";

    [Fact]
    public void VocabularyAndMergesAreGpt2sPairs()
    {
        using var folder = Pairs();
        var (own, usual, text) = (TextTokenizer.Of(folder.Path)!, Usual(), Text());
        Assert.Equal(usual.Encode(text), own.Encode(text));
        Assert.Equal(50257, own.Vocabulary.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ATokenizerFileIsTheSamePairs(bool arrays)
    {
        using var folder = Json(WholeJson(arrays));
        var (own, text) = (TextTokenizer.Of(folder.Path)!, Text());
        Assert.Equal(Usual().Encode(text), own.Encode(text));
        Assert.Equal(50258, own.Vocabulary.Count);
        Assert.Equal([15496, 50256, 995, 50257], own.Encode("Hello<|endoftext|> world<|pad|>"));
    }

    [Fact]
    public void ATokenizerFileMayCutWordsItself()
    {
        var json = WholeJson(false);
        json["pre_tokenizer"] = JsonNode.Parse($$"""{"type":"Sequence","pretokenizers":[{"type":"Split","pattern":{"Regex":{{JsonSerializer.Serialize(Regex)}}},"behavior":"Isolated","invert":false},{"type":"ByteLevel","add_prefix_space":false,"trim_offsets":true,"use_regex":false}]}""");
        using var folder = Json(json);
        var (own, usual) = (TextTokenizer.Of(folder.Path)!, Usual());

        // Numbers come in threes from the front, which GPT-2's words do not do.
        Assert.Equal([.. usual.Encode("123"), .. usual.Encode("456"), .. usual.Encode("7")], own.Encode("1234567"));
        Assert.Equal([.. usual.Encode("it"), .. usual.Encode("'S")], own.Encode("it'S"));
    }

    [Fact]
    public void LettersInPiecesAreRefusedWhereTheFileComposesThem()
    {
        var json = WholeJson(false);
        json["normalizer"] = new JsonObject { ["type"] = "NFC" };
        using var folder = Json(json);
        var own = TextTokenizer.Of(folder.Path)!;
        Assert.Equal(Usual().Encode("caf\u00e9"), own.Encode("caf\u00e9"));
        Assert.Contains("U+0301", Assert.Throws<NonsmoothException>(() => own.Encode("cafe\u0301")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void PiecesOfSentencesAreRead()
    {
        using var folder = new TemporaryFolder();
        folder.Write("tokenizer.model", Pieces());
        var own = TextTokenizer.Of(folder.Path)!;
        int first = 3 + 256;
        Assert.Equal(first + 6, own.Vocabulary.Count);

        // ▁ab twice; then ▁a and the two bytes of é.
        Assert.Equal([first + 5, first + 5], own.Encode("ab ab"));
        Assert.Equal([first + 4, 3 + 0xC3, 3 + 0xA9], own.Encode("a\u00e9"));
        Assert.Throws<NonsmoothException>(() => own.Encode("\u00e9"));
    }

    [Fact]
    public void AFolderMayHaveNone()
    {
        using var folder = new TemporaryFolder();
        Assert.Null(TextTokenizer.Of(folder.Path));
        File.WriteAllText(folder.File("mine.txt"), "to be");
        var refused = Assert.Throws<NonsmoothException>(() => GivenText.Pairs(folder.File("mine.txt"), new DatasetOptions { Text = new NetworkText("folder", 96, null) }));
        Assert.Contains("'folder' has no tokenizer", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ATextIsCutByTheNetworksOwn()
    {
        using var folder = new TemporaryFolder();
        folder.Write("tokenizer.model", Pieces());
        File.WriteAllText(folder.File("mine.txt"), string.Concat(Enumerable.Repeat("ab ba ", 40)));
        var own = TextTokenizer.Of(folder.Path)!;
        var data = GivenText.Pairs(folder.File("mine.txt"), new DatasetOptions { Tokens = 4, Text = new NetworkText("folder", 300, own) });
        Assert.Equal(own.Vocabulary.Count, data.Train.ClassCount);
        int[] cut = [.. own.Encode(File.ReadAllText(folder.File("mine.txt")))];
        Assert.Equal(cut[..8], ((TokenSplit)data.Train).ToTokens()[..8].Select(t => (int)t));
    }

    [Fact]
    public void TokenIdsAreOfTheNetworksNumber()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("ids.bin"), [.. Enumerable.Range(0, 200).SelectMany(i => BitConverter.GetBytes((ushort)(i % 96)))]);
        var data = GivenText.Pairs(folder.File("ids.bin"), new DatasetOptions { Tokens = 8, Text = new NetworkText("folder", 96, null) });
        Assert.Equal(96, data.Train.ClassCount);
        var refused = Assert.Throws<NonsmoothException>(() => GivenText.Pairs(folder.File("ids.bin"), new DatasetOptions { Tokens = 8, Text = new NetworkText("folder", 95, null) }));
        Assert.Contains("the vocabulary has 0 to 94", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"model":{"type":"WordPiece","vocab":{},"merges":[]}}""", "it is a WordPiece, which is not read")]
    [InlineData("""{"model":{"type":"BPE","byte_fallback":true,"vocab":{},"merges":[]}}""", "byte fallback")]
    [InlineData("""{"normalizer":{"type":"Lowercase"},"model":{"type":"BPE","vocab":{},"merges":[]}}""", "Lowercase")]
    [InlineData("""{"pre_tokenizer":{"type":"Metaspace"},"model":{"type":"BPE","vocab":{"a":0},"merges":[]}}""", "cuts texts by Metaspace")]
    [InlineData("""{"pre_tokenizer":{"type":"ByteLevel"},"model":{"type":"BPE","vocab":{"a":2000000000},"merges":[]}}""", "numbers its 1 tokens up to 2000000000")]
    [InlineData("""{"pre_tokenizer":{"type":"ByteLevel"},"model":{"vocab":{"a":0},"merges":["a b"]}}""", "cannot be read as a tokenizer")]
    [InlineData("{}", "cannot be read as a tokenizer")]
    [InlineData("no", "cannot be read as a tokenizer")]
    public void WhatIsNotReadIsSaid(string json, string why)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("tokenizer.json"), json);
        var refused = Assert.ThrowsAny<NonsmoothException>(() => TextTokenizer.Of(folder.Path));
        Assert.Contains("tokenizer.json'", refused.Message, StringComparison.Ordinal);
        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(refused.Message, char.IsControl);
    }

    [Theory]
    [InlineData("tokenizer.json")]
    [InlineData("tokenizer.model")]
    [Trait("Speed", "Slow")]
    public void DamagedFilesAreReadOrRefused(string file)
    {
        using var folder = new TemporaryFolder();
        byte[] whole = file == "tokenizer.model" ? Pieces() : Encoding.UTF8.GetBytes("""{"added_tokens":[{"id":5,"content":"<s>"}],"pre_tokenizer":{"type":"ByteLevel","add_prefix_space":false},"model":{"type":"BPE","unk_token":"a","vocab":{"a":0,"b":1,"c":2,"ab":3,"abc":4},"merges":["a b","ab c"]}}""");
        var (_, refused) = Fuzz.Try([whole], bytes =>
        {
            File.WriteAllBytes(folder.File(file), bytes);
            TextTokenizer.Of(folder.Path)!.Encode("abc cab");
        });
        Assert.True(refused > 0);
    }

    private static string Gpt2(string file) => Path.Combine(SharedData.FolderOrSkip("gpt2"), "gpt2", file);

    private static TextTokenizer Usual() => TextTokenizer.OfPairs(Gpt2("encoder.json"), Gpt2("vocab.bpe"));

    private static string Text() => File.ReadAllText(Path.Combine(SharedData.FolderOrSkip("text"), "text", "tinyshakespeare.txt"))[..50_000] + "\u00e9\u4f60\U0001F600 1234";

    private static TemporaryFolder Pairs()
    {
        var folder = new TemporaryFolder();
        folder.Write("vocab.json", File.ReadAllBytes(Gpt2("encoder.json")));
        folder.Write("merges.txt", File.ReadAllBytes(Gpt2("vocab.bpe")));
        return folder;
    }

    private static TemporaryFolder Json(JsonNode json)
    {
        var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("tokenizer.json"), json.ToJsonString());
        return folder;
    }

    private static JsonObject WholeJson(bool arrays) => new()
    {
        ["version"] = "1.0",
        ["added_tokens"] = JsonNode.Parse("""[{"id":50256,"content":"<|endoftext|>","special":true},{"id":50257,"content":"<|pad|>","special":true}]"""),
        ["normalizer"] = null,
        ["pre_tokenizer"] = JsonNode.Parse("""{"type":"ByteLevel","add_prefix_space":false,"trim_offsets":true}"""),
        ["model"] = new JsonObject
        {
            ["type"] = "BPE",
            ["vocab"] = JsonNode.Parse(File.ReadAllText(Gpt2("encoder.json"))),
            ["merges"] = new JsonArray([.. File.ReadLines(Gpt2("vocab.bpe")).Skip(1).Where(l => l.Length > 0).Select(l => arrays ? (JsonNode)new JsonArray([.. l.Split(' ').Select(p => JsonValue.Create(p))]) : JsonValue.Create(l))]),
        },
    };

    // A model of pairs with bytes to fall back on, as SentencePiece writes it.
    private static byte[] Pieces()
    {
        using var stream = new MemoryStream();
        using (var model = new CodedOutputStream(stream, true))
        {
            void Piece(string text, float score, int type) => Message(model, 1, p =>
            {
                p.WriteTag(1, WireFormat.WireType.LengthDelimited);
                p.WriteString(text);
                p.WriteTag(2, WireFormat.WireType.Fixed32);
                p.WriteFloat(score);
                Number(p, 3, type);
            });
            Piece("<unk>", 0, 2);
            Piece("<s>", 0, 3);
            Piece("</s>", 0, 3);
            for (int i = 0; i < 256; i++)
            {
                Piece($"<0x{i:X2}>", 0, 6);
            }

            foreach (var (text, score) in new[] { ("\u2581", -10f), ("a", -11f), ("b", -12f), ("ab", -1f), ("\u2581a", -3f), ("\u2581ab", -2f) })
            {
                Piece(text, score, 1);
            }

            Message(model, 2, p =>
            {
                Number(p, 3, 2);
                Number(p, 35, 1);
            });
            Message(model, 3, p =>
            {
                Number(p, 3, 1);
                Number(p, 5, 1);
            });
        }

        return stream.ToArray();
    }

    private static void Number(CodedOutputStream to, int field, int value)
    {
        to.WriteTag(field, WireFormat.WireType.Varint);
        to.WriteInt32(value);
    }

    private static void Message(CodedOutputStream to, int field, Action<CodedOutputStream> write)
    {
        using var stream = new MemoryStream();
        using (var inner = new CodedOutputStream(stream, true))
        {
            write(inner);
        }

        to.WriteTag(field, WireFormat.WireType.LengthDelimited);
        to.WriteBytes(ByteString.CopyFrom(stream.ToArray()));
    }
}
