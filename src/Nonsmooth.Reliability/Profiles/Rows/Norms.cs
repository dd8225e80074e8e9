using Nonsmooth.Tensors;
using static Nonsmooth.Reliability.Profiles.KinkRow;

namespace Nonsmooth.Reliability.Profiles.Rows;

/// <summary>Norms and distances at 0 and at ties.</summary>
internal static class Norms
{
    private const string _group = "Norms";

    private static readonly Shape _matrix = new(2, 2);

    public static IEnumerable<KinkRow> Rows =>
    [
        Of(_group, "norm2@0", "norm.2", 0, 0).Recorded("jax tensorflow autograd pytensor casadi warp"),
        Of(_group, "vector_norm@0", "linalg.norm_fro", 0, 0).Recorded("jax tensorflow autograd pytensor casadi warp") with { RecordedAs = "norm.2" },
        Of(_group, "by_hand@0", "norm.2_sqrt_sum", 0, 0).Seen("jax tensorflow") with { Remark = "∞ · 0 in the chain rule; the norm itself has 0" },
        Of(_group, "norm1@0", "norm.1", 0, 1).Recorded("jax tensorflow pytensor").Recorded("paddle", 0, 0.9999999999989999) with { RecordedAs = "norm1.stack_xy" },
        Of(_group, "norminf@tie", "norm.inf", 2, -2, 1).Recorded("jax tensorflow paddle pytensor casadi"),
        Of(_group, "norminf@0", "norm.inf", 0, 0, 0).Recorded("jax tensorflow paddle autograd pytensor casadi") with { Remark = "JAX's is half of 1/3: its maximum starts from 0, which ties with |x|, and its abs'(0) is 1" },
        Of(_group, "norm0.5@0", "norm.half", 0, 4).Recorded("jax") with { Remark = "the slope in the entry that is 0 is infinite" },
        Of(_group, "cdist@same", "distance.cdist", 1, 1),
        Of(_group, "dist@same", "distance.dist", 1, 1),
        Of(_group, "pairwise_distance@same", "distance.pairwise", 1, 1) with
        {
            Radius = 1e-12,
            Remark = "ε moves the kink away: the slope of a function that is smooth here and has its kink at y − ε",
        },
        Of(_group, "cosine_similarity@0", "cosine_similarity.fixed", 0, 0, 0, 0, 0) with
        {
            Radius = 1e-12,
            Remark = "the true slope of the function that ε made: y / (‖y‖·ε)",
        },
        Of(_group, "normalize@0", "normalize", 0, 0) with
        {
            Radius = 1e-16,
            Remark = "the true slope of the function that ε made: 1/ε",
        },
        Of(_group, "std@equal", "std", 1, 1, 1).Recorded("jax tensorflow pytensor"),
        Of(_group, "svdvals@repeated", "linalg.svdvals", 1, 0, 0, 1) with { Shape = _matrix, Remark = "the sum is smooth although each value is not" },
        Of(_group, "eigvalsh@repeated", "linalg.eigvalsh_sum", 1, 0, 0, 1) with { Shape = _matrix, Remark = "libtorch reads the lower triangle; its gradient is symmetric" },
        Of(_group, "det@singular", "linalg.det", 1, 1, 1, 1) with { Shape = _matrix, Remark = "smooth, with the gradient (1, −1, −1, 1): libtorch returns zeros, a wrong gradient" },
    ];
}
