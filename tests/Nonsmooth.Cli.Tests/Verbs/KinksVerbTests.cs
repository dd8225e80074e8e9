using Nonsmooth.LibTorch.Native;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Cli.Tests.Verbs;

public sealed class KinksVerbTests
{
    [Fact]
    public void AnUnknownProfileIsAnsweredWithTheNearest()
    {
        var run = ToolRun.Of("kinks", "--profile", "torch");
        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("there is no profile 'torch': give one of ", run.Error, StringComparison.Ordinal);
    }

    [Trait("Speed", "Slow")]
    [Fact]
    public void JsonHoldsTheDictionaryAndTheCatalogue()
    {
        var json = ToolRun.Of("kinks", "--json").Json;
        Assert.Equal(1, json.GetProperty("zero").GetProperty("slopeUnderZero").GetDouble());
        Assert.True(json.GetProperty("kinks").GetArrayLength() > 10);
        Assert.True(json.GetProperty("ties").GetArrayLength() > 10);
        var rows = json.GetProperty("catalogue").GetProperty("rows").EnumerateArray().ToDictionary(r => r.GetProperty("id").GetString()!);
        Assert.True(rows.Count >= 100);
        var clamp = rows["clamp@hi"].GetProperty("gradients");
        Assert.Equal([1, 0, 0.5, 1, 0], clamp.EnumerateArray().Select(g => g.GetProperty("gradient")[0].GetDouble()));
        Assert.Equal(["autograd", "executor", "executor", "executor", "executor"], clamp.EnumerateArray().Select(g => g.GetProperty("source").GetString()));
    }

    [Trait("Speed", "Slow")]
    [Theory]
    [InlineData("paddle", "leaky_relu@0", "1")]
    [InlineData("tinygrad", "max_pool2d@tie", "0.25, 0.25, 0.25, 0.25")]
    [InlineData("autograd", "clamp@hi", "0")]
    [InlineData("pytensor", "max@tie", "1, 1, 0")]
    [InlineData("casadi", "relu@0", "0.5")]
    [InlineData("warp", "maximum@tie", "0, 1")]
    public void ProfilesOfOtherEnginesAreShown(string profile, string id, string gradient)
    {
        var rows = ToolRun.Of("kinks", "--profile", profile, "--json").Json.GetProperty("rows").EnumerateArray();
        var value = rows.Single(r => r.GetProperty("id").GetString() == id).GetProperty("gradients")[0];
        Assert.Equal(gradient, string.Join(", ", value.GetProperty("gradient").EnumerateArray().Select(g => g.GetRawText())));
        Assert.Equal("recorded", value.GetProperty("evidence").GetString());
    }

    [Fact]
    public void ProfileAndDiffExcludeEachOther() =>
        Assert.Equal(ExitCode.BadUsage, ToolRun.Of("kinks", "--profile", "jax", "--diff", "jax", "tensorflow").ExitCode);

    [Fact]
    public void AFolderWithoutLibTorchIsOneLine()
    {
        using var folder = new TemporaryFolder();
        var run = ToolRun.Of("kinks", "--diff", folder.Path, "jax");
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
        Assert.Contains("libtorch was not found", run.Error, StringComparison.Ordinal);
    }

    [Trait("Speed", "Slow")]
    [Fact]
    public void TheSameLibTorchFromItsFolderDoesNotDiffer()
    {
        LibTorchLibrary.Load();
        var run = ToolRun.Of("kinks", "--diff", LibTorchLibrary.Folder!, "libtorch-2.10", "--json");
        Assert.Equal(("", 0), (run.Error, run.ExitCode));
        Assert.Equal(0, run.Json.GetProperty("rows").GetArrayLength());
        Assert.True(run.Json.GetProperty("compared").GetInt32() >= 100);
    }

    [Fact]
    public void DifferencesOfFrameworksAreShownWithBothGradients()
    {
        var rows = ToolRun.Of("kinks", "--diff", "jax", "tensorflow", "--json").Json.GetProperty("rows").EnumerateArray().ToDictionary(r => r.GetProperty("id").GetString()!);
        Assert.Equal([1.0, 0.0], rows["abs@0"].GetProperty("gradients").EnumerateArray().Select(g => g.GetProperty("gradient")[0].GetDouble()));
        Assert.DoesNotContain("relu@0", rows.Keys);
    }
}
