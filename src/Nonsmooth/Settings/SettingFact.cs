namespace Nonsmooth.Settings;

/// <summary>What of a setting the bits of a configuration depend on.</summary>
/// <param name="Key">The setting's key.</param>
/// <param name="Text">What counts of it; null where nothing does.</param>
/// <param name="Default">The text of its default; null for none.</param>
public readonly record struct SettingFact(string Key, string? Text, string? Default = null);
