using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Data.Tests;

public sealed class PairTextTests
{
    /// <summary>Numbers of GPT-2's published encoder.</summary>
    [Trait("Speed", "Slow")]
    [Theory]
    [InlineData("Hello world", "15496 995")]
    [InlineData("First Citizen:\nBefore we proceed", "5962 22307 25 198 8421 356 5120")]
    [InlineData("it's  two\n\n   x", "270 338 220 734 628 220 220 2124")]
    public void EncodesAsGpt2Does(string text, string expected)
    {
        var locations = new DataLocations { Option = SharedData.FolderOrSkip("gpt2") };
        var file = PairText.Encode("here", text, locations);
        Assert.Equal(expected, string.Join(' ', file.Tokens.ToArray()));
        Assert.Equal((50257, "<|endoftext|>"), (file.Vocabulary.Count, file.Vocabulary[^1]));
    }

    [Fact]
    public void NamesFilesThatAreMissingOrNoPairs()
    {
        using var folder = new TemporaryFolder();
        var locations = new DataLocations { Option = folder.Path };
        Assert.StartsWith($"GPT-2's encoder.json was not found in '{folder.Path}", Refused(), StringComparison.Ordinal);
        folder.Unpack(("gpt2/encoder.json", "{ no"u8.ToArray()), ("gpt2/vocab.bpe", "#version: 0.2\na b\n"u8.ToArray()));
        Assert.Contains("cannot be read as a tokenizer (", Refused(), StringComparison.Ordinal);

        string Refused() => Assert.Throws<NonsmoothException>(() => PairText.Encode("here", "x", locations)).Message;
    }
}
