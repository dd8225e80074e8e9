using System.CommandLine;
using Nonsmooth.Data;
using Nonsmooth.Optimizers;
using Nonsmooth.Training.Comparisons;
using Nonsmooth.Training.Networks;
using Nonsmooth.Training.Recipes;

namespace Nonsmooth.Cli.Training;

/// <summary>Reads the names and settings that a user gives; what does not exist is bad usage.</summary>
internal static class Request
{
    /// <summary>The row of a data set.</summary>
    public static DatasetRow Dataset(string name) => UsageException.Read(() => Datasets.Find(name));

    /// <summary>The data set that an option names or, without one, the model's own or what the option falls back to.</summary>
    public static string Data(ParseResult parsed, Option<string> option, Model model) =>
        parsed.GetResult(option) is null or { Implicit: true } && model.Data is { } own ? own.Name : parsed.GetRequiredValue(option);

    /// <summary>A model as users name it, its assembly's path made whole.</summary>
    public static string Model(string name, ToolContext context) =>
        ModelAssembly.TryParse(name) is { } place ? $"{Path.GetFullPath(place.File, context.Folder)}:{place.Type}" : name;

    /// <summary>The row of a recipe's data set, which takes what the recipe says of it.</summary>
    public static DatasetRow Dataset(Recipe recipe)
    {
        Dataset(recipe.Data);
        return UsageException.Read(recipe.Row);
    }

    /// <summary>The entry of an optimizer.</summary>
    public static OptimizerEntry Optimizer(string name) =>
        UsageException.Read(() => OptimizerRegistry.Find(name));

    /// <summary>Options of an optimizer from <c>key=value</c> texts.</summary>
    public static OptimizerOptions Configure(OptimizerEntry entry, IEnumerable<string> settings)
    {
        var pairs = Pairs(entry, settings).ToArray();
        return UsageException.Read(() => entry.Configure(pairs));
    }

    private static IEnumerable<KeyValuePair<string, string>> Pairs(OptimizerEntry entry, IEnumerable<string> settings) =>
        settings.Select(text =>
        {
            int equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1)
            {
                throw new UsageException($"--set is '{text}': give key=value, the keys of {entry.Name} are {string.Join(", ", entry.Settings.Select(s => s.Key))}");
            }

            string key = text[..equals];
            return entry.Settings.Any(s => s.Key.Equals(key, StringComparison.OrdinalIgnoreCase))
                ? KeyValuePair.Create(key, text[(equals + 1)..])
                : Known<KeyValuePair<string, string>>(
                    key,
                    entry.Settings.Select(s => s.Key),
                    () => throw new UsageException($"optimizer '{entry.Name}' has no setting '{key}': use one of {string.Join(", ", entry.Settings.Select(s => s.Key))}"));
        });

    /// <summary>The recipe of a name or of a file, or one of the library's defaults for a network.</summary>
    /// <param name="name">The name, or a path that ends in <c>.json</c>.</param>
    /// <param name="context">The world, whose folder a path is relative to.</param>
    public static Recipe Recipe(string name, ToolContext context)
    {
        if (name.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
        {
            return UsageException.Read(() => RecipeFile.Read(Path.GetFullPath(name, context.Folder)));
        }

        return RecipeRegistry.TryFind(name) ?? Known(name, RecipeRegistry.All.Select(recipe => recipe.Name), () =>
        {
            string network = Model(name, context);
            var usual = new Recipe { Network = network };
            return Models.Find(network).Data is { } own ? usual with { Data = own.Name } : usual;
        });
    }

    /// <summary>A recipe changed by the options that are given, each of which stands for one of its keys.</summary>
    public static Recipe Given(Recipe recipe, ParseResult parsed, IEnumerable<(Option Option, string Key)> keys)
    {
        foreach (var (option, key) in keys)
        {
            if (parsed.GetResult(option) is { Implicit: false } given)
            {
                recipe = recipe.With(key, given.Tokens.Count > 0 ? Typed(key, given.Tokens[0].Value) : "true");
            }
        }

        return recipe;
    }

    // Names may be typed in capitals, but not those of files.
    private static string Typed(string key, string text) => key == "weights" || (key == "data" && text.Contains(':', StringComparison.Ordinal))
        ? text
        : text.ToLowerInvariant();

    /// <summary>A contender by its text.</summary>
    public static Contender Contender(string text) => Known(text.Split(':')[0], ContenderText.Names, () => ContenderText.Parse(text));

    /// <summary>The command line again, as one may paste it.</summary>
    public static string CommandLine(ParseResult parsed) =>
        "nonsmooth " + string.Join(' ', parsed.Tokens.Select(t => t.Value.Any(char.IsWhiteSpace) ? $"\"{t.Value}\"" : t.Value));

    /// <summary>A recipe changed by <c>key=value</c> texts: its own keys, or settings of its optimizer.</summary>
    public static Recipe Set(Recipe recipe, IEnumerable<string> settings)
    {
        var texts = settings.ToLookup(text => RecipeKey.TryFind(text.Split('=')[0]) is not null && text.Contains('=', StringComparison.Ordinal));
        foreach (string[] pair in texts[true].Select(text => text.Split('=', 2)))
        {
            recipe = UsageException.Read(() => recipe.With(pair[0], pair[1]));
        }

        var changed = new Dictionary<string, string>(recipe.Settings, StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in Pairs(Optimizer(recipe.Optimizer), texts[false]))
        {
            changed[key] = value;
        }

        return texts[false].Any() ? recipe with { Settings = changed, Takes = "", Reference = "" } : recipe;
    }

    /// <summary>The recipe with the paths in it made whole.</summary>
    public static Recipe Located(Recipe recipe, string folder)
    {
        string[] data = recipe.Data.Split(':', 2);
        return recipe with
        {
            Data = data is [var kind, { Length: > 0 } path] ? $"{kind}:{Path.GetFullPath(path, folder)}" : recipe.Data,
            Weights = recipe.Weights is { Length: > 0 } weights ? Path.GetFullPath(weights, folder) : recipe.Weights,
        };
    }

    private static T Known<T>(string name, IEnumerable<string> names, Func<T> find)
    {
        try
        {
            return find();
        }
        catch (NonsmoothException e)
        {
            throw new UsageException(e.Message.TrimEnd('.') + Nearest.Question(name, names), e);
        }
    }
}
