using Nonsmooth.Settings;

namespace Nonsmooth.Cli.Options;

/// <summary>A declared setting in a list, and in its JSON the schema of a value.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Description">What it is.</param>
/// <param name="Default">What holds where nothing is set, as it would be typed or in words.</param>
/// <param name="Expects">What a value looks like.</param>
/// <param name="Type">number, boolean or string, as JSON has it.</param>
/// <param name="Names">The values, where they can be listed.</param>
internal sealed record SettingRow(string Key, string Description, string? Default, string Expects, string Type, IReadOnlyList<string>? Names)
{
    public static SettingRow Of(Setting setting, Configuration defaults) => new(
        setting.Key,
        setting.Help,
        setting.Unset ?? setting.Print(defaults),
        setting.Expects,
        setting.IsSwitch ? "boolean" : setting.IsLiteral ? "number" : "string",
        setting.Names.Count > 0 ? setting.Names : null);
}
