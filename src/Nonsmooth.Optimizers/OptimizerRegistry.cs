namespace Nonsmooth.Optimizers;

/// <summary>The optimizers by name. To add one: write its file (options, rule, entry) and a row here.</summary>
public static class OptimizerRegistry
{
    /// <summary>All optimizers, in the order to show them.</summary>
    public static IReadOnlyList<OptimizerEntry> All { get; } =
    [
        InnapropOptions.Entry,
        AdamWOptions.Entry,
        DinAdamWOptions.Entry,
        SgdOptions.Entry,
        SgdOptions.NesterovEntry,
        RmspropOptions.Entry,
        AdamOptions.Entry,
        NAdamWOptions.Entry,
        QHAdamOptions.Entry,
        AdEMAMixOptions.Entry,
        AdoptOptions.Entry,
        LionOptions.Entry,
        ScheduleFreeAdamWOptions.Entry,
        MuonOptions.Entry,
        InnaOptions.Entry,
        InnadamOptions.Entry,
        DinadamOptions.Entry,
    ];

    /// <summary>The optimizer of this name, in any case.</summary>
    /// <exception cref="NonsmoothException">There is none.</exception>
    public static OptimizerEntry Find(string name) =>
        All.FirstOrDefault(entry => entry.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new NonsmoothException($"no optimizer '{name}': use one of {string.Join(", ", All.Select(entry => entry.Name))}");
}
