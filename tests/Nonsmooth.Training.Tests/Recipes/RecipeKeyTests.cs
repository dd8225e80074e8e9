using Nonsmooth.Optimizers;
using Nonsmooth.Training.Engine;
using Nonsmooth.Training.Recipes;

namespace Nonsmooth.Training.Tests.Recipes;

public sealed class RecipeKeyTests
{
    [Fact]
    public void EveryKeyReadsWhatItSets()
    {
        var example = new Dictionary<string, string>
        {
            ["network"] = "n", ["data"] = "d", ["image-size"] = "96", ["weights"] = "w", ["lora"] = "7", ["lora-alpha"] = "3", ["lora-dropout"] = "0.2", ["lora-on"] = "fc*", ["label-smoothing"] = "0.3",
            ["tokens"] = "7", ["train-count"] = "8", ["test-count"] = "9", ["crop"] = "4", ["flip"] = "true",
            ["optimizer"] = "o", ["rate"] = "0.5", ["schedule"] = "cosine", ["warmup"] = "3", ["batch"] = "2", ["epochs"] = "6", ["seed"] = "5",
            ["precision"] = "bf16", ["threads"] = "2", ["device"] = "cuda:1", ["accumulate"] = "4", ["clip"] = "1.5", ["loss-scale"] = "dynamic:50", ["early-stop"] = "loss:3", ["same-bits"] = "true",
        };
        foreach (var key in TrainingSettings.OfRecipe)
        {
            var changed = new Recipe().With(key.Key, example[key.Key]);
            Assert.Equal(example[key.Key], key.Print(changed));
            Assert.NotEqual(key.Print(new Recipe()), key.Print(changed));
        }
    }

    [Fact]
    public void NoOptimizerHasASettingOfTheSameName() => Assert.All(
        OptimizerRegistry.All.SelectMany(entry => entry.Settings), setting => Assert.Null(new Recipe().TryFind(setting.Key)));

    [Fact]
    public void WhatCannotBeReadIsRefused()
    {
        Assert.Equal("batch is '0': give a whole number of at least 1", Assert.Throws<NonsmoothException>(() => new Recipe().With("batch", "0")).Message);
        Assert.StartsWith("a recipe has no key 'bach': use one of network, ", Assert.Throws<NonsmoothException>(() => new Recipe().With("bach", "1")).Message, StringComparison.Ordinal);
    }
}
