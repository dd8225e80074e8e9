using System.Globalization;
using Nonsmooth.Optimizers.Schedules;

namespace Nonsmooth.Optimizers;

/// <summary>One key of the <c>key=value</c> settings of an optimizer.</summary>
/// <param name="Key">Lower case, words joined by hyphens, e.g. <c>weight-decay</c>.</param>
/// <param name="Description">One line.</param>
/// <param name="Default">The default, as it would be typed.</param>
public sealed record OptimizerSetting(string Key, string Description, string Default);

/// <summary>How one key reads and changes a record of options.</summary>
/// <typeparam name="TOptions">The options.</typeparam>
/// <param name="Key">Lower case, words joined by hyphens.</param>
/// <param name="Description">One line.</param>
/// <param name="Expects">What a value looks like, e.g. "a number".</param>
/// <param name="Read">The value of an option, as it would be typed.</param>
/// <param name="Apply">The options with the value typed, or null if it cannot be read.</param>
public sealed record OptimizerSetting<TOptions>(
    string Key, string Description, string Expects, Func<TOptions, string> Read, Func<TOptions, string, TOptions?> Apply)
    where TOptions : OptimizerOptions
{
    /// <summary>A key whose value is a number.</summary>
    public static OptimizerSetting<TOptions> Number(
        string key, string description, Func<TOptions, double> get, Func<TOptions, double, TOptions> set) =>
        new(
            key,
            description,
            "a number",
            options => get(options).ToString(CultureInfo.InvariantCulture),
            (options, text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? set(options, value) : null);

    /// <summary>A key whose value is true or false.</summary>
    public static OptimizerSetting<TOptions> Switch(
        string key, string description, Func<TOptions, bool> get, Func<TOptions, bool, TOptions> set) =>
        new(
            key,
            description,
            "true or false",
            options => get(options) ? "true" : "false",
            (options, text) => bool.TryParse(text, out bool value) ? set(options, value) : null);

    /// <summary>A key whose value is one of an enumeration's names, in any case.</summary>
    public static OptimizerSetting<TOptions> Choice<TEnum>(
        string key, string description, Func<TOptions, TEnum> get, Func<TOptions, TEnum, TOptions> set)
        where TEnum : struct, Enum =>
        new(
            key,
            description,
            "one of " + string.Join(", ", Enum.GetNames<TEnum>()).ToLowerInvariant(),
            options => get(options).ToString().ToLowerInvariant(),
            (options, text) => Array.FindIndex(Enum.GetNames<TEnum>(), name => name.Equals(text, StringComparison.OrdinalIgnoreCase)) is >= 0 and int i
                ? set(options, Enum.GetValues<TEnum>()[i])
                : null);

    /// <summary>A key whose value is a schedule as <see cref="ScheduleText"/> reads it.</summary>
    public static OptimizerSetting<TOptions> Schedule(
        string key, string description, Func<TOptions, IRateSchedule?> get, Func<TOptions, IRateSchedule?, TOptions> set) =>
        new(key, description, ScheduleText.Help, options => ScheduleText.Write(get(options)), (options, text) => set(options, ScheduleText.Parse(text)));
}
