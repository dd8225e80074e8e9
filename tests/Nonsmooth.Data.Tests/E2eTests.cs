using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Data.Tests;

public sealed class E2eTests
{
    [Trait("Speed", "Slow")]
    [Fact]
    public void TheRealFilesBecomeTwoHalvesOfGpt2sVocabulary()
    {
        string data = SharedData.FolderOrSkip("e2e");
        using var cache = new TemporaryFolder();
        var options = new DatasetOptions { Tokens = 128, Locations = new DataLocations { Option = data, Cache = cache.Path } };
        var set = E2e.Load(options);
        Assert.Equal(50257, set.ClassCount);
        Assert.InRange(set.Train.Count, 1000, 4000);
        Assert.InRange(set.Test.Count, 1000, 4000);
        Assert.Equal("name", set.ClassNames[((TokenSplit)set.Train).ToTokens()[0]]);
        Assert.Equal(set.Train.Count, E2e.Load(options).Train.Count);
        Assert.True(File.Exists(cache.File("e2e-train/e2e-train.tokens")));
    }

    [Fact]
    public void SaysWhatIsMissing() => Assert.StartsWith(
        "E2E's train.txt or valid.txt was not found in '/nowhere/e2e'",
        Assert.Throws<NonsmoothException>(() => E2e.Load(new DatasetOptions { Locations = new DataLocations { Option = "/nowhere" } })).Message,
        StringComparison.Ordinal);
}
