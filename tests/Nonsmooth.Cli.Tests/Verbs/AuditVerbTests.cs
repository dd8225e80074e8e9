using System.Xml.Linq;
using Nonsmooth.Data.Arrays;
using Nonsmooth.Tests.Shared;
using Nonsmooth.Training.Checkpoints;
using Nonsmooth.Training.Engine;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Cli.Tests.Verbs;

[Trait("Speed", "Slow")]
public sealed class AuditVerbTests
{
    private static readonly string[] _small = ["--batch", "16", "--test-count", "64", "--train-count", "64", "--draws", "2", "--batches", "2", "--training-steps", "2", "--training-seeds", "6"];

    [Fact]
    public void LenetDependsOnTiesIn16BitsOnly()
    {
        using var folder = new TemporaryFolder();
        var run = ToolRun.In(folder.Path, ["audit", "lenet5", "--choice", "max-pool-ties", "--report", "r.html", "--csv", "r.csv", "--json", .. _small]);
        Assert.Equal((0, "nonsmooth: wrote r.html\nnonsmooth: wrote r.csv\n"), (run.ExitCode, run.Error));
        var zones = run.Json.GetProperty("zones").EnumerateArray().ToDictionary(z => z.GetProperty("precision").GetString()!);
        foreach (var (format, share) in new[] { ("f16", 100.0), ("bf16", 100), ("f64", 0) })
        {
            var zone = zones[format];
            Assert.Equal(share, zone.GetProperty("bifurcation").GetDouble());
            Assert.Equal(100, zone.GetProperty("equal").GetDouble() + zone.GetProperty("compensation").GetDouble() + zone.GetProperty("bifurcation").GetDouble(), 9);
            Assert.Equal((2, 2), (zone.GetProperty("parameterDraws").GetInt32(), zone.GetProperty("batches").GetInt32()));
            Assert.False(zone.TryGetProperty("interval", out _), "two draws give no interval");
            Assert.Equal("batches of the data (4), in the mean over draws of the parameters", zone.GetProperty("estimand").GetString());
            Assert.Contains("fewer than 20 draws", zone.GetProperty("independence").GetString(), StringComparison.Ordinal);
        }

        var layers = run.Json.GetProperty("layers").EnumerateArray().ToDictionary(l => l.GetProperty("name").GetString()!);
        Assert.InRange(layers["conv1.max_pool2d"].GetProperty("tiedWindows").GetDouble(), 30, 90);
        Assert.True(layers["conv1.max_pool2d"].GetProperty("blame").GetDouble() > 0);
        Assert.Equal(0, layers["fc1.relu"].GetProperty("blame").GetDouble());
        Assert.Matches("^In 32 bits, of 4 batches at 2 draws of the parameters, .* depends? on how tied elements of a pooling window share its gradient .*: no interval, fewer than 20 draws", run.Json.GetProperty("verdict")[0].GetString()!);
        Assert.Contains("Training is unaffected", run.Json.GetProperty("verdict")[1].GetString(), StringComparison.Ordinal);

        Assert.InRange(zones["f64"].GetProperty("largestRounding").GetDouble(), 0, 1e-14);
        Assert.True(zones["f16"].GetProperty("smallestChoice").GetDouble() > 1e-9);
        Assert.Equal(10, run.Json.GetProperty("ties").GetArrayLength());
        var origins = run.Json.GetProperty("origins").EnumerateArray().Where(o => o.GetProperty("node").GetString() == "total").ToDictionary(o => o.GetProperty("precision").GetString()!);
        Assert.Equal(["bf16", "f16", "f32"], origins.Keys.Order());
        Assert.True(origins["bf16"].GetProperty("made").GetInt64() > origins["f32"].GetProperty("made").GetInt64());
        Assert.True(origins["f32"].GetProperty("kept").GetInt64() > 0);
        Assert.Contains(run.Json.GetProperty("ranges").EnumerateArray(), r => r.GetProperty("subnormal")[0].GetDouble() > 0);

        string html = File.ReadAllText(Path.Combine(folder.Path, "r.html"));
        Assert.DoesNotContain("http", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.Equal(3, html.Split("role=\"img\"").Length - 1);
        foreach (string picture in html.Split("<svg ")[1..])
        {
            XElement.Parse("<svg " + picture[..(picture.IndexOf("</svg>", StringComparison.Ordinal) + 6)]);
        }

        Assert.Equal(5, File.ReadAllLines(Path.Combine(folder.Path, "r.csv")).Length);
    }

    [Fact]
    public void ANetworkWithoutKinksIsToldSo()
    {
        var run = ToolRun.Of(["audit", "mlp:784-10", .. _small]);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("No: mlp:784-10 is differentiable everywhere", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void ProfilesThatAgreeOnTheNetworkAreToldSo()
    {
        var run = ToolRun.Of(["audit", "lenet5", "--profiles", "libtorch-2.10,libtorch-2.14", "--json", .. _small]);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("both selections take the same derivative everywhere", run.Json.GetProperty("verdict")[0].GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--layer features.9", "no kink at 'features.9': the network's are conv1.relu")]
    [InlineData("--layer conv3.relu", "no kink at 'conv3.relu'")]
    public void WhatCannotBeAuditedFailsWithTheMend(string arguments, string says)
    {
        var run = ToolRun.Of(["audit", "lenet5", .. _small, .. arguments.Split(' ')]);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(says, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
    }

    [Theory]
    [InlineData("--precision f8", "--precision is 'f8'")]
    [InlineData("--choice maxpool-ties", "did you mean max-pool-ties")]
    [InlineData("--profiles jax", "give two names")]
    [InlineData("--profiles jax,torch", "there is no profile 'torch'")]
    public void BadUsageSaysWhatToGive(string arguments, string says)
    {
        var run = ToolRun.Of(["audit", "lenet5", .. arguments.Split(' ')]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(says, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void TwentyDrawsGiveAnIntervalAndAllBatchesOfOneDrawAreExact()
    {
        string[] small = ["audit", "lenet5", "--choice", "max-pool-ties", "--precision", "f16", "--batch", "8", "--test-count", "64", "--training-steps", "0", "--no-replay", "--json"];
        var zone = ToolRun.Of([.. small, "--draws", "20", "--batches", "1"]).Json.GetProperty("zones")[0];
        Assert.InRange(zone.GetProperty("bifurcation").GetDouble(), zone.GetProperty("interval")[0].GetDouble(), zone.GetProperty("interval")[1].GetDouble());
        Assert.InRange(100.0 * zone.GetProperty("affectedDraws").GetInt32() / 20, zone.GetProperty("affectedInterval")[0].GetDouble(), zone.GetProperty("affectedInterval")[1].GetDouble());
        Assert.Equal("20 draws, independent; 1 batch of each, drawn anew without replacement, not independent", zone.GetProperty("independence").GetString());

        var one = ToolRun.Of([.. small, "--draws", "1"]);
        Assert.True(one.Json.GetProperty("zones")[0].GetProperty("exact").GetBoolean());
        Assert.Equal(8, one.Json.GetProperty("zones")[0].GetProperty("batches").GetInt32());
        Assert.Contains("at these parameters that is exact", one.Json.GetProperty("verdict")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void ADataSetOfOneImageIsAudited()
    {
        var run = ToolRun.Of("audit", "lenet5", "--batch", "1", "--test-count", "1", "--training-steps", "0", "--precision", "f32", "--draws", "1");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("of 1 batch", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void ADataSetSmallerThanABatchIsRefused()
    {
        var run = ToolRun.Of("audit", "lenet5", "--test-count", "1", "--training-steps", "0");
        Assert.Equal((1, "nonsmooth: a batch of 128 examples cannot be made of a data set of 1: give a batch of at most 1\n"), (run.ExitCode, run.Error));
    }

    [Fact]
    public void NaNWeightsAreNamed()
    {
        using var folder = new TemporaryFolder();
        using var parameters = new ParameterSet(Models.Find("lenet5").Build(1).Parameters, 0);
        parameters.Values(2)[0] = float.NaN;
        var tensors = new Dictionary<string, StoredTensor>();
        for (int i = 0; i < parameters.Parameters.Count; i++)
        {
            tensors[parameters.Parameters[i].Name] = StoredTensor.Of<float>(parameters.Values(i), parameters.Tensors[i].Sizes);
        }

        new Checkpoint { Tensors = tensors }.Save(Path.Combine(folder.Path, "nan.safetensors"));
        var run = ToolRun.In(folder.Path, ["audit", "lenet5", "--parameters", "nan.safetensors", .. _small.Take(6), .. _small.Skip(8)]);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains($"parameter '{parameters.Parameters[2].Name}' has a NaN", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutReplayNoNodeIsBlamedAndTheTextSaysSo()
    {
        var run = ToolRun.Of(["audit", "lenet5", "--choice", "max-pool-ties", "--no-replay", "--precision", "f64", "--json", .. _small]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(0, run.Json.GetProperty("zones")[0].GetProperty("bifurcation").GetDouble());
        Assert.All(run.Json.GetProperty("layers").EnumerateArray(), l => Assert.False(l.TryGetProperty("blame", out _)));
        Assert.Contains("less sure", ToolRun.Of(["audit", "lenet5", "--no-replay", "--precision", "f64", .. _small]).Out, StringComparison.Ordinal);
    }

    [Fact]
    public void AReportInAMissingFolderIsRefusedBeforeTheWork()
    {
        var run = ToolRun.Of(["audit", "lenet5", "--report", "nowhere/r.html", .. _small]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("there is no folder", run.Error, StringComparison.Ordinal);
    }
}
