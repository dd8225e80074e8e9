using Nonsmooth.Data;
using Nonsmooth.LibTorch.Native;
using Nonsmooth.Optimizers;
using Nonsmooth.Settings;
using Nonsmooth.Tests.Shared;
using Nonsmooth.Training.Engine;
using Nonsmooth.Training.Recipes;

namespace Nonsmooth.Training.Tests.Engine;

/// <summary>Every declared setting, changed by itself, is refused at resume exactly when short runs both ways differ in bits.</summary>
[Collection("training")]
[Trait("Speed", "Slow")]
public sealed class SettingBitsTests
{
    private const string Text = "text";
    private const string Images = "images";
    private const string Usual = "usual";

    // What has to be set so that a setting means something, or as much as to be valid.
    private static readonly Dictionary<string, (string Key, string Value)[]> _needs = new()
    {
        ["lora-alpha"] = [("lora", "2")], ["lora-dropout"] = [("lora", "2")], ["lora-on"] = [("lora", "2")],
        ["threads"] = [("same-bits", "true")], ["resume"] = [("out", "")], ["tensorboard"] = [("out", "")],
        ["same-bits"] = [("network", "mlp:784-512-512-10"), ("threads", "2"), ("batch", "96"), ("train-count", "192")],
    };

    public static TheoryData<string, string> Rows
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (var setting in TrainingSettings.All)
            {
                rows.Add(setting.Key, setting.Key is "tokens" or "data" ? Text : setting.Key is "image-size" or "image-order" ? Images : Usual);
            }

            foreach (string key in (string[])["epochs", "rate", "warmup", "train-count", "batch"])
            {
                rows.Add(key, "cosine");
                rows.Add(key, "wsd:0.5");
                rows.Add(key, "cosine:0.1:50:0.01");
            }

