namespace Nonsmooth.Optimizers;

/// <summary>The optimizers by name. To add one to the library: write its file (options, rule, entry) and a row here; from outside, <see cref="Register"/>.</summary>
public static class OptimizerRegistry
{
    private static readonly Registry<OptimizerEntry> _entries = new(
        "optimizer",
        entry => entry.Name,
        InnapropOptions.Entry,
        AdamWOptions.Entry,
        DinAdamWOptions.Entry,
        SgdOptions.Entry,
        SgdOptions.NesterovEntry,
        RmspropOptions.Entry,
        AdagradOptions.Entry,
        AdadeltaOptions.Entry,
        RpropOptions.Entry,
        AdamOptions.Entry,
        AmsGradOptions.Entry,
        AdamaxOptions.Entry,
        RAdamOptions.Entry,
        AdaBeliefOptions.Entry,
        YogiOptions.Entry,
        NAdamWOptions.Entry,
        QHAdamOptions.Entry,
        AdEMAMixOptions.Entry,
        AdoptOptions.Entry,
        LionOptions.Entry,
        ScheduleFreeAdamWOptions.Entry,
        MuonOptions.Entry,
        InnaOptions.Entry,
        InnadamOptions.Entry,
        DinadamOptions.Entry);

    /// <summary>All optimizers, in the order to show them.</summary>
    public static IReadOnlyList<OptimizerEntry> All => _entries.All;

    /// <summary>Adds an optimizer.</summary>
    /// <exception cref="NonsmoothException">The name is empty or taken.</exception>
    public static void Register(OptimizerEntry entry) => _entries.Register(entry);

    /// <summary>The optimizer of this name, in any case.</summary>
    /// <exception cref="NonsmoothException">There is none.</exception>
    public static OptimizerEntry Find(string name) => _entries.Find(name);
}
