using Nonsmooth.Cli.Verbs;
using Nonsmooth.Data;
using Nonsmooth.Tests.Shared;
using Nonsmooth.Training.Engine;
using Nonsmooth.Training.Recipes;
using Nonsmooth.Training.Tests.Engine;

namespace Nonsmooth.Cli.Tests.Shell;

/// <summary>An option that is given changes something, or is refused: from the tables of settings and of options.</summary>
public sealed class IdleOptionTests
{
    // They change how long or by which path a run comes to its bits, never what the bits depend on.
    private static readonly string[] _ofNoBits = ["epochs", "early-stop", "threads"];

    // What a value of an option of cost may be; one that is missing here has not been thought of.
    private static readonly Dictionary<string, string> _costs = new()
    {
        ["--batch"] = "3", ["--input"] = "1x32x32", ["--classes"] = "7", ["--tokens"] = "5", ["--lora"] = "2", ["--depth"] = "1", ["--nonlinear"] = "3", ["--runs"] = "5",
        ["--fits"] = "1GiB", ["--checkpoint"] = "2MiB", ["--jacobian"] = "loss", ["--wrt"] = "input", ["--tangents"] = "2", ["--cotangents"] = "2", ["--contraction"] = "0.5",
        ["--iterations"] = "3", ["--accuracy"] = "0.001", ["--csv"] = "", ["--markdown"] = "", ["--adapter"] = "r=2", ["--dora"] = "exact",
        ["--shards"] = "8", ["--bucket"] = "1MiB", ["--link"] = "5us:100Gb/s", ["--node"] = "8:2us:300GB/s", ["--device"] = "50T:1.5TB/s", ["--simulate"] = "9",
        ["--stragglers"] = "0.2", ["--seed"] = "3",
    };

    // Those of every verb, and those that run or write something else.
    private static readonly string[] _others = ["--json", "--quiet", "--verbose", "--assembly", "--predict", "--measure", "--report", "--ranks"];

    public static TheoryData<string, string> Settings
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (var setting in TrainingSettings.OfRecipe.Where(s => s.Key is not ("network" or "data" or "weights" or "device")))
            {
                rows.Add(setting.Key, "images");
                rows.Add(setting.Key, "text");
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public void ASettingThatChangesNothingIsRefused(string key, string kind)
    {
        using var folder = new TemporaryFolder();
        var recipe = Of(kind, folder);
        var setting = TrainingSettings.OfRecipe.First(s => s.Key == key);
        var locations = new DataLocations { Option = folder.Path };
        string before = Facts(recipe.Options(recipe.Load(locations)));
        try
        {
            var changed = recipe.With(key, OtherValue.Of(setting, setting.Print(recipe)));
            var data = changed.Load(locations);
            string after = Facts(changed.Options(data));
            Assert.True(before != after || _ofNoBits.Contains(key) || IsLimit(key, kind) || IdleSettings.Why(key, changed, data) is not null, $"{key} changes nothing of {kind}, and nobody says so");
        }
        catch (NonsmoothException e)
        {
            Assert.NotEmpty(e.Message);
        }
    }

    [Fact]
    public void AnOptionOfCostChangesSomethingOrIsRefused()
    {
        string before = ToolRun.Of("cost", "lenet5", "--json").Out;
        var silent = new CostVerb().Options.Where(o => !_others.Contains(o.Name)).Where(o =>
        {
            string[] given = [o.Name, .. _costs[o.Name] is { Length: > 0 } value ? [value] : Array.Empty<string>()];
            var run = ToolRun.Of(["cost", "lenet5", .. given, .. o.Name is "--csv" or "--markdown" ? Array.Empty<string>() : ["--json"]]);
            return run.ExitCode == 0 && run.Out == before;
        });
        Assert.Empty(silent.Select(o => o.Name));
    }

    // A limit holds where there is a file that it is about.
    private static bool IsLimit(string key, string kind) => (key, kind) is ("text-bytes", "text");

    private static string Facts(TrainingOptions options) => string.Join('\n', options.Facts());

    private static Recipe Of(string kind, TemporaryFolder folder)
    {
        var small = new Recipe { Network = "mlp:784-6-10", TrainCount = 48, TestCount = 10, BatchSize = 12, Epochs = 1 };
        if (kind == "text")
        {
            folder.Write("own.txt", [.. Enumerable.Range(0, 4000).Select(i => (byte)('a' + (i * i % 23)))]);
            return small with { Network = "gpt:1-16-2", Data = $"characters:{folder.File("own.txt")}", Tokens = 8, TrainCount = 24, TestCount = 4 };
        }

        return small;
    }
}
