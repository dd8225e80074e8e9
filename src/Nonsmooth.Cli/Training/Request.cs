using System.CommandLine;
using Nonsmooth.Cli.Options;
using Nonsmooth.Data;
using Nonsmooth.Optimizers;
using Nonsmooth.Training.Comparisons;
using Nonsmooth.Training.Networks;
using Nonsmooth.Training.Recipes;
using Nonsmooth.Training.ModelFiles;

namespace Nonsmooth.Cli.Training;

/// <summary>Reads the names and settings that a user gives; what does not exist is bad usage.</summary>
internal static class Request
{
    /// <summary>The row of a data set.</summary>
    public static DatasetRow Dataset(string name) => UsageException.Read(() => Datasets.Find(name));

    /// <summary>The defaults for a network, on its own data if it brings some.</summary>
    /// <param name="network">The network's name; one that is unknown or malformed is bad usage.</param>
    public static Recipe Usual(string network)
    {
        var usual = new Recipe { Network = network };
        return ModelFormat.Of(network) is null && Parameters.FindNetwork(network).Data is { } own ? usual with { Data = own.Name } : usual;
    }

    /// <summary>Refuses a network that can be counted and not run, before anything else is read.</summary>
    /// <param name="network">The network's name; one that is unknown or malformed is bad usage.</param>
    public static void CanRun(string network)
    {
        // What a file leaves open its data say: there its weights are missed when they are read.
        if (ModelFormat.Of(network) is { } format && UsageException.Read(() => format.Open(network)).Inputs.Any(i => i.Usual is null && i.Sizes?.Skip(1).All(s => s is not null) != true))
        {
            return;
        }

        if (Parameters.FindNetwork(network).Refusal is { } refusal)
        {
            throw refusal;
        }
    }

    /// <summary>A model as users name it, its assembly's path made whole.</summary>
    public static string Model(string name, ToolContext context) =>
        ModelAssembly.TryParse(name) is { } place ? $"{Path.GetFullPath(place.File, context.Folder)}:{place.Type}"
        : Path.GetFullPath(name, context.Folder) is var path && ModelFormat.Of(path) is not null ? path : name;

    /// <summary>The row of a recipe's data set, which takes what the recipe says of it.</summary>
    public static DatasetRow Dataset(Recipe recipe)
    {
        Dataset(recipe.Data);
        return UsageException.Read(recipe.Row);
    }

    /// <summary>The entry of an optimizer.</summary>
    public static OptimizerEntry Optimizer(string name) =>
        UsageException.Read(() => OptimizerRegistry.Find(name));

