using Nonsmooth.Training.ModelFiles;

namespace Nonsmooth.Training.Networks;

/// <summary>What a user may change of a model that comes from a file.</summary>
/// <param name="Head">Classes of a new linear head in the place of its last linear layer, or behind its features; null to leave it as it is.</param>
/// <param name="Freeze">Which of its weights stay as they are: names with <c>*</c> for any characters, separated by commas; null for none. A new head is trained in any case.</param>
public sealed record FileSettings(int? Head = null, string? Freeze = null)
{
    /// <summary>Sizes by the name of an input, all its axes, or by the name of an axis; whole-number inputs by name, as one number.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<int>> Sizes { get; init; } = new Dictionary<string, IReadOnlyList<int>>();

    /// <summary>An adapter on it, which alone is trained then. Default none.</summary>
    public AdapterRequest? Adapter { get; init; }

    /// <summary>Whether it takes the channels of images as blue, green, red; the data's red, green, blue are turned round. Default false.</summary>
    public bool IsBgr { get; init; }

    /// <summary>Whether a weight stays as it is.</summary>
    internal bool Freezes(string weight) =>
        Freeze is not null && Freeze.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Any(p => System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(p, weight, ignoreCase: false));
}
