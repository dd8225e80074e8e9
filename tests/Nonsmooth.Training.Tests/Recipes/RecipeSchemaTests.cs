using System.Text.Json;
using Json.Schema;
using Nonsmooth.Optimizers;
using Nonsmooth.Training.Engine;
using Nonsmooth.Training.Recipes;

namespace Nonsmooth.Training.Tests.Recipes;

/// <summary>The schema that editors check a recipe's file by, judged by a validator of others.</summary>
public sealed class RecipeSchemaTests
{
    private static readonly string _text = RecipeSchema.Json();
    private static readonly JsonSchema _schema = JsonSchema.FromText(_text);

    [Fact]
    public void EveryRecipeThatIsShippedValidates()
    {
        var shipped = typeof(Recipe).Assembly.GetManifestResourceNames().Where(n => n.StartsWith("recipes/", StringComparison.Ordinal)).ToList();
        Assert.Equal(RecipeRegistry.All.Count, shipped.Count);
        Assert.All(shipped, name =>
        {
            using var reader = new StreamReader(typeof(Recipe).Assembly.GetManifestResourceStream(name)!);
            Assert.True(IsValid(reader.ReadToEnd()), name);
        });
        Assert.All(RecipeRegistry.All, recipe => Assert.True(IsValid(RecipeFile.Json(recipe)), recipe.Name));
    }

    [Theory]
    [InlineData("""{ "$schema": "recipe.schema.json", "network": "lenet5", "optimizer": "adamw", "set": { "beta1": 0.8 } }""", true)]
    [InlineData("""{ "network": "lenet5", "set": { "alpha": 0.8 } }""", true)]
    [InlineData("""{ "data": "mnist" }""", false)]
    [InlineData("""{ "network": "lenet5", "optimzer": "adamw" }""", false)]
    [InlineData("""{ "network": "lenet5", "epochs": "five" }""", false)]
    [InlineData("""{ "network": "lenet5", "precision": "f31" }""", false)]
    [InlineData("""{ "network": "lenet5", "optimizer": "adamw", "set": { "alpha": 0.8 } }""", false)]
    public void ItTellsRecipesFromOthersAsTheReaderDoes(string json, bool valid)
    {
        Assert.Equal(valid, IsValid(json));
        Assert.Equal(valid, Record.Exception(() => RecipeFile.Parse(json, "r.json")) is null);
    }

    [Fact]
    public void EveryKeyIsThereWithItsDescription()
    {
        var keys = JsonDocument.Parse(_text).RootElement.GetProperty("properties");
        Assert.All(TrainingSettings.OfRecipe, s => Assert.StartsWith(s.Help, keys.GetProperty(s.Key).GetProperty("description").GetString(), StringComparison.Ordinal));
        Assert.Equal(OptimizerRegistry.All.Count, JsonDocument.Parse(_text).RootElement.GetProperty("allOf").GetArrayLength());
    }

    private static bool IsValid(string json) => _schema.Evaluate(JsonDocument.Parse(json).RootElement).IsValid;
}
