using System.Text;
using System.Text.Json;
using Nonsmooth.Data;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Training.Networks;
using Nonsmooth.Training.Recipes;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Training.Tests.Recipes;

public sealed class RecipeFileTests
{
    private static readonly Recipe _recipe = new()
    {
        Name = "mine", Description = "d", Takes = "t", Reference = "r", Network = "lenet5", Data = "blobs", ImageSize = 96, Weights = "w", LowRank = new LowRank(7, 3, 0.2, "fc*"), LabelSmoothing = 0.3, Tokens = 3, TrainCount = 100, TestCount = 20,
        Augmentation = new Augmentation(2, true), Optimizer = "sgd", Settings = new Dictionary<string, string> { ["momentum"] = "0.5", ["nesterov"] = "true" },
        Rate = 0.25, Schedule = "cosine:0.1", Accumulate = 2, ClipNorm = 1, LossScale = new(1024, 0), EarlyStop = new(3, true), SameBits = true, Warmup = 3, BatchSize = 16, Epochs = 2, Seed = ulong.MaxValue, Precision = Precision.BFloat16, Threads = 1,
    };

    [Fact]
    public void GivesBackWhatWasWritten()
    {
        var read = RecipeFile.Parse(Written(_recipe), "x.json");
        Assert.Equal(_recipe.Settings, read.Settings);
        Assert.Equal(_recipe with { Settings = read.Settings }, read);
        var least = new Recipe { Network = "lenet5" };
        read = RecipeFile.Parse(Written(least), "x.json");
        Assert.Equal(least with { Settings = read.Settings }, read);
    }

    [Fact]
    public void AMisspeltKeyIsAskedFor() => Assert.EndsWith(
        ": did you mean epochs?", Assert.Throws<NonsmoothException>(() => RecipeFile.Parse("""{ "network": "lenet5", "epoch": 3 }""", "x.json")).Message, StringComparison.Ordinal);

    [Fact]
    public void TakesTheRecipeOfARun() => Assert.Equal("mine", RecipeFile.Parse($$"""{ "status": "complete", "recipe": {{Written(_recipe)}} }""", "run.json").Name);

    [Theory]
    [InlineData("""{ "network": "lenet5", "epoch": 3 }""", "'x.json' has the key 'epoch', which no recipe has: did you mean epochs?")]
    [InlineData("""{ "network": "lenet5", "epochs": 3, "epochs": 4 }""", "'x.json' has the key 'epochs' twice: leave one")]
    [InlineData("""{ "network": "lenet5", "set": { "alpha": 1, "alpha": 2 } }""", "'x.json' has the key 'alpha' twice: leave one")]
    [InlineData("""{ "network": "lenet5", "rate": "NaN" }""", "'x.json': rate is 'NaN': give a finite number")]
    [InlineData("""{ "network": "lenet5", "epochs": "many" }""", "'x.json': epochs is 'many': give a whole number of at least 0")]
    [InlineData("""{ "network": "lenet5", "rate": -1 }""", "'x.json': rate is '-1': give a finite number")]
    [InlineData("""{ "network": "lenet5", "set": { "alfa": 1 } }""", "'x.json': optimizer 'innaprop' has no setting 'alfa'")]
    [InlineData("""{ "network": "lenet5", "set": 3 }""", "'x.json': set is no object")]
    [InlineData("""{ "epochs": 3 }""", "'x.json': network is missing")]
    [InlineData("""{ "network": "lenet5", }}""", "'x.json' is not JSON at line 1")]
    [InlineData("[]", "'x.json' holds no recipe")]
    public void WhatIsWrongIsToldWithFileAndKey(string json, string message)
    {
        var e = Assert.Throws<NonsmoothException>(() => RecipeFile.Parse(json, "x.json"));
        Assert.StartsWith(message, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }

    [Fact]
    public void AMissingFileIsNamed()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains(folder.File("no.json"), Assert.Throws<NonsmoothException>(() => RecipeFile.Read(folder.File("no.json"))).Message, StringComparison.Ordinal);
    }

    private static string Written(Recipe recipe)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            RecipeFile.Write(json, recipe);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
