using Nonsmooth.Cli.Studies;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Cli.Tests.Verbs;

[Trait("Speed", "Slow")]
public sealed class ReproduceVerbTests
{
    [Fact]
    public void WithoutANameStudiesAreListed()
    {
        var run = ToolRun.Of("reproduce", "--json");
        Assert.Equal(["maxpool-volumes", "maxpool-beta", "relu-volumes", "relu-bug", "clamp-int4", "clamp-attack", "clamp-absmax"], run.Json.GetProperty("studies").EnumerateArray().Select(s => s.GetProperty("name").GetString()));
    }

    [Fact]
    public void AnUnknownStudyIsBadUsageWithTheNearestName()
    {
        var run = ToolRun.Of("reproduce", "relu-bugs");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("did you mean relu-bug?", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void MissingDataAreNamed()
    {
        var run = ToolRun.Of("reproduce", "relu-bug");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("train-images", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void RowsAreWrittenWhenTheyAreThere()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "rows.csv");
        using var file = new RowFile(path);
        file.Write("study", new ReproductionRow("a, b", "q", "1 \"x\"", 0.5, null, null, "on", 1.26));
        Assert.Equal(["study,setting,quantity,published,value,low,high,on,seconds", "study,\"a, b\",q,\"1 \"\"x\"\"\",0.5,,,on,1.3"], File.ReadAllLines(path));
    }
}
