using System.Text.Json;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Cli.Tests.Studies;

public sealed class ReluVolumesTests
{
    [Trait("Speed", "Slow")]
    [Fact]
    public void AStudyThatWasStoppedIsTakenUpAfterItsLastDraw()
    {
        string data = SharedFolder.With("mnist");
        using var folder = new TemporaryFolder();
        string log = Path.Combine(folder.Path, "draws.csv");
        var first = Run(data, log, 2);
        string[] kept = File.ReadAllLines(log);
        var whole = Run(data, log, 4);
        var anew = Run(data, Path.Combine(folder.Path, "anew.csv"), 4);
        Assert.Equal(3, kept.Length);
        Assert.Equal(kept, File.ReadAllLines(log).Take(3));
        Assert.Equal(File.ReadAllText(Path.Combine(folder.Path, "anew.csv")), File.ReadAllText(log));
        Assert.Equal(anew.GetProperty("value").GetDouble(), whole.GetProperty("value").GetDouble());
        Assert.Equal("33.3 %, scaled 6.5 %", first.GetProperty("published").GetString());

        // Fewer than 20 draws are counted and give no interval.
        Assert.Equal($"{first.GetProperty("value").GetDouble() / 50} of 2 draws, 10,000 images", first.GetProperty("on").GetString());
        Assert.False(first.TryGetProperty("low", out _));
    }

    private static JsonElement Run(string data, string log, int draws)
    {
        var run = ToolRun.Of(
            "reproduce", "relu-volumes", "--row", "3x16, batch 256, f16", "--draws", $"{draws}", "--draw-log", log, "--data-dir", data, "--json");
        Assert.Equal(("", 0), (run.Error, run.ExitCode));
        return Assert.Single(run.Json.GetProperty("rows").EnumerateArray());
    }
}
