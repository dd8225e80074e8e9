using Nonsmooth.Training.Data;

namespace Nonsmooth.Training.Networks;

/// <summary>A row of the table of networks.</summary>
/// <param name="Name">The name, or an example of the names it stands for.</param>
/// <param name="Description">One line.</param>
/// <param name="Matches">Whether a name is its.</param>
/// <param name="Create">From the name, the shape of an example and the number of classes, null for the usual ones.</param>
public sealed record NetworkRow(
    string Name, string Description, Func<string, bool> Matches, Func<string, ImageShape?, int?, Network> Create);
