using Nonsmooth.Data;
using Nonsmooth.Settings;
using Nonsmooth.Training.Engine;
using Nonsmooth.Training.ModelFiles;

namespace Nonsmooth.Training.Recipes;

/// <summary>
/// Settings that change nothing for some data or networks. Given there, one is a mistake that would go unseen: a tool refuses it.
/// To add one: a row here.
/// </summary>
public static class IdleSettings
{
    private static readonly (Setting Setting, Func<Recipe, Dataset, string?> Why)[] _rows =
    [
        (TrainingSettings.Tokens, (_, data) => data.Examples.Tokens is null ? $"data set '{data.Name}' is no text: leave it out, or give data that are, as shakespeare-char" : null),
        (TrainingSettings.TextBytes, (_, data) => data.Examples.Tokens is null ? $"data set '{data.Name}' is no text: leave it out" : null),
        (TrainingSettings.Target, (recipe, data) => GivenArrays.Matches(recipe.Data) ? null : $"data set '{data.Name}' says itself what is predicted: leave it out, or give your own arrays or table as data"),
        (TrainingSettings.UnpackedBytes, (recipe, data) => GivenArrays.Matches(recipe.Data) ? null : $"data set '{data.Name}' is no array or table: leave it out"),
        (TrainingSettings.ImageMean, NoPixels),
        (TrainingSettings.ImageDeviation, NoPixels),
        (TrainingSettings.ImageBytes, NoFolder),
        (TrainingSettings.ImagePixels, NoFolder),
        (TrainingSettings.Dora, (recipe, _) => recipe.Adapter is null ? "there is no adapter: leave it out, or give adapter" : null),
        (TrainingSettings.MachineMemory, (recipe, _) => ModelFormat.Of(recipe.Network) is null ? $"network '{recipe.Network}' is no model file: leave it out" : null),
    ];

    /// <summary>Why a setting changes nothing, and what to do; null where it changes something or is not known to change nothing.</summary>
    /// <param name="key">The key of a setting of training.</param>
    /// <param name="recipe">The recipe.</param>
    /// <param name="data">Its data, loaded.</param>
    public static string? Why(string key, Recipe recipe, Dataset data) =>
        Array.Find(_rows, row => row.Setting.Key.Equals(key, StringComparison.OrdinalIgnoreCase)).Why?.Invoke(recipe, data);

    private static string? NoPixels(Recipe recipe, Dataset data) =>
        data.Train is FolderSplit or (ImageSplit and not FeatureSplit) ? null : $"data set '{data.Name}' is of no pixels: leave it out, or give data that are, as cifar10";

    private static string? NoFolder(Recipe recipe, Dataset data) =>
        data.Train is FolderSplit ? null : $"data set '{data.Name}' is no folder of images: leave it out, or give data images:FOLDER";
}
