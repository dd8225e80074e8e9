using Nonsmooth.Engines.Cells;

namespace Nonsmooth.Engines.Deviations;

/// <summary>A named reason why some cells of some recordings differ from their preset's.</summary>
/// <param name="Cause">The kind of reason.</param>
/// <param name="What">The reason, with the right answer where the engine's is wrong.</param>
/// <param name="Recordings">The recordings in which it is seen.</param>
/// <param name="Spellings">The spellings in which it is seen: one, or a family with this one cause.</param>
public sealed record Deviation(
    DeviationCause Cause, string What, IReadOnlyList<string> Recordings, IReadOnlyList<string> Spellings)
{
    private const double _roundingUlps = 1024;

    /// <summary>The kinds of cell that it is for; every kind if empty.</summary>
    public IReadOnlyList<CellKind> Kinds { get; init; } = [];

    /// <summary>The format that it is for; both if null.</summary>
    public string? Format { get; init; }

    /// <summary>The points that it is for; all if empty.</summary>
    public IReadOnlyList<string> Points { get; init; } = [];

    /// <summary>A condition on the cell.</summary>
    public Func<Cell, bool>? When { get; init; }

    /// <summary>Whether it explains why a cell differs.</summary>
    /// <remarks>
    /// A rounding explains only what is within 1024 units in the last place of the larger number, or of 1: unless it names
    /// its points or a condition, where a rounded number lands on the other side of a kink or underflows.
    /// </remarks>
    public bool Explains(string recording, Cell cell) =>
        Recordings.Contains(recording)
        && Spellings.Contains(cell.Spelling)
        && (Kinds.Count == 0 || Kinds.Contains(cell.Kind))
        && (Format is null || Format == cell.Format)
        && (Points.Count == 0 || Points.Contains(cell.Point))
        && (When is null || When(cell))
        && (Cause != DeviationCause.Rounding || Points.Count > 0 || When is not null || IsSmall(cell));

    private static bool IsSmall(Cell cell)
    {
        double size = Math.Max(1, Math.Max(Math.Abs(cell.Recorded), Math.Abs(cell.Ours)));
        double unit = Math.ScaleB(1, cell.Format == "f32" ? -23 : -52);
        return double.IsFinite(size) && Math.Abs(cell.Recorded - cell.Ours) <= _roundingUlps * unit * size;
    }
}
