namespace Nonsmooth.Cli.Studies;

/// <summary>Placeholder until measured.</summary>
internal sealed record ClampInt4() : Reproduction("clamp-int4", "four-bit training that depends on the slope of clamp at its bounds", "")
{
    public override IReadOnlyList<string> Says(ReproduceRequest request) => [];

    public override IEnumerable<ReproductionRow> Rows(ReproduceRequest request) => [];
}
