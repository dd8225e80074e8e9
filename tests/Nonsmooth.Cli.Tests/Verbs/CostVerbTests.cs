using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using Nonsmooth.LibTorch.Measurement;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Cli.Tests.Verbs;

public sealed class CostVerbTests
{
    [Theory]
    [InlineData("mlp:4-8-3", 67, 71, 127, 612, 25475)]
    [InlineData("mlp:16-32-16-4", 1140, 1156, 2233, 11060, 7623742)]
    public void GivesTheGoldenCosts(string network, long parameters, long inputs, double value, double backprop, double forprop)
    {
        var run = ToolRun.Of("cost", network, "--batch", "1", "--json");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var unit = run.Json.GetProperty("unit");
        Assert.Equal(network, run.Json.GetProperty("network").GetString());
        Assert.Equal(parameters, run.Json.GetProperty("parameters").GetInt64());
        Assert.Equal(inputs, unit.GetProperty("inputs").GetInt64());
        Assert.Equal(value, unit.GetProperty("value").GetDouble());
        Assert.Equal(backprop, unit.GetProperty("backprop").GetDouble());
        Assert.Equal(forprop, unit.GetProperty("forprop").GetDouble());
        Assert.Equal(5, unit.GetProperty("omegaB").GetDouble());
        Assert.Equal(1 + (3 * inputs), unit.GetProperty("omegaF").GetDouble());
    }

    [Fact]
    public void PricesTheStrategiesOfAnEquilibrium()
    {
        var rows = ToolRun.Of("cost", "equilibrium:32", "--contraction", "0.5", "--accuracy", "1e-6", "--json").Json.GetProperty("strategies").EnumerateArray().ToList();
        Assert.Equal(5, rows.Count);
        var recommended = Assert.Single(rows, r => r.GetProperty("recommended").GetBoolean());
        Assert.True(recommended.GetProperty("error").GetDouble() <= 1e-6);
        Assert.All(
            rows.Where(r => r.GetProperty("error").GetDouble() <= 1e-6),
            r => Assert.True(r.GetProperty("operations").GetDouble() >= recommended.GetProperty("operations").GetDouble()));
    }

    [Theory]
    [InlineData("equilibrium:x", "0.9", "is no equilibrium")]
    [InlineData("equilibrium:8:elu", "0.9", "give tanh or relu")]
    [InlineData("equilibrium:8", "1", "give one between 0 and 1")]
    public void AnEquilibriumThatCannotBePricedIsBadUsage(string name, string contraction, string said)
    {
        var run = ToolRun.Of("cost", name, "--contraction", contraction);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("32")]
    public void LenetsGradientKeepsTheBound(string batch)
    {
        var json = ToolRun.Of("cost", "lenet5", "--batch", batch, "--json").Json;
        var unit = json.GetProperty("unit");
        Assert.Equal(44426, json.GetProperty("parameters").GetInt64());
        Assert.True(unit.GetProperty("backprop").GetDouble() <= unit.GetProperty("omegaB").GetDouble() * unit.GetProperty("value").GetDouble());
        Assert.Equal(Total("training"), Total("value") + Total("backward"));
        Assert.True(Total("training") <= unit.GetProperty("backprop").GetDouble());

        long Total(string program) => json.GetProperty("counted").GetProperty(program).GetProperty("total").GetInt64();
    }

    [Fact]
    public void AdaptersAreTrainedAlone()
    {
        var (whole, adapted) = (ToolRun.Of("cost", "mlp:784-64-10", "--json").Json, ToolRun.Of("cost", "mlp:784-64-10", "--lora", "2", "--json").Json);
        static long Backward(JsonElement json) => json.GetProperty("macs").GetProperty("backward").GetInt64();
        Assert.Equal(2 * (784 + 64 + 64 + 10), adapted.GetProperty("parameters").GetInt64());
        Assert.True(Backward(adapted) < Backward(whole));
    }

    [Fact]
    public void NonlinearFunctionsMayBeDear()
    {
        double cheap = Value("1");
        Assert.True(Value("10") > cheap);

        static double Value(string price) =>
            ToolRun.Of("cost", "mlp:4-8-3", "--nonlinear", price, "--json").Json.GetProperty("unit").GetProperty("value").GetDouble();
    }

    // Specification 7.5.
    [Theory]
    [InlineData("resnet18", 1_814_073_344, 1_680_390_912, 3_510_132_736, 2_308_096, 1_605_632, 5_555_560)]
    [InlineData("gpt2", 145_824_153_600, 145_824_153_600, 291_648_307_200, 0, 0, 204_229_632)]
    public void GivesTheGoldenNetworks(string network, long dense, long effective, long backward, long relu, long pool, long saved)
    {
        var json = ToolRun.Of("cost", network, "--json").Json;
        var macs = json.GetProperty("macs");
        Assert.Equal(
            (dense, effective, backward, relu, pool, saved),
            (Long(macs, "dense"), Long(macs, "effective"), Long(macs, "backward"), Long(json, "reluElements"), Long(json, "poolComparisons"), Long(json, "savedWords")));
        Assert.False(json.TryGetProperty("milliseconds", out _));
        Assert.Empty(json.GetProperty("coverage").GetProperty("uncounted").EnumerateArray());
    }

