using System.Text.Json;
using System.Text.Json.Nodes;
using Nonsmooth.Data;
using Nonsmooth.Optimizers;
using Nonsmooth.Settings;
using Nonsmooth.Training.Engine;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Training.Recipes;

/// <summary>
/// What <see cref="RecipeFile"/> reads, as JSON Schema (draft 2020-12): editors complete keys and values by it. It is made of the
/// declarations of the settings; what depends on several keys, or on files, is left to the reader.
/// </summary>
public static class RecipeSchema
{
    private static readonly JsonSerializerOptions _written = new() { WriteIndented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The schema, as text.</summary>
    public static string Json()
    {
        var keys = new JsonObject { [RecipeFile.SchemaKey] = new JsonObject { ["type"] = "string" } };
        foreach (string word in RecipeFile.Words)
        {
            keys[word] = new JsonObject { ["type"] = "string" };
        }

        foreach (var setting in TrainingSettings.OfRecipe)
        {
            keys[setting.Key] = Of(setting, Registered(setting));
        }

        keys[RecipeFile.SettingsKey] = new JsonObject { ["type"] = "object", ["description"] = "The settings of the optimizer" };
        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "A recipe of nonsmooth",
            ["type"] = "object",
            ["properties"] = keys,
            ["required"] = new JsonArray(TrainingSettings.Network.Key),
            ["additionalProperties"] = false,
            ["allOf"] = new JsonArray([.. OptimizerRegistry.All.Select(Of)]),
        };
        return schema.ToJsonString(_written) + "\n";
    }

    // The settings of an optimizer hold where it is the one.
    private static JsonObject Of(OptimizerEntry entry)
    {
        string key = TrainingSettings.Optimizer.Key;
        var named = new JsonObject { ["properties"] = new JsonObject { [key] = new JsonObject { ["const"] = entry.Name } } };
        if (entry.Name != TrainingSettings.Optimizer.Default)
        {
            named["required"] = new JsonArray(key);
        }

        var settings = new JsonObject();
        foreach (var setting in entry.Settings)
        {
            settings[setting.Key] = Of(setting, [], mayBeText: true);
        }

        return new JsonObject
        {
            ["if"] = named,
            ["then"] = new JsonObject { ["properties"] = new JsonObject { [RecipeFile.SettingsKey] = new JsonObject { ["properties"] = settings, ["additionalProperties"] = false } } },
        };
    }

    private static JsonObject Of(Setting setting, IEnumerable<string> registered, bool mayBeText = false)
    {
        string? usual = setting.Unset ?? setting.DefaultText;
        var made = new JsonObject { ["description"] = $"{setting.Help}. Give {setting.Expects}{(string.IsNullOrEmpty(usual) ? "" : $" [default: {usual}]")}." };
        string kind = setting.IsSwitch ? "boolean" : "number";
        made["type"] = !setting.IsLiteral || mayBeText ? new JsonArray("string", kind) : kind;
        string[] names = [.. setting.Names.Concat(registered)];
        if (setting.Expects.StartsWith("one of ", StringComparison.Ordinal))
        {
            made["enum"] = new JsonArray([.. names.Select(name => JsonValue.Create(name))]);
        }
        else if (names.Length > 0 && !setting.IsLiteral)
        {
            made["examples"] = new JsonArray([.. names.Select(name => JsonValue.Create(name))]);
        }

        return made;
    }

    private static IEnumerable<string> Registered(Setting setting) =>
        setting == TrainingSettings.Network ? Models.All.Select(row => row.Name)
        : setting == TrainingSettings.Data ? Datasets.All.Select(row => row.Name)
        : setting == TrainingSettings.Optimizer ? OptimizerRegistry.All.Select(entry => entry.Name)
        : [];
}
