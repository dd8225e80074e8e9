namespace Nonsmooth.Sources.Tests;

/// <summary>What the rules of <see cref="FolderTests"/> do not hold for, each with its reason.</summary>
internal static class Exceptions
{
    private const string Table = "the table of a folder names the rows below it: to add one is a file there and a row here";

    /// <summary>Uses of one namespace by another that are left out of the graph: who, whose, why.</summary>
    public static IReadOnlyList<(string File, string Namespace, string Reason)> Uses { get; } =
    [
        ("src/Nonsmooth.Engines/Spellings/SpellingCatalogue.cs", "Nonsmooth.Engines.Spellings.Families", Table),
        ("src/Nonsmooth.Engines/Deviations/DeviationTable.cs", "Nonsmooth.Engines.Deviations.Rows", Table),
        ("src/Nonsmooth.Reliability/Traps/TrapRules.cs", "Nonsmooth.Reliability.Traps.Rules", Table),
        ("src/Nonsmooth.Reliability/Profiles/KinkRows.cs", "Nonsmooth.Reliability.Profiles.Rows", Table),
        ("src/Nonsmooth.LibTorch/Execution/Lowering.cs", "Nonsmooth.LibTorch.Execution.Kernels", Table),
    ];
}
