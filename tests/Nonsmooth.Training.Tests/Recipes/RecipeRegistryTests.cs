using Nonsmooth.Data;
using Nonsmooth.Optimizers;
using Nonsmooth.Training.Networks;
using Nonsmooth.Training.Recipes;

namespace Nonsmooth.Training.Tests.Recipes;

public sealed class RecipeRegistryTests
{
    [Fact]
    public void EveryRecipeNamesWhatExistsAndSaysWhatItComesTo()
    {
        Assert.Equal(RecipeRegistry.All.Count, RecipeRegistry.All.Select(r => r.Name).Distinct().Count());
        foreach (var recipe in RecipeRegistry.All)
        {
            Assert.All([recipe.Name, recipe.Description, recipe.Takes, recipe.Reference], Assert.NotEmpty);
            Models.Find(recipe.Network);
            Datasets.Find(recipe.Data);
            OptimizerRegistry.Find(recipe.Optimizer).Configure(recipe.Settings);
            Assert.Same(recipe, RecipeRegistry.TryFind(recipe.Name));
            Assert.DoesNotContain(Models.All, row => row.Matches(recipe.Name));
        }

        Assert.Null(RecipeRegistry.TryFind("no such recipe"));
    }

    [Fact]
    public void WhatWasPublishedAndNotRunHereSaysBoth()
    {
        Recipe[] aims = [.. RecipeRegistry.All.Where(r => r.Reference.StartsWith("published: ", StringComparison.Ordinal))];
        Assert.Equal(14, aims.Length);
        Assert.All(aims, r => Assert.StartsWith("never run here", r.Takes, StringComparison.Ordinal));
        Assert.All(aims.Where(r => r.LowRank is not null || r.Data == "food101"), r => Assert.NotNull(r.Weights));
    }
}
