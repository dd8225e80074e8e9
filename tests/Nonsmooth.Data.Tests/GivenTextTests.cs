using System.Runtime.InteropServices;
using System.Text;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Data.Tests;

public sealed class GivenTextTests
{
    [Fact]
    public void ReadsATextByCharactersAndKeepsItsTokens()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("mine.txt", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("abcde", 40))));
        var data = Datasets.Load("characters:" + path, new DatasetOptions { Tokens = 8, Locations = new DataLocations { Cache = folder.File("cache") } });
        Assert.Equal((5, 22, 2), (data.ClassCount, data.Train.Count, data.Test.Count));
        Assert.True(File.Exists(folder.File("mine.txt-characters.tokens")));
    }

    [Fact]
    public void MapsRawTokensAsTheyAre()
    {
        using var folder = new TemporaryFolder();
        ushort[] tokens = [.. Enumerable.Range(0, 100).Select(i => (ushort)(i * 500))];
        var path = folder.Write("train.bin", MemoryMarshal.AsBytes<ushort>(tokens).ToArray());
        var data = Datasets.Load("text:" + path, new DatasetOptions { Tokens = 4 });
        Assert.Equal(50_257, data.ClassCount);
        Assert.Equal(tokens[..90], ((TokenSplit)data.Train).ToTokens());
        Assert.Equal(tokens[90..], ((TokenSplit)data.Test).ToTokens());
    }

    [Fact]
    public void RefusesWhatIsNoFileOfTokens()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains("has 3 bytes", Refusal("text:" + folder.Write("odd.bin", [1, 2, 3])), StringComparison.Ordinal);
        Assert.Contains("there is no file", Refusal("text:" + folder.File("no.txt")), StringComparison.Ordinal);
        Assert.Contains("vocab", Refusal("text:" + folder.Write("a.txt", [65, 66])), StringComparison.Ordinal);
        Assert.Contains("the vocabulary has 0 to 50256", Refusal("text:" + folder.Write("big.bin", [.. Enumerable.Repeat((byte)255, 5000)])), StringComparison.Ordinal);
    }

    [Fact]
    public void AFileThatCannotBeReadIsNamedAndOneOfTheCurrentFolderIsFound()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("held.bin", new byte[200]);
        using (new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            Assert.Contains($"'{path}' cannot be read", Refusal("text:" + path), StringComparison.Ordinal);
        }

        string bare = $"nonsmooth-{Guid.NewGuid():N}.txt";
        File.WriteAllText(bare, string.Concat(Enumerable.Repeat("abcde", 40)));
        try
        {
            Assert.Equal(5, Datasets.Load("characters:" + bare, new DatasetOptions { Tokens = 8 }).ClassCount);
        }
        finally
        {
            File.Delete(bare);
            File.Delete(bare + "-characters.tokens");
        }
    }

    private static string Refusal(string name) => Assert.Throws<NonsmoothException>(() => Datasets.Load(name)).Message;
}
