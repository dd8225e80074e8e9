using Nonsmooth.Dictionary;
using static Nonsmooth.LibTorch.Autograd.AutogradArgument;
using static Nonsmooth.Reliability.Profiles.Declaration;
using static Nonsmooth.Reliability.Profiles.Rows.Spelling;

namespace Nonsmooth.Reliability.Profiles.Rows;

/// <summary>Order statistics, running extremes and products.</summary>
internal static class Orders
{
    private const string _group = "Order and products";

    private static readonly double[] _low = [1, 1, 2];

    public static IEnumerable<KinkRow> Rows =>
    [
        new(_group, "median@even", "median(x)", [4, 1, 3, 2], Op("median"), static x => x.Median().Value) { Jax = Recorded.As(0, 0, 0.5, 0.5) with { OfAnotherFunction = true }, TensorFlow = Recorded.As(0, 0, 0.5, 0.5) with { OfAnotherFunction = true }, Remark = "not a kink: libtorch's median of an even number is the lower one, JAX's and Keras's the midpoint" },
        new(_group, "median@tie", "median(x)", _low, Op("median"), static x => x.Median().Value) { ProgramIsLibTorch = false, Remark = "without a dimension libtorch averages; the dictionary's is the one with a dimension" },
        new(_group, "nanmedian@tie", "nanmedian(x)", _low, Op("nanmedian")),
        new(_group, "median_dim@tie", "median(x, dim)", _low, static x => x.CallMany("median", "dim", 2, 0, false)[0], static x => x.Median().Value)
        {
            ProgramIsLibTorch = false,
            Remark = "libtorch's quickselect leaves entry 1 in the middle; the dictionary gives a tie to the first entry",
        },
        new(_group, "kthvalue@tie", "kthvalue(x, 1)", _low, static x => x.CallMany("kthvalue", "", 2, 1, 0, false)[0]) { Remark = "the specification names entry 0 without its point; here libtorch's quickselect returns entry 1" },
        new(_group, "kthvalue2@tie", "kthvalue(x, 2)", _low, static x => x.CallMany("kthvalue", "", 2, 2, 0, false)[0]),
        new(_group, "mode@tie", "mode(x)", _low, static x => x.CallMany("mode", "", 2, 0, false)[0]),
        new(_group, "quantile@tie", "quantile(x, 0.5)", _low, static x => x.Call("quantile", "", x.One(0.5), Some(0), false, Text("linear"))),
        new(_group, "quantile@even", "quantile(x, 0.5)", [4, 1, 3, 2], static x => x.Call("quantile", "", x.One(0.5), Some(0), false, Text("linear"))) { Remark = "not a kink" },
        new(_group, "sort@tie", "(1, 2, 3) · sort(x)", _low, static x => x.CallMany("sort", "stable", 2, Some(true), 0, false)[0].Call("mul", "Tensor", x.Constant([1, 2, 3], 3)), static x => x.Sort().Values.At(0) + (2 * x.Sort().Values.At(1)) + (3 * x.Sort().Values.At(2))),
        new(_group, "topk@tie", "topk(x, 2)", [2, 2, 2, 1], static x => x.CallMany("topk", "", 2, 2, 0, true, true)[0], static x => x.TopK(2).Values)
        {
            ProgramIsLibTorch = false,
            Remark = "libtorch's partial sort takes entries 1 and 2; the dictionary's topk is stable and takes 0 and 1",
        },
        new(_group, "cummax@tie", "cummax(x)", [2, 2, 1, 2], static x => x.CallMany("cummax", "", 2, 0)[0], static x => x.CumulativeMaximum().Values) { Remark = "JAX halves at every combination of its tree" },
        new(_group, "cummin@tie", "cummin(x)", [1, 1, 2, 1], static x => x.CallMany("cummin", "", 2, 0)[0]),
        new(_group, "prod@one-zero", "prod(x)", [2, 0, 3], static x => x.Call("prod", "", None)) { Remark = "smooth; exact where dividing by x would not be" },
        new(_group, "prod@two-zeros", "prod(x)", [0, 0, 3], static x => x.Call("prod", "", None)) { Remark = "smooth" },
        new(_group, "cumprod@one-zero", "cumprod(x)", [2, 0, 3], static x => x.Call("cumprod", "", 0, None)) { Remark = "smooth" },
    ];
}
