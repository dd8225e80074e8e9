using Nonsmooth.Data;
using Nonsmooth.Optimizers.Schedules;
using Nonsmooth.Training.Networks;
using Nonsmooth.Training.Recipes;

namespace Nonsmooth.Training.Tests.Recipes;

public sealed class RecipeTests
{
    private static readonly Recipe _recipe = new() { Network = "lenet5", TrainCount = 100, TestCount = 10, BatchSize = 10, Epochs = 2, Rate = 0.5 };

    [Fact]
    public void OptionsAreWhatItNames()
    {
        var recipe = _recipe with { Schedule = "cosine", Augmentation = new(3), Optimizer = "sgd", Settings = new Dictionary<string, string> { ["momentum"] = "0.5" } };
        var data = recipe.Load(DataLocations.None);
        var options = recipe.Options(data);
        Assert.Equal((100, "sgd", new CosineRate(0.5, 20)), (data.Train.Count, options.OptimizerName, options.Schedule));
        Assert.IsType<AugmentedSplit>(options.Dataset.Train);
        Assert.Same(data.Test, options.Dataset.Test);
        Assert.Equal(recipe with { Settings = null! }, RecipeFile.Parse(options.Recipe!, "x.json") with { Settings = null! });
        Assert.Equal(new WarmupCosineRate(0.5, 4, 20), (recipe with { Warmup = 4 }).Options(data).Schedule);
        Assert.Null((recipe with { Schedule = "constant" }).Options(data).Schedule);
    }

    [Fact]
    public void AdaptersWeightsAndSmoothingReachTheRun()
    {
        var recipe = _recipe with { LowRank = new LowRank(3), Weights = "w", LabelSmoothing = 0.1 };
        var options = recipe.Options(recipe.Load(DataLocations.None));
        Assert.Equal((recipe.LowRank, "w", 0.1), (options.Network.LowRank, options.Weights, options.Network.LabelSmoothing));
    }

    [Fact]
    public void ASizeIsForFoldersOfImagesOnly() => Assert.Contains(
        "image-size is 20, and 'strokes' is no folder of images",
        Assert.Throws<NonsmoothException>(() => (_recipe with { ImageSize = 20 }).Load(DataLocations.None)).Message,
        StringComparison.Ordinal);

    [Fact]
    public void SettingsGoWithTheirOptimizer()
    {
        var recipe = _recipe with { Settings = new Dictionary<string, string> { ["alpha"] = "0.5" } };
        Assert.Single(recipe.With("optimizer", "innaprop").Settings);
        Assert.Empty(recipe.With("optimizer", "adamw").Settings);
    }

    [Fact]
    public void AChangedRecipeNoLongerSaysWhatItCameTo()
    {
        var recipe = _recipe with { Name = "mine", Takes = "an hour", Reference = "99 %" };
        Assert.Equal(recipe with { Epochs = 3, Takes = "", Reference = "" }, recipe.With("epochs", "3"));
    }

    [Fact]
    public void ATextHasAsManyTokensAsTheNetworkTakes()
    {
        using var folder = new Nonsmooth.Tests.Shared.TemporaryFolder();
        folder.Unpack(("text/tinyshakespeare.txt", [.. Enumerable.Range(0, 9000).Select(i => (byte)('a' + (i % 9)))]));
        var locations = new DataLocations { Option = folder.Path };
        var recipe = new Recipe { Network = "gpt-mini", Data = "shakespeare-char" };
        Assert.Equal(FieldList.Text(256, 9), recipe.Load(locations).Examples);
        var data = (recipe with { Tokens = 32 }).Load(locations);
        Assert.Equal((FieldList.Text(32, 9), 9), (data.Examples, recipe.Options(data).Network.Classes!.Value));
    }
}