    [Theory]
    [InlineData("resnet18")]
    [InlineData("vgg11-bn")]
    [InlineData("gpt-mini")]
    [InlineData("vit-b-16")]
    public void RowsAddUpToTheTotals(string network)
    {
        var json = ToolRun.Of("cost", network, "--json").Json;
        foreach (string rows in (string[])["modules", "nodes"])
        {
            long Sum(Func<JsonElement, long> value) => json.GetProperty(rows).EnumerateArray().Sum(value);
            Assert.Equal(Long(json, "parameters"), Sum(r => Long(r, "parameters")));
            Assert.Equal(Long(json, "savedWords"), Sum(r => Long(r, "savedWords")));
            Assert.Equal(Long(json.GetProperty("macs"), "dense"), Sum(r => Long(r.GetProperty("macs"), "dense")));
            Assert.Equal(Long(json.GetProperty("macs"), "backward"), Sum(r => Long(r.GetProperty("macs"), "backward")));
            Assert.Equal(Long(json.GetProperty("bytes"), "backward"), Sum(r => Long(r.GetProperty("bytes"), "backward")));
            Assert.Equal(
                Long(json.GetProperty("counted").GetProperty("training"), "total"),
                Sum(r => Long(r.GetProperty("forward"), "total") + Long(r.GetProperty("backward"), "total")));
            Assert.Equal(Long(json.GetProperty("coverage"), "nodes"), Sum(r => Long(r, "nodes")));
        }
    }