            return rows;
        }
    }

    public static TheoryData<string, string> OptimizerRows
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (var entry in OptimizerRegistry.All)
            {
                foreach (var setting in entry.Settings)
                {
                    rows.Add(entry.Name, setting.Key);
                }
            }

            return rows;
        }
    }

    [Fact]
    public void WhatIsNeededIsForASettingThatThereIs() => Assert.All(_needs.Keys, key => Assert.Contains(TrainingSettings.All, s => s.Key == key));

    [Theory]
    [MemberData(nameof(Rows))]
    public void ASettingOfTrainingIsRefusedExactlyWhenTheBitsDiffer(string key, string how)
    {
        using var folder = new TemporaryFolder();
        var setting = TrainingSettings.All.First(s => s.Key == key);
        var recipe = how == Text ? TextRecipe(folder) : how == Images ? ImageRecipe(folder) : new Recipe { Network = "mlp:784-6-10", TrainCount = 96, TestCount = 10, BatchSize = 12, Epochs = 1, Threads = 1, Rate = 0.05 };
        recipe = how is Text or Images or Usual ? recipe : recipe.With("schedule", how);
        var run = new List<(Setting Setting, string Value)>();
        foreach (var (need, value) in _needs.GetValueOrDefault(key, []))
        {
            recipe = TrainingSettings.OfRecipe.Any(s => s.Key == need) ? recipe.With(need, value) : recipe;
            run.AddRange(TrainingSettings.OfRun.Where(s => s.Key == need).Select(s => (s, folder.File("out"))));
        }

        if (key is "replace-head" or "freeze" or "image-order")
        {
            recipe = recipe.With("network", key == "image-order" ? SmallFile.Write(folder, 2, 3, 28, 28) : SmallFile.Write(folder, 10, 1, 28, 28));
        }

        if (key is "adapter" or "dora")
        {
            recipe = recipe with { TrainCount = null, TestCount = null, Network = SmallFolder.Write(folder), Data = SmallFolder.Tokens(folder), Adapter = new(key == "dora" ? "r=2,targets=c_attn,dora=true" : "r=2,targets=c_fc") };
        }

        if (key.StartsWith("lora", StringComparison.Ordinal))
        {
            recipe = recipe.With("weights", Weights(folder, recipe with { LowRank = null }));
        }

        string other = key switch
        {
            "weights" => Weights(folder, recipe),
            "out" => folder.File("new"),
            "data" => Letters(folder, "other", i => i * i * i),
            "image-size" => "36",
            _ => OtherValue.Of(setting, setting.Print(recipe)),
        };
        bool isRecipe = TrainingSettings.OfRecipe.Contains(setting);
        var changed = isRecipe ? recipe.With(key, other) : recipe;
        var locations = new DataLocations { Option = folder.Path };
        var first = run.Aggregate(recipe.Options(recipe.Load(locations)), (o, s) => s.Setting.Read(o, s.Value));
        var second = run.Aggregate(changed.Options(changed.Load(locations)), (o, s) => s.Setting.Read(o, s.Value));
        second = isRecipe ? second : setting.Read(second, other);

        // Another device's sums are rounded in another order, so it is declared to count. Where there is none its bits cannot be had:
        // then that it is refused is all that can be tested, and that nothing runs as if it were there (DeviceTests).
        if (key == "device" && !HasCuda)
        {
            Assert.Contains("device = cpu, asked for is device = cuda", Refusal(first, second), StringComparison.Ordinal);
            return;
        }

        Compare(first, second, key);
    }

    [Theory]
    [MemberData(nameof(OptimizerRows))]
    public void ASettingOfAnOptimizerIsRefusedExactlyWhenTheBitsDiffer(string name, string key)
    {
        var entry = OptimizerRegistry.Find(name);
        var defaults = key switch
        {
            "form" => entry.Configure([new("weight-decay", "0")]),

            // Where the usual ε is added makes less than a rounding.
            "raw-epsilon" => entry.Configure([new("epsilon", "0.001")]),
            _ => entry.Defaults,
        };
        var setting = entry.Settings.First(s => s.Key == key);
        var changed = setting.Read(defaults, OtherValue.Of(setting, setting.Print(defaults)));
        changed.Validate();

        // Two steps, but RAdam scales nothing before its sixth.
        var options = SmallRun.Options with { OptimizerName = name, Optimizer = defaults, Rate = entry.DefaultRate, Epochs = 1, BatchSize = name == "radam" ? 16 : 165 };
        Compare(options, options with { Optimizer = changed }, $"optimizer.{key}");
    }

    [Theory]
    [InlineData("0.5", "weight-decay", "0", "decay-mode", "published")]
    [InlineData("0.5", "alpha-schedule", "0.3", "alpha", "0.7")]
    [InlineData("0.5", "beta-schedule", "0.8", "beta", "0.7")]
    public void WhatAnotherSettingReplacesDoesNotCount(string rate, string key, string value, string changed, string other)
    {
        var optimizer = InnapropOptions.Entry.Configure([new(key, value)]);
        var options = SmallRun.Options with { Optimizer = optimizer, Rate = double.Parse(rate, System.Globalization.CultureInfo.InvariantCulture) / 100, Epochs = 1, BatchSize = 165 };
        Compare(options, options with { Optimizer = InnapropOptions.Entry.Configure([new(key, value), new(changed, other)]) }, "");
    }

    [Fact]
    public void TheFormatOfStatesDoesNotCountWhereThereAreNone()
    {
        var options = SmallRun.Options with { OptimizerName = "sgd", Optimizer = new SgdOptions { Momentum = 0 }, Epochs = 1, BatchSize = 165 };
        Compare(options, options with { Optimizer = options.Optimizer with { StateFormat = NumberFormat.BFloat16 } }, "");
        Assert.True(Bits(options).Count > 0);
    }

    [Theory]
    [InlineData("rate-factor=0.01", "has optimizer.fc1.rate-factor = 1, asked for is optimizer.fc1.rate-factor = 0.01")]
    [InlineData("decay=false", "optimizer.fc1.decay = false")]
    [InlineData("beta1=0.5", "has optimizer.fc1.beta1 = 0.9, asked for is optimizer.fc1.beta1 = 0.5")]
    public void AGroupOfParametersIsRefusedByTheSettingThatDiffers(string change, string message)
    {
        using var folder = new TemporaryFolder();
        var options = SmallRun.Options with
        {
            Optimizer = GroupedOptions.Parse("fc1: adamw weight-decay=0.5; rest: sgd"), OptimizerName = "groups", Epochs = 1, BatchSize = 165, OutputFolder = folder.Path, Resume = true,
        };
        SmallRun.Train(options);
        var other = options with { Optimizer = GroupedOptions.Parse($"fc1: adamw weight-decay=0.5 {change}; rest: sgd") };
        Assert.Contains(message, Assert.Throws<NonsmoothException>(() => SmallRun.Train(other)).Message, StringComparison.Ordinal);
        Compare(options with { OutputFolder = null, Resume = false }, other with { OutputFolder = null, Resume = false }, "");
        Assert.Equal(1, SmallRun.Train(options).Result.Epochs);
    }

    private static bool HasCuda
    {
        get
        {
            LibTorchLibrary.Load();
            return LibTorchLibrary.HasCuda;
        }
    }

    private static string? Refusal(TrainingOptions first, TrainingOptions second)
    {
        try
        {
            RunConfiguration.Of(second).Check("folder", RunConfiguration.Of(first).Texts);
            return null;
        }
        catch (NonsmoothException e)
        {
            return e.Message;
        }
    }

    private static void Compare(TrainingOptions first, TrainingOptions second, string key)
    {
        string? refusal = Refusal(first, second);
        bool differ = !Bits(first).SequenceEqual(Bits(second));
        Assert.True(differ == refusal is not null, $"{key}: the bits {(differ ? "differ" : "are the same")}, and resuming says '{refusal ?? "nothing"}'");
        if (refusal is not null)
        {
            Assert.Contains(key is "weights" ? "weights.checksum = " : $"{key} = ", refusal, StringComparison.Ordinal);
        }
    }

    // Parameters and states after the second step, or the last one where there is one only, and what the first epoch measured.
    private static List<float> Bits(TrainingOptions options)
    {
        using var recorder = new SecondStep();
        string? folder = options.OutputFolder is { } path ? Path.Combine(path, Guid.NewGuid().ToString()) : null;
        using var trainer = new TrainingRun(options with { OutputFolder = folder }, recorder);
        recorder.Take = () =>
        [
            .. trainer.Session.Parameters.Own.SelectMany(i => trainer.Session.Parameters.Values(i).ToArray()),
            .. trainer.Session.Optimizer.States.SelectMany(s => s.ToSingles()),
        ];
        trainer.Train();
        return [.. recorder.Taken, .. recorder.Measured];
    }

    private static string Weights(TemporaryFolder folder, Recipe recipe)
    {
        var options = (recipe with { Weights = null, Seed = 9 }).Options(recipe.Load(DataLocations.None)) with { OutputFolder = folder.File("weights") };
        return SmallRun.Train(options).Result.Files["checkpoint"];
    }

    private static Recipe TextRecipe(TemporaryFolder folder) => new()
    {
        Network = "gpt:1-8-2", Data = Letters(folder, "letters", i => i * i), Tokens = 8, TrainCount = 4, TestCount = 2, BatchSize = 2, Epochs = 1, Threads = 1,
    };

    private static string Letters(TemporaryFolder folder, string name, Func<int, int> draw)
    {
        folder.Unpack(($"{name}.txt", [.. Enumerable.Range(0, 1000).Select(i => (byte)('a' + (i < 9 ? i : draw(i) % 9)))]));
        return $"characters:{folder.File($"{name}.txt")}";
    }

    private static Recipe ImageRecipe(TemporaryFolder folder)
    {
        folder.Unpack([.. from half in (string[])["train", "val"] from kind in Enumerable.Range(0, 2) from i in Enumerable.Range(0, 4)
            select ($"pictures/{half}/{kind}/{i}.png", TinyImages.Png((byte)(40 * i), (byte)(200 * kind), 9))]);
        return new Recipe { Network = "lenet5", Data = $"images:{folder.File("pictures")}", ImageSize = 28, BatchSize = 4, Epochs = 1, Threads = 1, Rate = 0.05 };
    }

    private sealed class SecondStep : ITrainingObserver, IDisposable
    {
        public Func<List<float>> Take { get; set; } = () => [];

        public List<float> Taken { get; private set; } = [];

        public List<float> Measured { get; } = [];

        public void Step(in StepReport report) => Taken = report.Step <= 2 ? Take() : Taken;

        public void EpochEnded(EpochReport report) => Measured.AddRange(report.Epoch == 1 ? [(float)report.TrainLoss, (float)report.TestLoss, (float)report.TestAccuracy] : []);

        public void Dispose()
        {
        }
    }
}
