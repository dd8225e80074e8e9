using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Parsing;
using Nonsmooth.Data;
using Nonsmooth.Optimizers;
using Nonsmooth.Reliability.Profiles;
using Nonsmooth.Settings;
using Nonsmooth.Training.Engine;
using Nonsmooth.Training.ModelFiles;
using Nonsmooth.Training.Networks;
using Nonsmooth.Training.Recipes;

namespace Nonsmooth.Cli.Options;

/// <summary>Options whose complaints name the option, what was written, and what to write instead.</summary>
internal static class Parameters
{
    /// <summary>The network argument.</summary>
    public static Argument<string> Network() => new Argument<string>("network")
    {
        Description = "A network by name (see nonsmooth networks), lenet5 or mlp:784-128-64-10, or one of your own, ASSEMBLY.dll:TYPE",
        HelpName = "NETWORK",
    }.Completed(Networks);

    /// <summary>The model argument: what runs on arrays.</summary>
    public static Argument<string> Model() => new Argument<string>("model")
    {
        Description = $"A model file ({string.Join(", ", ModelFormat.All.Select(f => f.Name))}), a network by name (see nonsmooth networks), or one of your own, ASSEMBLY.dll:TYPE",
        HelpName = "MODEL",
    }.Completed(Networks);

    /// <summary>An option or argument that a shell completes by names, which are made when they are asked for.</summary>
    public static Option<T> Completed<T>(this Option<T> option, Func<IEnumerable<string>> names)
    {
        option.CompletionSources.Add(_ => names().Select(name => new CompletionItem(name)));
        return option;
    }

    /// <inheritdoc cref="Completed{T}(Option{T}, Func{IEnumerable{string}})"/>
    public static Argument<T> Completed<T>(this Argument<T> argument, Func<IEnumerable<string>> names)
    {
        argument.CompletionSources.Add(_ => names().Select(name => new CompletionItem(name)));
        return argument;
    }

    /// <summary>The names of the networks.</summary>
    public static IEnumerable<string> Networks() => Models.All.Select(row => row.Name);

    /// <summary>The names of the recipes and of the networks.</summary>
    public static IEnumerable<string> Recipes() => RecipeRegistry.All.Select(recipe => recipe.Name).Concat(Networks());

    /// <summary>The names of the profiles.</summary>
    public static IEnumerable<string> Profiles() => Profile.All.Select(profile => profile.Name);

    /// <summary>The beginnings of <c>key=value</c> texts: the keys of recipes and of optimizers.</summary>
    public static IEnumerable<string> Keys() =>
        TrainingSettings.OfRecipe.Concat(OptimizerRegistry.All.SelectMany(entry => entry.Settings)).Select(setting => setting.Key + "=").Distinct();

    /// <summary>A value of a range.</summary>
    /// <param name="name">The option, with its dashes.</param>
    /// <param name="range">The values there are.</param>
    /// <param name="fallback">The value where the option is left out; for a null one the description says what holds.</param>
    /// <param name="description">One line; names that can be listed and a default are added.</param>
    public static Option<T> Of<T>(string name, Range<T> range, T fallback, string description)
    {
        // The library shows the defaults of its own kind.
        bool shown = !EqualityComparer<T>.Default.Equals(fallback, default!);
        var option = new Option<T>(name)
        {
            Description = Described(description, range.Expects, range.Names, shown ? null : range.Print(fallback)),
            HelpName = range.Placeholder,
            CustomParser = result => Read(result, name, range.Expects, range.Names, text => range.Read(text, out var value) && range.Holds(value) ? (true, value) : (false, fallback)),
        };
        if (shown)
        {
            option.DefaultValueFactory = _ => fallback;
        }

        option.CompletionSources.Add([.. range.Names]);
        return option;
    }

    /// <summary>A description with the names there are and the default.</summary>
    public static string Described(string description, string expects, IEnumerable<string> names, string? usual) =>
        description + (expects.StartsWith("one of ", StringComparison.Ordinal) ? $": {string.Join(", ", names)}" : "") + (usual is null ? "" : $" [default: {usual}]");

    /// <summary>The folder with data files.</summary>
    public static Option<string?> DataFolder() => new("--data-dir")
    {
        Description = "Folder with data files, looked in before NONSMOOTH_DATA and ~/.cache/nonsmooth",
        HelpName = "DIR",
    };

    /// <summary>The network of a name or a file with everything that may be asked of it; what does not exist is bad usage.</summary>
    public static Model FindNetwork(string name, NetworkSettings settings) => UsageException.Read(() => Models.Find(name, settings));

    /// <summary>The network of a name; an unknown or malformed one is bad usage.</summary>
    public static Model FindNetwork(string name, ImageShape? input = null, int? classes = null, int? tokens = null) =>
        UsageException.Read(() => Models.Find(name, input, classes, tokens));

    private static T Read<T>(ArgumentResult result, string name, string expected, IEnumerable<string> names, Func<string, (bool Read, T Value)> read)
    {
        string text = result.Tokens[0].Value;
        var (done, value) = read(text);
        if (!done)
        {
            result.AddError($"{name} is '{text}': {(names.Any() && expected.StartsWith("one of ", StringComparison.Ordinal) ? Nearest.Mend(text, names) : $"give {expected}{Nearest.Question(text, names)}")}");
        }

        return value;
    }
}
