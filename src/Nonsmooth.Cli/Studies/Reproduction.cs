namespace Nonsmooth.Cli.Studies;

/// <summary>A published study that the tool repeats.</summary>
/// <param name="Name">What users call it.</param>
/// <param name="What">What was published.</param>
/// <param name="Time">How long it takes on two cores: reduced / full.</param>
internal abstract record Reproduction(string Name, string What, string Time)
{
    /// <summary>Every study. To add one: a row here.</summary>
    public static IReadOnlyList<Reproduction> All { get; } =
        [new MaxPoolVolumes(), new MaxPoolBeta(), new ReluVolumes(), new ReluBug(), new ClampInt4(), new ClampAttack(), new ClampAbsMax()];

    /// <summary>What is repeated and what is less than was published, one sentence each.</summary>
    public abstract IReadOnlyList<string> Says(ReproduceRequest request);

    /// <summary>What is measured, in order; the data are loaded, nothing is measured yet. A part is measured with the request that it is given.</summary>
    public abstract IReadOnlyList<ReproductionPart> Parts(ReproduceRequest request);
}
