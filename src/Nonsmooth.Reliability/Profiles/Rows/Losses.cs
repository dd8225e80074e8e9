using static Nonsmooth.Reliability.Profiles.KinkRow;

namespace Nonsmooth.Reliability.Profiles.Rows;

/// <summary>Losses at their kinks.</summary>
internal static class Losses
{
    private const string _group = "Losses";

    public static IEnumerable<KinkRow> Rows =>
    [
        Of(_group, "l1@0", "abs.l1_loss", 0).Seen("jax").Recorded("tensorflow paddle"),
        Of(_group, "smooth_l1@1", "smooth_l1", 1).Seen("jax tensorflow").Recorded("paddle") with { Remark = "smooth" },
        Of(_group, "huber@1", "huber", 1).Seen("jax").Recorded("tensorflow paddle") with { Remark = "smooth" },
        Of(_group, "hinge@1", "relu.hinge_clip", 1).Recorded(Everyone.Recorded) with { Remark = "TensorFlow has 0 if it is written maximum(0, 1 − x)" },
        Of(_group, "multi_margin@kink", "multi_margin.label1", 0, 1),
        Of(_group, "hinge_embedding@1", "hinge.embedding", 1),
        Of(_group, "margin_ranking@tie", "hinge.margin_ranking", 1, 1),
    ];
}
