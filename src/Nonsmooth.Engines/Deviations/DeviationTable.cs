using Nonsmooth.Engines.Cells;
using Nonsmooth.Engines.Deviations.Rows;

namespace Nonsmooth.Engines.Deviations;

/// <summary>Every named deviation of a recording from its preset.</summary>
/// <remarks>Tests hold it to the recordings both ways: no cell differs without a name, and no name is without a cell that differs.</remarks>
public static class DeviationTable
{
    /// <summary>The rows, by cause; the first that explains a cell names it.</summary>
    public static IReadOnlyList<Deviation> All { get; } =
        [.. OurChoices.All, .. Inexpressible.All, .. WrongAnswers.All, .. OtherFunctions.All, .. Roundings.All];

    /// <summary>The name of a difference; null where it has none.</summary>
    /// <param name="recording">The recording's name.</param>
    /// <param name="cell">A cell that differs.</param>
    public static Deviation? Of(string recording, Cell cell) => All.FirstOrDefault(d => d.Explains(recording, cell));
}
