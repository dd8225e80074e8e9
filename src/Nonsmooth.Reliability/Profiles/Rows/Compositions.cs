using static Nonsmooth.Reliability.Profiles.KinkRow;

namespace Nonsmooth.Reliability.Profiles.Rows;

/// <summary>relu spelled otherwise, and programs that are 0.</summary>
internal static class Compositions
{
    private const string _group = "Compositions";

    public static IEnumerable<KinkRow> Rows =>
    [
        Of(_group, "relu2@0", "relu.x_plus_relu_neg", 0).Seen("jax tensorflow") with { Remark = "relu, with another slope at 0" },
        Of(_group, "relu3@0", "relu.half_sum", 0).Seen("jax tensorflow") with { Remark = "relu, with another slope at 0" },
        Of(_group, "zero@0", "zero.thesis", 0).Seen("jax tensorflow") with { Remark = "identically 0, and each term's slope is a Clarke subgradient of the term" },
    ];
}
