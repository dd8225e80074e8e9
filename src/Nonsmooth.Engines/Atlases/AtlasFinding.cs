using Nonsmooth.Engines.Judging;

namespace Nonsmooth.Engines.Atlases;

/// <summary>What an atlas says of a cell: the worst of value, slopes and their agreement.</summary>
/// <param name="Id">A word for links and filters.</param>
/// <param name="Said">In a few words.</param>
/// <param name="Mark">One sign, so that colour is not all.</param>
public sealed record AtlasFinding(string Id, string Said, string Mark)
{
    /// <summary>From what says nothing to the worst.</summary>
    public static IReadOnlyList<AtlasFinding> All { get; } =
    [
        new("unjudged", "not judged", "–"),
        new("right", "the derivative, or a Clarke subgradient", "·"),
        new("rounded", "right but for rounding, a moved point or a flushed number", "≈"),
        new("another", "another function's value", "f"),
        new("conservative", "conservative for the spelling, not Clarke's for the function", "c"),
        new("written", "not finite, as the operations are written", "w"),
        new("split", "reverse and forward contradict each other", "⇄"),
        new("outside", "outside every field of the chain rule", "!"),
        new("zero", "zero where the derivative is not", "0"),
        new("notfinite", "NaN or infinite where a finite element exists", "N"),
    ];

    /// <summary>The finding of a cell.</summary>
    public static AtlasFinding Of(JudgedCell cell) => All.First(f => f.Id == Word(cell));

    private static string Word(JudgedCell cell) =>
        cell.Worst == SlopeFinding.NotFinite ? (cell.IsAsWritten ? "written" : "notfinite")
        : cell.Worst == SlopeFinding.Zero ? "zero"
        : cell.Worst == SlopeFinding.Outside ? "outside"
        : cell.IsSplit && !cell.IsAsWritten ? "split"
        : cell.ValueFinding == ValueFinding.NotFinite ? (cell.IsAsWritten ? "written" : "notfinite")
        : cell.Worst == SlopeFinding.Conservative ? "conservative"
        : cell.ValueFinding == ValueFinding.AnotherFunction ? "another"
        : cell.Worst is SlopeFinding.Rounded or SlopeFinding.Moved or SlopeFinding.Flushed ? "rounded"
        : cell.Worst == SlopeFinding.NotJudged ? "unjudged"
        : "right";
}
