using System.Text;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Data.Tests;

public sealed class ShakespeareTests
{
    [Fact]
    public void TheRealTextHas65Characters()
    {
        string text = Path.Combine(SharedData.FolderOrSkip("text"), "text");
        using var cache = new TemporaryFolder();
        var options = new DatasetOptions { Tokens = 128, Locations = new DataLocations { Option = text, Cache = cache.Path } };
        var data = Shakespeare.Characters(options);
        Assert.Equal((65, 7842, 871), (data.ClassCount, data.Train.Count, data.Test.Count));
        var tokens = ((TokenSplit)data.Train).ToTokens();
        Assert.Equal("First Citizen:", string.Concat(tokens[..14].ToArray().Select(t => data.ClassNames[t])));
        Assert.Equal(1_115_394, tokens.Length + ((TokenSplit)data.Test).TokenCount);
    }

    [Fact]
    public void KeepsTheTokensUntilTheTextChanges()
    {
        using var folder = new TemporaryFolder();
        folder.Unpack(("text/tinyshakespeare.txt", Encoding.UTF8.GetBytes("to be or not to be, that is")));
        var options = new DatasetOptions { Tokens = 2, Locations = new DataLocations { Option = folder.Path } };
        var first = Shakespeare.Characters(options);
        string kept = folder.File("text/shakespeare-char.tokens");
        var written = File.GetLastWriteTimeUtc(kept);
        Assert.Equal(((TokenSplit)first.Train).ToTokens(), ((TokenSplit)Shakespeare.Characters(options).Train).ToTokens());
        Assert.Equal(written, File.GetLastWriteTimeUtc(kept));
        folder.Write("text/tinyshakespeare.txt", Encoding.UTF8.GetBytes("all the world's a stage, and all"));
        Assert.Contains("w", Shakespeare.Characters(options).ClassNames);
    }

    [Fact]
    public void ACutTokenFileIsNamed()
    {
        using var folder = new TemporaryFolder();
        folder.Unpack(("text/tinyshakespeare.txt", Encoding.UTF8.GetBytes("to be or not to be, that is")));
        var options = new DatasetOptions { Tokens = 2, Locations = new DataLocations { Option = folder.Path } };
        Shakespeare.Characters(options);
        string kept = folder.File("text/shakespeare-char.tokens");
        folder.Write("text/shakespeare-char.tokens", File.ReadAllBytes(kept)[..^3]);
        Assert.Contains($"'{kept}' is no whole token file", Assert.Throws<NonsmoothException>(() => Shakespeare.Characters(options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CountsTakeTheFirstSequences()
    {
        using var folder = new TemporaryFolder();
        folder.Unpack(("text/tinyshakespeare.txt", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("abcdefgh", 20)))));
        var options = new DatasetOptions { Tokens = 3, TrainCount = 2, TestCount = 1, Locations = new DataLocations { Option = folder.Path } };
        var data = Shakespeare.Characters(options);
        Assert.Equal((2, 7, 1), (data.Train.Count, ((TokenSplit)data.Train).TokenCount, data.Test.Count));
        Assert.Throws<NonsmoothException>(() => Shakespeare.Characters(options with { TestCount = 100 }));
    }

    [Fact]
    public void SaysWhereTheTextWasLookedFor()
    {
        var e = Assert.Throws<NonsmoothException>(() => Shakespeare.Characters(new DatasetOptions { Locations = new DataLocations { Option = "/nowhere" } }));
        Assert.StartsWith("tinyshakespeare.txt was not found in '/nowhere/text', '/nowhere'; fetch it from ", e.Message, StringComparison.Ordinal);
    }

    [Trait("Speed", "Slow")]
    [Fact]
    public void TheRealTextHas338025BytePairs()
    {
        string data = SharedData.FolderOrSkip("gpt2");
        using var cache = new TemporaryFolder();
        var set = Shakespeare.Pairs(new DatasetOptions { Tokens = 64, Locations = new DataLocations { Option = data, Cache = cache.Path } });
        var (train, test) = (((TokenSplit)set.Train).ToTokens(), ((TokenSplit)set.Test).ToTokens());
        Assert.Equal((50257, 338_025), (set.ClassCount, train.Length + test.Length));
        Assert.Equal([5962, 22307, 25, 198, 8421, 356, 5120], train[..7]);
    }
}
