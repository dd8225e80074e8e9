using Nonsmooth.Optimizers;
using Nonsmooth.Training.Engine;
using Nonsmooth.Training.Recipes;
using Nonsmooth.Training.Tests.Engine;

namespace Nonsmooth.Training.Tests.Recipes;

public sealed class RecipeKeyTests
{
    public static TheoryData<string> Keys => [.. TrainingSettings.OfRecipe.Select(s => s.Key)];

    [Theory]
    [MemberData(nameof(Keys))]
    public void EveryKeyReadsWhatItSetsAndAFileGivesItBack(string key)
    {
        var setting = new Recipe().TryFind(key)!;
        string other = OtherValue.Of(setting, setting.Print(new Recipe()));
        var changed = (new Recipe { Network = "lenet5" }).With(key, other);
        string printed = setting.Print(changed)!;
        Assert.NotEqual(setting.Print(new Recipe()), printed);
        Assert.Equal(changed, (new Recipe { Network = "lenet5" }).With(key, printed) with { Settings = changed.Settings });
        var read = RecipeFile.Parse(RecipeFile.Json(changed), "x.json");
        Assert.Equal(changed with { Settings = read.Settings }, read);
    }

    [Fact]
    public void NoOptimizerHasASettingOfTheSameName() => Assert.All(
        OptimizerRegistry.All.SelectMany(entry => entry.Settings), setting => Assert.Null(new Recipe().TryFind(setting.Key)));

    [Fact]
    public void WhatCannotBeReadIsRefused()
    {
        Assert.Equal("batch is '0': give a whole number of at least 1", Assert.Throws<NonsmoothException>(() => new Recipe().With("batch", "0")).Message);
        Assert.StartsWith("a recipe has no key 'bach': did you mean batch?", Assert.Throws<NonsmoothException>(() => new Recipe().With("bach", "1")).Message, StringComparison.Ordinal);
    }
}
