using Nonsmooth.Engines.Cells;
using static Nonsmooth.Engines.Deviations.CellTests;
using static Nonsmooth.Engines.Deviations.RecordingNames;

namespace Nonsmooth.Engines.Deviations.Rows;

/// <summary>What no selection expresses.</summary>
internal static class Inexpressible
{
    public static IEnumerable<Deviation> All =>
    [
        new(
            DeviationCause.NoSelection,
            "√(x·x) is rewritten as |x|, with |x|'s slope at 0 and no underflow.",
            [.. Casadi, JaxJit, TensorFlowXla, PyTensor],
            ["relu.half_sqrt_square", "abs.sqrt_xx", "abs.sqrt_square", "abs.sqrt_pow2", "abs.pow2_pow_half", "identity.sqrt_square_relu", "zero.abs_minus_sqrt"]),
        new(
            DeviationCause.NoSelection,
            "√(x² + 0²) is rewritten as |x|: no underflow.",
            [TensorFlowXla],
            ["relu.half_hypot", "abs.hypot_0"]),
        new(
            DeviationCause.NoSelection,
            "A partial sort leaves which of the tied entries it will among the greatest.",
            [.. Torch, Paddle],
            ["max.topk", "topk.2", "topk.sum3"]),
        new(
            DeviationCause.NoSelection,
            "A partial sort leaves which of the tied entries it will in the middle.",
            Torch,
            ["median3"]),
        new(
            DeviationCause.NoSelection,
            "A partial sort leaves which of the tied entries it will in the middle.",
            [PyTensor],
            ["median3", "median.odd", "mad.median", "program.soft_median"]),
        new(
            DeviationCause.NoSelection,
            "Sorting is not stable: which tied entry comes first is the algorithm's.",
            [Autograd, PyTensor],
            ["max.sort_last", "min.sort_first", "sort", "sort.gather_argsort"]),
        new(
            DeviationCause.NoSelection,
            "Sorts −0 below 0, so zeros of two signs do not tie.",
            Jax,
            ["relu.topk_of_stack", "topk.2", "topk.sum3"]) { When = HasNegativeZero },
        new(
            DeviationCause.NoSelection,
            "Sorts −0 below 0, so zeros of two signs do not tie.",
            [TensorFlowXla],
            ["relu.topk_of_stack", "maximum.sort_xy", "max.sort_last", "min.sort_first", "median.odd", "median.quantile", "quantile.quarter", "quantile.tenth", "sort", "sort.descending", "sort.gather_argsort", "topk.2", "topk.sum3"]) { When = HasNegativeZero },
        new(
            DeviationCause.NoSelection,
            "A tree of maxima: each combination halves between its tied sides.",
            Jax,
            ["cummax"]),
        new(
            DeviationCause.NoSelection,
            "A maximum over all earlier entries for each position, 1/k to each of k tied.",
            [Tinygrad],
            ["cummax"]),
        new(
            DeviationCause.NoSelection,
            "Forward mode follows another of the tied entries than reverse mode.",
            Jax,
            ["max_pool2d.ceil"]) { Kinds = [CellKind.Forward], Points = ["relu_like"] },
        new(
            DeviationCause.NoSelection,
            "The slope divides by the norm plus 10⁻¹².",
            [Paddle],
            ["relu.norm2_of_stack", "abs.norm1", "abs.norm2", "abs.norm2_pair", "abs.cdist1", "abs.cdist2", "hypot.norm_xy", "norm1.stack_xy", "norm.2", "norm.frobenius_row", "normalize", "normalize.divide", "clip_by_norm.min", "triplet.margin", "cdist.rows", "cdist.rows_1", "linalg.norm_fro"]) { Kinds = [CellKind.Reverse] },
        new(
            DeviationCause.NoSelection,
            "Rewritten as softplus, log softmax or a shifted log Σ exp before it is evaluated: no overflow or underflow.",
            [PyTensor],
            ["softplus.log_1_exp", "log_softmax.log", "logsumexp.plain"]),
        new(
            DeviationCause.NoSelection,
            "With equal bounds clamp takes the slope of its upper bound; here the point is inside.",
            [Warp],
            ["clip.equal_bounds"]),
    ];
}
