namespace Nonsmooth.Cli.Training;

/// <summary>The settings that say what a model from a file is and how it takes its data: of every verb that loads data for one.</summary>
internal static class ModelFileSettings
{
    private static readonly string[] _keys = ["input", "target", "image-mean", "image-deviation", "image-order"];

    /// <summary>Whether a setting is one of them.</summary>
    public static bool Has(string key) => _keys.Contains(key) || AdapterOption.IsOne(key);
}
