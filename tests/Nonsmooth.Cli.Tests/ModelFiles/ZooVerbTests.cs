using System.Diagnostics;
using System.Text.Json;
using Nonsmooth.Cli.Shell;
using Nonsmooth.Data.Arrays;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Cli.Tests.ModelFiles;

/// <summary>Real architectures without weights: what counts takes them, what computes refuses them in one line.</summary>
[Trait("Speed", "Slow")]
public sealed class ZooVerbTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("resnet18", "resnet18.pt2", 18)]
    [InlineData("resnet18", "resnet18.train.pt2", 18)]
    [InlineData("resnet18", "resnet18.onnx", 18)]
    [InlineData("mixer_b16_224", "mixer_b16_224.onnx", 0)]
    public void CountsAndKinksNeedNoWeights(string architecture, string file, int kinks)
    {
        string folder = Zoo();
        using var counts = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "counts.json")));
        var plain = counts.RootElement.GetProperty("architectures").GetProperty(architecture).GetProperty("counts").GetProperty("batch1").GetProperty("plain");
        var cost = ToolRun.Of("cost", Path.Combine(folder, file), "--json");
        Assert.True(cost.ExitCode == 0, cost.Error);
        var macs = cost.Json.GetProperty("macs");
        Assert.Equal(plain.GetProperty("forward").GetProperty("total").GetInt64(), 2 * macs.GetProperty("dense").GetInt64());
        Assert.Equal(plain.GetProperty("forward_backward_eval").GetProperty("total_exact").GetInt64(), 2 * (macs.GetProperty("dense").GetInt64() + macs.GetProperty("backward").GetInt64()));
        var found = ToolRun.Of("kinks", Path.Combine(folder, file), "--json");
        Assert.True(found.ExitCode == 0, found.Error);
        Assert.Equal(kinks, found.Json.GetProperty("kinks").GetArrayLength());
    }

    [Theory]
    [InlineData("resnet18.pt2")]
    [InlineData("resnet18.onnx")]
    public void WhatComputesRefusesInOneLine(string file)
    {
        string path = Path.Combine(Zoo(), file);
        using var folder = new TemporaryFolder();
        Numpy.Write(folder.File("in.npz"), new Dictionary<string, StoredTensor> { ["in.x"] = StoredTensor.Of<float>(new float[3 * 224 * 224], 1, 3, 224, 224) });
        foreach (string[] line in (string[][])[["run", path, "--inputs", "in.npz"], ["audit", path], ["train", path, "--data", "strokes"], ["diverge", path]])
        {
            var run = ToolRun.In(folder.Path, line);
            Assert.NotEqual(0, run.ExitCode);
            Assert.Contains("is a graph without the numbers of", run.Error, StringComparison.Ordinal);
            Assert.Single(run.Error.TrimEnd('\n').Split('\n'), l => l.StartsWith("nonsmooth: ", StringComparison.Ordinal) && l.Contains("cost and kinks take it", StringComparison.Ordinal));
        }
    }

    // By the clock, a process each.
    [Fact]
    public void EachIsCountedInTwoSeconds()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("NONSMOOTH_TIMED") == "1", "By the clock: NONSMOOTH_TIMED=1");
        string tool = Path.ChangeExtension(typeof(Tool).Assembly.Location, null);
        var times = new List<(double Seconds, string What)>();
        foreach (string file in Directory.GetFiles(Zoo()).Where(f => f.EndsWith(".pt2", StringComparison.Ordinal) || f.EndsWith(".onnx", StringComparison.Ordinal)))
        {
            foreach (string verb in (string[])["cost", "kinks"])
            {
                var begun = Stopwatch.StartNew();
                using var process = Process.Start(new ProcessStartInfo(tool, [verb, file]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
                process.StandardOutput.ReadToEnd();
                process.WaitForExit();
                Assert.Equal(0, process.ExitCode);
                times.Add((begun.Elapsed.TotalSeconds, $"{verb} {Path.GetFileName(file)}"));
            }
        }

        times.Sort();
        output.WriteLine(string.Join("\n", times.TakeLast(10).Reverse()));
        Assert.InRange(times[^1].Seconds, 0, 2);
    }

    private static string Zoo() => Path.Combine(SharedData.FolderOrSkip("zoo"), "zoo");
}
