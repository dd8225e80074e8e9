using System.Globalization;
using Nonsmooth.Settings;

namespace Nonsmooth.Optimizers;

/// <summary>Groups of parameters as they are typed: <c>head, fc2: lion beta1=0.8 rate-factor=0.5; rest: adamw decay=false</c>.</summary>
internal static class GroupText
{
    private const string FactorKey = "rate-factor";
    private const string DecayKey = "decay";

    public static GroupedOptions Parse(string text)
    {
        var options = new GroupedOptions([.. text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(One)]);
        options.Validate();
        return options;
    }

    public static string Write(GroupedOptions options) => string.Join("; ", options.Groups.Select(Write));

    private static ParameterGroup One(string text)
    {
        string[] halves = text.Split(':', 2, StringSplitOptions.TrimEntries);
        string[] words = halves is [_, var after] ? after.Split(' ', StringSplitOptions.RemoveEmptyEntries) : [];
        string[] names = halves[0].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0 || names.Length == 0)
        {
            throw new NonsmoothException($"'{text}' is no group: give NAME, NAME: OPTIMIZER key=value, or {ParameterGroup.RestName}: OPTIMIZER");
        }

        var entry = OptimizerRegistry.Find(words[0]);
        var (factor, decay) = (1.0, (bool?)null);
        var settings = new List<KeyValuePair<string, string>>();
        foreach (string word in words.Skip(1))
        {
            string[] pair = word.Split('=', 2);
            if (pair.Length < 2)
            {
                throw new NonsmoothException($"group '{halves[0]}' has '{word}': give key=value");
            }

            // Where an optimizer has a decay of its own, the group's is a truth value.
            if (pair[0] == FactorKey)
            {
                factor = Ranges.NonNegative.Read(pair[1], out double value) && Ranges.NonNegative.Holds(value)
                    ? value
                    : throw new NonsmoothException($"{FactorKey} of group '{halves[0]}' is '{pair[1]}': give {Ranges.NonNegative.Expects}");
            }
            else if (pair[0] == DecayKey && bool.TryParse(pair[1], out bool applies))
            {
                decay = applies;
            }
            else
            {
                settings.Add(new(pair[0], pair[1]));
            }
        }

        var options = entry.Configure(settings);
        return names is [ParameterGroup.RestName] ? ParameterGroup.Rest(options, factor, decay) : ParameterGroup.Named(names, options, factor, decay);
    }

    private static string Write(ParameterGroup group)
    {
        var options = group.Options;
        var usual = OptimizerRegistry.All.FirstOrDefault(entry => entry.Name == options.Name)?.Defaults;
        string[] words =
        [
            options.Name,
            .. options.Declared.Where(s => s.Print(options) != (usual is null ? s.DefaultText : s.Print(usual))).Select(s => $"{s.Key}={s.Print(options)}"),
            .. group.RateFactor == 1 ? (string[])[] : [$"{FactorKey}={group.RateFactor.ToString(CultureInfo.InvariantCulture)}"],
            .. group.Decay is { } decay ? [$"{DecayKey}={Ranges.Switch.Print(decay)}"] : (string[])[],
        ];
        return $"{group.Name}: {string.Join(' ', words)}";
    }
}
