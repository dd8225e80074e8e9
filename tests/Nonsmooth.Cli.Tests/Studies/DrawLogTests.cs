using Nonsmooth.Cli.Studies;
using Nonsmooth.Reliability.Families;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Cli.Tests.Studies;

public sealed class DrawLogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string File => Path.Combine(_folder.Path, "draws.csv");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void DrawsAreReadBackBySettingAndImages()
    {
        var log = new DrawLog(File);
        AffectedDraw[] draws = [new(0, null, 235, 0), new(1, 12, 13, 2)];
        foreach (var draw in draws)
        {
            log.Add("3x256, batch 256, f32", 60_000, draw);
        }

        log.Add("other", 60_000, draws[0]);
        var read = new DrawLog(File);
        Assert.Equal(draws, read.Of("3x256, batch 256, f32", 60_000));
        Assert.Equal([draws[0]], read.Of("other", 60_000));
        Assert.Empty(read.Of("other", 10_000));
    }

    [Fact]
    public void DrawsOfRanksComeInAnyOrder()
    {
        var log = new DrawLog(File);
        AffectedDraw[] draws = [new(2, null, 4, 0), new(0, 1, 2, 3)];
        foreach (var draw in draws)
        {
            log.Add("a", 9, draw);
        }

        Assert.Equal([draws[1], draws[0]], new DrawLog(File).Of("a", 9));
    }

    [Fact]
    public void HalfALineIsMeasuredAgain()
    {
        new DrawLog(File).Add("a", 9, new AffectedDraw(0, null, 4, 0));
        System.IO.File.AppendAllText(File, "a,9,1,,");
        new DrawLog(File).Add("a", 9, new AffectedDraw(1, 2, 3, 1));
        Assert.Equal([new AffectedDraw(0, null, 4, 0), new AffectedDraw(1, 2, 3, 1)], new DrawLog(File).Of("a", 9));
    }

    [Theory]
    [InlineData("something else\n")]
    [InlineData("setting,images,draw,first_batch,batches,at_kinks\na,9,1,,4,0\na,9,1,,4,0\n")]
    [InlineData("setting,images,draw,first_batch,batches,at_kinks\na,9,-1,,4,0\n")]
    [InlineData("setting,images,draw,first_batch,batches,at_kinks\na,9,x,,4,0\n")]
    [InlineData("setting,images,draw,first_batch,batches,at_kinks\na\n")]
    public void AnotherFileIsRefused(string text)
    {
        System.IO.File.WriteAllText(File, text);
        Assert.Contains("no log of draws", Assert.Throws<NonsmoothException>(() => new DrawLog(File)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutAPathNothingIsKept()
    {
        var log = new DrawLog(null);
        log.Add("a", 9, new AffectedDraw(0, null, 4, 0));
        Assert.Empty(log.Of("a", 9));
    }
}
