using static Nonsmooth.Reliability.Profiles.KinkRow;

namespace Nonsmooth.Reliability.Profiles.Rows;

/// <summary>Order statistics, running extremes and products.</summary>
internal static class Orders
{
    private const string _group = "Order and products";

    private static readonly double[] _low = [1, 1, 2];
    private static readonly double[] _even = [4, 1, 3, 2];

    public static IEnumerable<KinkRow> Rows =>
    [
        Of(_group, "median@even", "median.even", _even).Another("jax tensorflow", 0, 0, 0.5, 0.5) with { Remark = "not a kink: libtorch's median of an even number is the lower one, JAX's and Keras's the midpoint" },
        Of(_group, "median@tie", "median.odd", _low).Recorded("jax tensorflow paddle autograd") with { ProgramIsLibTorch = false, Remark = "without a dimension libtorch averages; the dictionary's is the one with a dimension" },
        Of(_group, "nanmedian@tie", "median.nanmedian", _low),
        Of(_group, "median_dim@tie", "median.axis", _low) with
        {
            ProgramIsLibTorch = false,
            Remark = "libtorch's quickselect leaves entry 1 in the middle; the dictionary gives a tie to the first entry",
        },
        Of(_group, "kthvalue@tie", "min.kthvalue", _low) with { Remark = "the specification names entry 0 without its point; here libtorch's quickselect returns entry 1" },
        Of(_group, "kthvalue2@tie", "kthvalue.2", _low),
        Of(_group, "mode@tie", "mode", _low),
        Of(_group, "quantile@tie", "median.quantile", _low).Recorded("jax tensorflow").Changed("libtorch-2.14"),
        Of(_group, "quantile@even", "median.quantile", _even).Recorded("jax tensorflow") with { Remark = "not a kink" },
        Of(_group, "sort@tie", "sort.dot", _low).Recorded("jax tensorflow paddle") with { RecordedAs = "sort" },
        Of(_group, "topk@tie", "topk.2", 2, 2, 2, 1).Recorded("jax tensorflow") with
        {
            ProgramIsLibTorch = false,
            Remark = "libtorch's partial sort takes entries 1 and 2; the dictionary's topk is stable and takes 0 and 1",
        },
        Of(_group, "cummax@tie", "cummax", 2, 2, 1, 2) with { Remark = "JAX halves at every combination of its tree" },
        Of(_group, "cummin@tie", "cummin", 1, 1, 2, 1),
        Of(_group, "prod@one-zero", "prod", 2, 0, 3) with { Remark = "smooth; exact where dividing by x would not be" },
        Of(_group, "prod@two-zeros", "prod", 0, 0, 3) with { Remark = "smooth" },
        Of(_group, "cumprod@one-zero", "cumprod", 2, 0, 3) with { Remark = "smooth" },
    ];
}