    [Fact]
    public void CsvAddsUpToTheTotals()
    {
        string[] lines = ToolRun.Of("cost", "resnet18-cifar", "--csv").Out.TrimEnd('\n').Split('\n');
        int column = Array.IndexOf(lines[0].Split(','), "forward_mac");
        Assert.Equal(555_422_720, lines[1..].Sum(line => long.Parse(line.Split(',')[column], CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void TheReportIsOneFileWithPicturesThatAsksForNothing()
    {
        using var folder = new TemporaryFolder();
        var run = ToolRun.In(folder.Path, "cost", "densenet121", "--report", "cost.html");
        Assert.Equal((0, "nonsmooth: wrote cost.html\n"), (run.ExitCode, run.Error));
        string html = File.ReadAllText(Path.Combine(folder.Path, "cost.html"));
        Assert.Equal(2, html.Split("role=\"img\"").Length - 1);
        Assert.DoesNotContain("http", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", html, StringComparison.Ordinal);
        Assert.Contains("A gradient of densenet121 costs 2.94 times its loss", html, StringComparison.Ordinal);
        foreach (string picture in html.Split("<svg ")[1..])
        {
            XElement.Parse("<svg " + picture[..(picture.IndexOf("</svg>", StringComparison.Ordinal) + 6)]);
        }
    }

    [Fact]
    public void AReportThatCannotBeWrittenIsFailedWork()
    {
        using var folder = new TemporaryFolder();
        folder.Subfolder("cost.html");
        var run = ToolRun.In(folder.Path, "cost", "lenet5", "--report", "cost.html");
        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("nonsmooth: cannot write cost.html: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void AReportWithoutItsFolderIsRefusedAtOnce()
    {
        using var folder = new TemporaryFolder();
        var run = ToolRun.In(folder.Path, "cost", "lenet5", "--measure", "--report", "nowhere/cost.html");
        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("nonsmooth: cannot write nowhere/cost.html: there is no folder ", run.Error, StringComparison.Ordinal);
    }

    [Trait("Speed", "Slow")]
    [Fact]
    public void MeasuresBesideThePrediction()
    {
        using var folder = new TemporaryFolder();
        var run = ToolRun.With(
            context => context with
            {
                Folder = folder.Path,
                Calibration = new CalibrationOptions { File = Path.Combine(folder.Path, "machine.json"), Budget = TimeSpan.Zero },
            },
            "cost", "mlp:4-8-3", "--measure", "--json", "--report", "cost.html");
        Assert.Equal(0, run.ExitCode);
        var times = run.Json.GetProperty("milliseconds");
        Assert.All((string[])["forward", "backward", "predictedForward", "predictedBackward"], name => Assert.True(times.GetProperty(name).GetDouble() > 0, name));
        Assert.True(run.Json.GetProperty("memory").GetProperty("peak").GetInt64() > 0);
        var executors = run.Json.GetProperty("executors");
        Assert.Equal(["interpreter", "tape", "compiled", "libtorch"], executors.GetProperty("prices").EnumerateArray().Select(p => p.GetProperty("executor").GetString()));
        Assert.All(executors.GetProperty("prices").EnumerateArray(), p => Assert.True(p.GetProperty("gradient").GetDouble() >= p.GetProperty("value").GetDouble(), p.ToString()));
        var least = executors.GetProperty("prices").EnumerateArray().MinBy(p => p.GetProperty("making").GetDouble() + (1000 * p.GetProperty("gradient").GetDouble()));
        Assert.Equal(least.GetProperty("executor").GetString(), executors.GetProperty("best").GetString());
        Assert.Contains("Which executor", File.ReadAllText(Path.Combine(folder.Path, "cost.html")), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Array, run.Json.GetProperty("violations").ValueKind);
        double rows = run.Json.GetProperty("nodes").EnumerateArray().Sum(n => n.GetProperty("milliseconds").GetProperty("forward").GetDouble());
        Assert.Equal(times.GetProperty("forward").GetDouble(), rows, tolerance: 1e-9);
        Assert.True(File.Exists(Path.Combine(folder.Path, "machine.json")));
        Assert.Contains("Bound, theory, count, predicted, measured", File.ReadAllText(Path.Combine(folder.Path, "cost.html")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(-1, 4)]
    public void FitsIsTheLargestBatch(int more, int expected)
    {
        long peak = Long(ToolRun.Of("cost", "lenet5", "--batch", "5", "--fits", "1GiB", "--json").Json.GetProperty("memory"), "processPeak");
        string budget = (peak + more).ToString(CultureInfo.InvariantCulture);
        Assert.Equal(expected, Long(ToolRun.Of("cost", "lenet5", "--fits", budget, "--json").Json.GetProperty("fits"), "batch"));
    }

    [Theory]
    [InlineData("16GiB", 17_179_869_184)]
    [InlineData("1.5KiB", 1536)]
    [InlineData("8GB", 8_000_000_000)]
    [InlineData("300000000", 300_000_000)]
    public void SizesHaveUnits(string size, long bytes) =>
        Assert.Equal(bytes, Long(ToolRun.Of("cost", "mlp:4-8-3", "--fits", size, "--json").Json.GetProperty("fits"), "budget"));

    [Trait("Speed", "Slow")]
    [Fact]
    public void WhatFitsNowhereIsSaid() =>
        Assert.Contains("Not even one example fits into 1.0 KiB.", ToolRun.Of("cost", "lenet5", "--fits", "1KiB").Out, StringComparison.Ordinal);

    // One row makes reverse mode cheapest, one column forward mode, a narrow middle the product of two Jacobians.
    [Theory]
    [InlineData("lenet5 --jacobian loss", "reverse", 44_426, 1)]
    [InlineData("lenet5 --jacobian loss --wrt input --batch 2", "reverse", 1_568, 1)]
    [InlineData("lenet5 --jacobian logits --batch 2", "reverse", 44_426, 20)]
    [InlineData("lenet5 --jacobian logits --tangents 1", "forward", 1, 10)]
    [InlineData("lenet5 --jacobian logits --wrt input --tangents 9 --cotangents 2", "reverse", 9, 2)]
    [InlineData("mlp:64-2-64 --jacobian logits --wrt input", "mixed", 64, 64)]
    public void ChoosesTheModeOfAJacobian(string arguments, string mode, long tangents, long cotangents)
    {
        var advice = ToolRun.Of(["cost", .. arguments.Split(' '), "--json"]).Json.GetProperty("jacobian");
        Assert.Equal((mode, tangents, cotangents), (advice.GetProperty("mode").GetString(), Long(advice, "tangents"), Long(advice, "cotangents")));
        double chosen = mode == "mixed" ? advice.GetProperty("mixed").GetProperty("price").GetDouble() : advice.GetProperty(mode).GetDouble();
        double[] all = [advice.GetProperty("forward").GetDouble(), advice.GetProperty("reverse").GetDouble()];
        Assert.All(all, price => Assert.True(chosen <= price));
        Assert.True(chosen > advice.GetProperty("value").GetDouble());
        Assert.StartsWith(mode + ": ", advice.GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void AReportShowsTheModesOfAJacobian()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(0, ToolRun.In(folder.Path, "cost", "mlp:64-2-64", "--jacobian", "logits", "--wrt", "input", "--report", "cost.html").ExitCode);
        string html = File.ReadAllText(Path.Combine(folder.Path, "cost.html"));
        Assert.Contains("The Jacobian is cheapest in mixed mode.", html, StringComparison.Ordinal);
        Assert.Contains("<h2>Jacobian of the logits in the input: forward, reverse or mixed mode</h2>", html, StringComparison.Ordinal);
        Assert.Contains("64 cotangents", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Jacobian", ToolRun.Of("cost", "mlp:64-2-64").Out, StringComparison.Ordinal);
    }

    private static long Long(JsonElement of, string name) => of.GetProperty(name).GetInt64();
}
