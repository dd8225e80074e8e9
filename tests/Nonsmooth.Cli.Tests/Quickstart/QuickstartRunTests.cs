using Nonsmooth.Cli.Documents;
using Nonsmooth.Cli.Quickstart;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Cli.Tests.Quickstart;

[Collection("libtorch")]
[Trait("Speed", "Slow")]
public sealed class QuickstartRunTests
{
    [Fact]
    public void TellsTheWholeStoryOfASmallRun()
    {
        using var folder = new TemporaryFolder();
        var context = new ToolContext { Out = TextWriter.Null, Error = TextWriter.Null, Folder = folder.Path };
        var run = new QuickstartRun { Seed = 1, Folder = folder.Path, TrainCount = 128, TestCount = 64, Batch = 32, Epochs = 1, CensusEverySteps = 2 };
        var report = run.Do(context, note => Assert.Fail(note));

        Assert.Equal(5, report.Cost.Bound);
        Assert.InRange(report.Cost.Unit, 1, report.Cost.Bound);
        Assert.InRange(report.Cost.Counted, 1, report.Cost.Bound);
        Assert.Equal(["innaprop", "adamw", "innaprop"], report.Runs.Select(r => r.Optimizer));
        Assert.Equal(["float32", "float16"], report.Kinks.Select(k => k.Precision));
        Assert.All(report.Kinks, k => Assert.Equal(2, k.Batches));
        Assert.All(report.Kinks, k => Assert.True(k.PoolTied is > 0 && k.PoolTied < k.PoolWindows));
        Assert.All(report.Kinks, k => Assert.True(k.PoolActive is > 0 && k.PoolActive <= k.PoolTied));
        Assert.All(report.Kinks, k => Assert.All(k.Differences, d => Assert.Equal(2, d.Batches)));
        Assert.All(report.Runs, r => Assert.All(r.Files.Values, file => Assert.StartsWith(folder.Path, file, StringComparison.Ordinal)));

        var text = new StringWriter();
        new TerminalWriter(text, terminal: false, width: 100).Write(QuickstartDocument.Of(report));
        Assert.Equal(3, text.ToString().Split("Verdict: ").Length - 1);
        Assert.Contains(folder.Path, text.ToString(), StringComparison.Ordinal);
    }
}
