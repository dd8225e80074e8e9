namespace Nonsmooth.Training.Networks;

/// <summary>A row of the table of models.</summary>
/// <param name="Name">The name, or an example of the names it stands for.</param>
/// <param name="Description">One line.</param>
/// <param name="Matches">Whether a name is its.</param>
/// <param name="Create">From the name and what is asked of the model.</param>
public sealed record ModelRow(
    string Name, string Description, Func<string, bool> Matches, Func<string, NetworkSettings, Model> Create)
{
    /// <summary>Whether the model is what it is, whatever the data. Default false.</summary>
    public bool IsFixed { get; init; }

    /// <summary>A row for one name.</summary>
    public static ModelRow Of(string name, string description, Func<NetworkSettings, Model> create) =>
        new(name, description, other => other == name, (_, settings) => create(settings));

    /// <summary>A row for a model as it is.</summary>
    internal static ModelRow Of(Model model) => Of(model.Name, $"your own: {model.Examples}, {model.Loss.Name}", settings => settings.IsUsual
        ? model
        : throw new NonsmoothException($"network '{model.Name}' takes {model.Examples} as it is: leave the shape of its input, classes and tokens out")) with
    {
        IsFixed = true,
    };
}
