using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Nonsmooth.Files;
using Nonsmooth.Optimizers;
using Nonsmooth.Training.Engine;

namespace Nonsmooth.Training.Recipes;

/// <summary>Recipes as JSON: an object of keys, or one that holds it under <c>recipe</c>, as the <c>run.json</c> of a run does.</summary>
public static class RecipeFile
{
    /// <summary>The most bytes a file may have.</summary>
    public const long LongestFile = 1 << 20;

    internal const string SettingsKey = "set";

    /// <summary>By which an editor finds the schema of a file; it says nothing of the recipe.</summary>
    internal const string SchemaKey = "$schema";

    private static readonly (string Name, Func<Recipe, string> Read, Func<Recipe, string, Recipe> Set)[] _words =
    [
        ("name", r => r.Name, (r, text) => r with { Name = text }),
        ("description", r => r.Description, (r, text) => r with { Description = text }),
        ("takes", r => r.Takes, (r, text) => r with { Takes = text }),
        ("reference", r => r.Reference, (r, text) => r with { Reference = text }),
    ];

    /// <summary>Reads a file.</summary>
    /// <exception cref="NonsmoothException">It cannot be read, is not JSON, or has a key or a value that no recipe has: the message names file and key.</exception>
    public static Recipe Read(string path)
    {
        try
        {
            return Parse(InputFile.ReadText(path, "recipe", LongestFile), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new NonsmoothException($"recipe '{path}' cannot be read ({e.Message.ReplaceLineEndings(" ").TrimEnd('.')}): check its path and rights", e);
        }
    }

    /// <summary>Reads a text.</summary>
    /// <param name="json">The text.</param>
    /// <param name="path">What errors call it.</param>
    /// <exception cref="NonsmoothException">As <see cref="Read"/>.</exception>
    public static Recipe Parse(string json, string path)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            var root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("recipe", out var inner))
            {
                _ = Once(root, path).Count();
                root = inner;
            }

            return root.ValueKind == JsonValueKind.Object
                ? Keys(root, path)
                : throw new NonsmoothException($"'{path}' holds no recipe: give an object with the key network and others (nonsmooth recipes lists them)");
        }
        catch (JsonException e)
        {
            throw new NonsmoothException($"'{path}' is not JSON at line {e.LineNumber + 1}: mend it there", e);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            // Half a surrogate pair, which no text can hold.
            throw new NonsmoothException($"'{path}' has a text that is no Unicode, as \\ud800 alone: mend or leave it out", e);
        }
    }

    /// <summary>Writes a recipe as an object, so that <see cref="Parse"/> gives it back.</summary>
    public static void Write(Utf8JsonWriter json, Recipe recipe)
    {
        json.WriteStartObject();
        foreach (var (name, read, _) in _words.Where(w => w.Read(recipe).Length > 0))
        {
            json.WriteString(name, read(recipe));
        }

        foreach (var setting in recipe.Declared)
        {
            if (setting.Print(recipe) is { Length: > 0 } text)
            {
                json.WritePropertyName(setting.Key);
                if (setting.IsLiteral)
                {
                    json.WriteRawValue(text);
                }
                else
                {
                    json.WriteStringValue(text);
                }
            }
        }

        json.WriteStartObject(SettingsKey);
        foreach (var (key, value) in recipe.Settings)
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>The text that <see cref="Write"/> writes.</summary>
    public static string Json(Recipe recipe)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            Write(json, recipe);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    internal static IEnumerable<string> Words => _words.Select(word => word.Name);

    private static IEnumerable<string> Names => TrainingSettings.OfRecipe.Select(s => s.Key).Append(SettingsKey);

    private static Recipe Keys(JsonElement root, string path)
    {
        var recipe = new Recipe();
        JsonElement? settings = null;
        foreach (var property in Once(root, path))
        {
            if (property.Name == SchemaKey)
            {
                continue;
            }

            if (property.Name == SettingsKey)
            {
                settings = property.Value;
            }
            else if (Array.Find(_words, word => word.Name == property.Name) is { Name: not null } word)
            {
                recipe = word.Set(recipe, Text(property.Value));
            }
            else
            {
                var setting = TrainingSettings.OfRecipe.FirstOrDefault(s => s.Key == property.Name)
                    ?? throw new NonsmoothException($"'{path}' has the key '{property.Name}', which no recipe has: {Nearest.Mend(property.Name, Names)}");
                recipe = Named(path, () => setting.Read(recipe, Text(property.Value)));
            }
        }

        return Named(path, () => Settled(recipe.Network.Length > 0 ? recipe : throw new NonsmoothException("network is missing: name one"), settings, path));
    }

    /// <summary>The recipe with its optimizer's settings, which are checked.</summary>
    private static Recipe Settled(Recipe recipe, JsonElement? settings, string path)
    {
        if (settings is { ValueKind: not JsonValueKind.Object })
        {
            throw new NonsmoothException($"{SettingsKey} is no object: give the optimizer's keys and their values");
        }

        var texts = settings is { } given ? Once(given, path).ToDictionary(p => p.Name, p => Text(p.Value)) : [];
        OptimizerRegistry.Find(recipe.Optimizer).Configure(texts);
        return recipe with { Settings = texts };
    }

    private static IEnumerable<JsonProperty> Once(JsonElement of, string path)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in of.EnumerateObject())
        {
            yield return seen.Add(property.Name)
                ? property
                : throw new NonsmoothException($"'{path}' has the key '{property.Name}' twice: leave one of the two out");
        }
    }

    private static T Named<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (NonsmoothException e) when (!e.Message.StartsWith($"'{path}'", StringComparison.Ordinal))
        {
            throw new NonsmoothException($"'{path}': {e.Message}", e);
        }
    }

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
}
