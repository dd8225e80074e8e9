using System.Text.Json;

namespace Nonsmooth.Cli.Tests.Verbs;

/// <summary><c>nonsmooth cost --ranks</c>.</summary>
public sealed class CostRanksTests
{
    private static readonly string[] _given = ["cost", "lenet5", "--device", "1T:100GB/s", "--link", "5us:10GB/s", "--json"];

    [Fact]
    public void AStepIsTheSumOfItsPartsAndEfficiencyThatOfOneRank()
    {
        var json = ToolRun.Of([.. _given, "--ranks", "8", "--batch", "128", "--shards", "16", "--bucket", "64KiB"]).Json;
        Assert.Equal((128, 16, 177704), (json.GetProperty("batch").GetInt32(), json.GetProperty("shards").GetInt32(), json.GetProperty("gradientBytes").GetInt32()));
        Assert.Equal(["tree", "ring"], json.GetProperty("ways").EnumerateArray().Select(w => w.GetProperty("reduction").GetString()));
        foreach (var way in json.GetProperty("ways").EnumerateArray())
        {
            var rows = way.GetProperty("rows").EnumerateArray().ToList();
            Assert.Equal([1, 2, 4, 8], rows.Select(r => r.GetProperty("ranks").GetInt32()));
            double alone = rows[0].GetProperty("step").GetDouble();
            Assert.All(rows, row =>
            {
                double Of(string name) => row.GetProperty(name).GetDouble();
                Assert.Equal(Of("compute") + Of("exposed") + Of("optimizer"), Of("step"), 1e-12);
                Assert.Equal(16 / Of("ranks") * json.GetProperty("shard").GetDouble(), Of("compute"), 1e-12);
                Assert.Equal(alone / Of("step") / Of("ranks"), Of("efficiency"), 1e-9);
                Assert.InRange(Of("exposed"), Of("ranks") == 1 ? 0 : Of("unhideable"), Of("sums"));
            });
        }

        // A half, a quarter … of the states, and fewer sums of shards.
        var memory = json.GetProperty("memory").EnumerateArray().ToList();
        Assert.Equal(memory[0].GetProperty("bytes").GetInt64(), memory[0].GetProperty("shardedBytes").GetInt64());
        Assert.All(memory.Skip(1), m => Assert.InRange(m.GetProperty("shardedBytes").GetInt64(), 1, m.GetProperty("bytes").GetInt64() - 1));
    }

    [Fact]
    public void SimulationHasTheForecastWhereNobodyStraggles()
    {
        var json = ToolRun.Of([.. _given, "--ranks", "64", "--simulate", "3", "--stragglers", "0"]).Json;
        double[] foreseen = [.. json.GetProperty("ways").EnumerateArray().SelectMany(w => w.GetProperty("rows").EnumerateArray()).Select(Step)];
        double[] simulated = [.. json.GetProperty("simulation").GetProperty("rows").EnumerateArray().Select(Step)];
        Assert.Equal(foreseen, simulated, (a, b) => Math.Abs(a - b) < 1e-12);
        var straggling = ToolRun.Of([.. _given, "--ranks", "64", "--simulate", "3", "--seed", "7"]);
        Assert.Equal(straggling.Out, ToolRun.Of([.. _given, "--ranks", "64", "--simulate", "3", "--seed", "7"]).Out);
        Assert.NotEqual(straggling.Out, ToolRun.Of([.. _given, "--ranks", "64", "--simulate", "3", "--seed", "8"]).Out);

        static double Step(JsonElement row) => row.GetProperty("step").GetDouble();
    }

    [Fact]
    public void NodesAddATwoLevelRingAndCsvARowAWayAndNumber()
    {
        string[] arguments = [.. _given[..^1], "--ranks", "8", "--node", "4:1us:100GB/s"];
        string[] lines = ToolRun.Of([.. arguments, "--csv"]).Out.TrimEnd().Split('\n');
        Assert.Equal(1 + (3 * 4), lines.Length);
        Assert.StartsWith("two-level ring,8,", lines[^1], StringComparison.Ordinal);
        Assert.Contains("between nodes of 4 ranks", ToolRun.Of(arguments).Out.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--ranks is '6'", "--ranks", "6")]
    [InlineData("--link is of --ranks", "--link", "5us:1GB/s")]
    [InlineData("--fits asks about one process", "--ranks", "2", "--fits", "1GiB")]
    [InlineData("--seed is of --simulate", "--ranks", "2", "--seed", "3")]
    [InlineData("--shards is 4: give at least 8", "--ranks", "8", "--shards", "4")]
    [InlineData("--batch is 100: give a multiple of 8", "--ranks", "2", "--batch", "100")]
    [InlineData("--link is '5us': give LATENCY:BANDWIDTH", "--ranks", "2", "--link", "5us")]
    [InlineData("--node is '3:1us:1GB/s'", "--ranks", "2", "--node", "3:1us:1GB/s", "--link", "1us:1GB/s")]
    [InlineData("--device is '50T'", "--ranks", "2", "--device", "50T")]
    public void WhatDoesNotGoTogetherIsBadUsage(string said, params string[] arguments)
    {
        var run = ToolRun.Of(["cost", "mlp:4-8-3", .. arguments]);
        Assert.Equal((2, ""), (run.ExitCode, run.Out));
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("not json")]
    [InlineData("""{ "link": { "latency": -1, "bandwidth": 1 } }""")]
    [InlineData("""{ "link": { "latency": 1, "bandwidth": 1 }, "within": { "latency": 1, "bandwidth": 0 } }""")]
    [InlineData("""{ "link": { "latency": 1, "bandwidth": 1 }, "ranksPerNode": 3 }""")]
    [InlineData("""{ "link": { "latency": 1, "bandwidth": 1 }, "processorsPerNode": 0 }""")]
    public void AFileThatIsNoClusterIsBadUsage(string text)
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, text);
            var run = ToolRun.Of("cost", "mlp:4-8-3", "--ranks", "2", "--link", file);
            Assert.Equal(2, run.ExitCode);
            Assert.Contains($"cluster '{file}' cannot be read: ", run.Error, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
