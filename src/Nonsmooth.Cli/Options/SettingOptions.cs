using System.CommandLine;
using Nonsmooth.Data;
using Nonsmooth.Optimizers;
using Nonsmooth.Settings;

namespace Nonsmooth.Cli.Options;

/// <summary>Declared settings as options of the command line: name, value, default, completion and complaint are read from the declaration.</summary>
internal sealed class SettingOptions
{
    // Settings whose values are registered by name, so that no declaration can list them.
    private static readonly Dictionary<string, Func<IEnumerable<string>>> _registries = new(StringComparer.Ordinal)
    {
        ["data"] = static () => Datasets.All.Where(row => !row.Name.Contains("FILE", StringComparison.Ordinal)).Select(row => row.Name.Replace("FOLDER", "", StringComparison.Ordinal)),
        ["optimizer"] = static () => OptimizerRegistry.All.Select(entry => entry.Name),
    };

    private readonly List<(Setting Setting, Option Option)> _all;

    /// <summary>Makes the options, in this order.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="usual">What holds where one is not given, in words; null for its own default.</param>
    public SettingOptions(IEnumerable<Setting> settings, string? usual = null) => _all = [.. settings.Select(s => (s, Made(s, usual)))];

    /// <summary>The options.</summary>
    public IEnumerable<Option> All => _all.Select(o => o.Option);

    /// <summary>The settings that were given, each with its text.</summary>
    public IEnumerable<(Setting Setting, string Text)> Given(ParseResult parsed) =>
        from pair in _all
        let given = parsed.GetResult(pair.Option)
        where given is { Implicit: false }
        select (pair.Setting, given.Tokens.Count > 0 ? Typed(pair.Setting, given.Tokens[0].Value) : "true");

    /// <summary>A configuration with the values that were given of the settings that it has.</summary>
    public TConfiguration Apply<TConfiguration>(ParseResult parsed, TConfiguration configuration)
        where TConfiguration : Configuration =>
        Given(parsed).Where(given => configuration.Declared.Contains(given.Setting)).Aggregate(configuration, (changed, given) => given.Setting.Read(changed, given.Text));

    /// <summary>A setting as an option.</summary>
    private static Option Made(Setting setting, string? fallback)
    {
        string description = Parameters.Described(
            setting.Help, setting.Expects, setting.Names, setting.IsSwitch ? null : fallback ?? setting.Unset ?? setting.DefaultText);
        if (setting.IsSwitch)
        {
            return new Option<bool>($"--{setting.Key}") { Description = description };
        }

        var option = new Option<string?>($"--{setting.Key}")
        {
            Description = description,
            HelpName = setting.Placeholder,
            CustomParser = result =>
            {
                string typed = Typed(setting, result.Tokens[0].Value);
                try
                {
                    setting.CheckText(typed);
                }
                catch (NonsmoothException e)
                {
                    result.AddError($"--{e.Message}");
                }

                return typed;
            },
        };
        option.CompletionSources.Add([.. setting.Names]);
        return _registries.TryGetValue(setting.Key, out var names) ? option.Completed(names) : option;
    }

    // Names may be typed in capitals, but not those of files, as images:FOLDER has one.
    private static string Typed(Setting setting, string text) =>
        setting.Placeholder == "NAME" ? text.Contains(':', StringComparison.Ordinal) ? text : text.ToLowerInvariant() : setting.Names.Count > 0 ? text.ToLowerInvariant() : text;
}