    /// <summary>The recipe of a name or of a file, or one of the library's defaults for a network.</summary>
    /// <param name="name">The name, or a path that ends in <c>.json</c>.</param>
    /// <param name="context">The world, whose folder a path is relative to.</param>
    public static Recipe Recipe(string name, ToolContext context)
    {
        if (name.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
        {
            return UsageException.Read(() => RecipeFile.Read(Path.GetFullPath(name, context.Folder)));
        }

        if (RecipeRegistry.TryFind(name) is { } recipe)
        {
            return recipe;
        }

        try
        {
            return Usual(Model(name, context));
        }
        catch (NonsmoothException e) when (Nearest.To(name, RecipeNames) is not null)
        {
            throw new UsageException($"no recipe or network '{name}': {Nearest.Mend(name, RecipeNames)}", e);
        }
    }

    /// <summary>Loads a recipe's data and refuses what was given and changes nothing with them.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="given">The settings that were given, by key, each with its text.</param>
    /// <param name="parsed">The command line.</param>
    /// <param name="folder">The option for the folder with data files.</param>
    /// <param name="context">The world.</param>
    public static Dataset Load(Recipe recipe, IEnumerable<(string Key, string Text)> given, ParseResult parsed, Option<string?> folder, ToolContext context)
    {
        var row = Dataset(recipe);
        string? path = parsed.GetValue(folder);
        if (path is not null && (!row.NeedsFiles || row.AnySize || GivenArrays.Matches(recipe.Data)))
        {
            throw new UsageException($"{folder.Name} is '{path}' and would change nothing, for data set '{recipe.Data}' {(row.NeedsFiles ? "is at its own path" : "takes no files")}: leave it out{(row.NeedsFiles ? "" : ", or give --data")}");
        }

        var data = recipe.Load(context.Data with { Option = path ?? context.Data.Option });
        foreach (var (key, text) in given)
        {
            if (IdleSettings.Why(key, recipe, data) is { } why)
            {
                throw new UsageException($"--{key} is '{text}' and would change nothing, for {why}");
            }
        }

        return data;
    }

    /// <summary>What <c>--set</c> texts give, by key.</summary>
    public static IEnumerable<(string Key, string Text)> Pairs(IEnumerable<string> settings) =>
        settings.Select(text => text.Split('=', 2)).Where(pair => pair.Length == 2).Select(pair => (pair[0], pair[1]));

    /// <summary>A recipe changed by the options that are given.</summary>
    public static Recipe Given(Recipe recipe, ParseResult parsed, SettingOptions settings) =>
        settings.Given(parsed).Aggregate(recipe, (changed, given) => changed.With(given.Setting.Key, given.Text));

    /// <summary>A contender by its text.</summary>
    public static Contender Contender(string text) => UsageException.Read(() => ContenderText.Parse(text));

    /// <summary>The command line again, as one may paste it.</summary>
    public static string CommandLine(ParseResult parsed) =>
        "nonsmooth " + string.Join(' ', parsed.Tokens.Select(t => t.Value.Any(char.IsWhiteSpace) ? $"\"{t.Value}\"" : t.Value));

    /// <summary>A recipe changed by <c>key=value</c> texts: its own keys, or settings of its optimizer.</summary>
    public static Recipe Set(Recipe recipe, IEnumerable<string> settings)
    {
        var changed = new Dictionary<string, string>(recipe.Settings, StringComparer.OrdinalIgnoreCase);
        foreach (string text in settings)
        {
            string[] pair = text.Split('=', 2);
            if (pair.Length < 2 || pair[0].Length == 0)
            {
                var entry = Optimizer(recipe.Optimizer);
                throw new UsageException($"--set is '{text}': give key=value with a key of {entry.Name} (nonsmooth optimizers) or of a recipe (nonsmooth recipes), as {pair[0]}={(entry.Settings.FirstOrDefault(s => s.Key == pair[0]) ?? recipe.TryFind(pair[0]))?.Expects ?? "VALUE"}{Nearest.Question(pair[0], Keys(recipe))}");
            }

            if (recipe.TryFind(pair[0]) is null)
            {
                changed[pair[0]] = pair[1];
                continue;
            }

            string before = recipe.Optimizer;
            recipe = UsageException.Read(() => recipe.With(pair[0], pair[1]));
            if (recipe.Optimizer != before)
            {
                changed.Clear();
            }
        }

        recipe = changed.Count == 0 ? recipe : recipe with { Settings = changed };
        var optimizer = Optimizer(recipe.Optimizer);
        foreach (var (key, text) in recipe.Settings)
        {
            try
            {
                _ = optimizer.Defaults.TryFind(key)?.Read(optimizer.Defaults, text) ?? optimizer.Configure([new(key, text)]);
            }
            catch (NonsmoothException e) when (settings.Contains($"{key}={text}"))
            {
                throw new UsageException($"--set is '{key}={text}': {(e.Message.StartsWith("optimizer", StringComparison.Ordinal) ? "" : $"optimizer '{optimizer.Name}': ")}{e.Message}", e);
            }
        }

        UsageException.Read(() => optimizer.Configure(recipe.Settings));
        return recipe;
    }

    /// <summary>The recipe with the paths in it made whole.</summary>
    public static Recipe Located(Recipe recipe, string folder)
    {
        string[] data = recipe.Data.Split(':', 2);
        return recipe with
        {
            Data = data is [var kind, { Length: > 0 } path] ? $"{kind}:{Path.GetFullPath(path, folder)}" : GivenArrays.Matches(recipe.Data) ? Path.GetFullPath(recipe.Data, folder) : recipe.Data,
            Adapter = recipe.Adapter is { IsNew: false } adapter ? adapter with { Text = Path.GetFullPath(adapter.Text, folder) } : recipe.Adapter,
            Weights = recipe.Weights is { Length: > 0 } weights ? Path.GetFullPath(weights, folder) : recipe.Weights,
        };
    }

    /// <summary>The keys that <c>--set</c> takes: a recipe's, and those of its optimizer.</summary>
    public static IEnumerable<string> Keys(Recipe recipe) => Optimizer(recipe.Optimizer).Settings.Select(s => s.Key).Concat(recipe.Declared.Select(s => s.Key));

    private static IEnumerable<string> RecipeNames => RecipeRegistry.All.Select(recipe => recipe.Name).Concat(Models.All.Select(row => row.Name));
}
