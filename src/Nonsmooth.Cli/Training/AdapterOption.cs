using System.CommandLine;
using Nonsmooth.Cli.Options;
using Nonsmooth.Training.Engine;
using Nonsmooth.Training.ModelFiles;
using Nonsmooth.Training.Recipes;

namespace Nonsmooth.Cli.Training;

/// <summary>The options <c>--adapter</c> and <c>--dora</c> of verbs that take no recipe.</summary>
internal sealed class AdapterOption
{
    private readonly SettingOptions _settings = new(TrainingSettings.OfRecipe.Where(s => IsOne(s.Key)));

    /// <summary>The options.</summary>
    public IEnumerable<Option> All => _settings.All;

    /// <summary>Whether a setting is one of an adapter's.</summary>
    public static bool IsOne(string key) => key is "adapter" or "dora";

    /// <summary>The adapter that was given, its path made whole; null for none.</summary>
    /// <exception cref="UsageException">How its gradient is taken was given, and no adapter.</exception>
    public AdapterRequest? Read(ParseResult parsed, ToolContext context)
    {
        var adapter = Request.Located(Request.Given(new Recipe(), parsed, _settings), context.Folder).Adapter;
        return adapter is null && _settings.Given(parsed).FirstOrDefault() is { Setting: { } idle } given
            ? throw new UsageException($"--{idle.Key} is '{given.Text}' and would change nothing, for there is no adapter: leave it out, or give --adapter")
            : adapter;
    }
}
