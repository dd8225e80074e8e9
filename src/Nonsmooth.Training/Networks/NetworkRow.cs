namespace Nonsmooth.Training.Networks;

/// <summary>A row of the table of networks.</summary>
/// <param name="Name">The name, or an example of the names it stands for.</param>
/// <param name="Description">One line.</param>
/// <param name="Matches">Whether a name is its.</param>
/// <param name="Create">From the name and what is asked of the network.</param>
public sealed record NetworkRow(
    string Name, string Description, Func<string, bool> Matches, Func<string, NetworkSettings, Network> Create)
{
    /// <summary>A row for one name.</summary>
    internal static NetworkRow Of(string name, string description, Func<NetworkSettings, Network> create) =>
        new(name, description, other => other == name, (_, settings) => create(settings));
}
