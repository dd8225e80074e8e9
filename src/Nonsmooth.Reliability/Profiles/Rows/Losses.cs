using Nonsmooth.Dictionary;
using static Nonsmooth.Reliability.Profiles.Declaration;
using static Nonsmooth.Reliability.Profiles.Rows.Spelling;

namespace Nonsmooth.Reliability.Profiles.Rows;

/// <summary>Losses at their kinks.</summary>
internal static class Losses
{
    private const string _group = "Losses";
    private const long _mean = 1;
    private const string _margins = "S4_RKN3c106ScalarES8_RKSt8optionalIS2_El";

    public static IEnumerable<KinkRow> Rows =>
    [
        new(_group, "l1@0", "l1_loss(x, 0)", [0], static x => x.Call("l1_loss", "", x.One(0), _mean), static x => Functions.L1Loss(x, x.Same(0))) { Jax = Seen },
        new(_group, "smooth_l1@1", "smooth_l1_loss(x, 0, β = 1)", [1], static x => x.Call("smooth_l1_loss", "", x.One(0), _mean, 1.0), static x => Functions.Huber(x, x.Same(0))) { Jax = Seen, TensorFlow = Seen, Remark = "smooth" },
        new(_group, "huber@1", "huber_loss(x, 0, δ = 1)", [1], static x => x.Call("huber_loss", "", x.One(0), _mean, 1.0), static x => Functions.Huber(x, x.Same(0))) { Jax = Seen, Remark = "smooth" },
        new(_group, "hinge@1", "clamp_min(1 − x, 0)", [1], static x => x.Call("neg", "").Plus(x.One(1)).CallScalars("clamp_min", 0), static x => Functions.Hinge(x, x.Same(1)))
        {
            Remark = "TensorFlow has 0 if it is written maximum(0, 1 − x)",
        },
        new(_group, "multi_margin@kink", "multi_margin_loss(x, class 0)", [1, 0], static x => x.Shaped(1, 2).CallSymbol("multi_margin_loss", _margins, x.Whole([0], 1), 1.0, 1.0, null, _mean)),
        new(_group, "hinge_embedding@1", "hinge_embedding_loss(x, −1)", [1], static x => x.Call("hinge_embedding_loss", "", x.One(-1), 1.0, _mean), static x => Functions.Clamp(1 - x, 0)),
        new(_group, "margin_ranking@tie", "margin_ranking_loss(a, b, 1)", [1, 1], static x => x.At(0).Call("margin_ranking_loss", "", x.At(1), x.Constant([1]), 0.0, _mean), Two(static (a, b) => Functions.Clamp(b - a, 0))),
    ];
}
