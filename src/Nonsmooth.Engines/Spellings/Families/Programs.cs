using Nonsmooth.Dictionary;
using Nonsmooth.Engines.Dialects;
using Nonsmooth.Programs;
using static Nonsmooth.Engines.Spellings.Spelling;

namespace Nonsmooth.Engines.Spellings.Families;

/// <summary>Small programs.</summary>
internal static class Programs
{
    public static IEnumerable<Spelling> Rows =>
    [
        Vector("program.two_layer", "relu_net", static (e, x) => Net(e, e.Relu(e.At(x, 0) + e.At(x, 1)), e.Relu(e.At(x, 0) - e.At(x, 1))), "pair") with { Written = "lambda E, x: (lambda a, b: E.relu(a - b) + E.relu(b - a) + E.relu(a))(E.relu(x[0] + x[1]), E.relu(x[0] - x[1]))" },
        Vector("program.max_affine", "max_affine", static (e, x) => e.Max(e.Stack([e.At(x, 0) + e.At(x, 1), e.At(x, 0) - e.At(x, 1), -e.At(x, 0)])), "pair"),
        Vector("program.abs_diff_relu", "abs_diff_relu", static (e, x) => e.Abs(e.Relu(e.At(x, 0)) - e.Relu(e.At(x, 1))), "pair"),
        Vector("program.mxhilb", "mxhilb", static (e, x) => e.Max(e.Abs(e.Stack([HilbertRow(e, x, 1), HilbertRow(e, x, 2), HilbertRow(e, x, 3)]))), "triple") with { Written = "lambda E, x: E.max(E.abs(E.stack([x[0] + x[1] / 2 + x[2] / 3, x[0] / 2 + x[1] / 3 + x[2] / 4, x[0] / 3 + x[1] / 4 + x[2] / 5])))" },
        Vector("program.chained_lq", "chained_lq", static (e, x) => e.Maximum(-e.At(x, 0) - e.At(x, 1), -e.At(x, 0) - e.At(x, 1) + e.At(x, 0) * e.At(x, 0) + e.At(x, 1) * e.At(x, 1) - 1), "pair"),
        Vector("program.wolfe", "wolfe", static (e, x) => e.Where(e.At(x, 0) >= e.Abs(e.At(x, 1)), 5.0 * e.Sqrt(9.0 * e.Power(e.At(x, 0), 2) + 16.0 * e.Power(e.At(x, 1), 2)), e.Where(e.At(x, 0) > 0, 9.0 * e.At(x, 0) + 16.0 * e.Abs(e.At(x, 1)), 9.0 * e.At(x, 0) + 16.0 * e.Abs(e.At(x, 1)) - e.Power(e.At(x, 0), 9))), "pair"),
        Vector("program.soft_median", "median3_affine", static (e, x) => e.Median(e.Stack([e.At(x, 0), e.At(x, 1), e.At(x, 0) + e.At(x, 1)])), "pair"),
        Vector("program.relu_dead_sqrt", "sqrt_sum_relu", static (e, x) => e.Sqrt(e.Sum(e.Power(e.Relu(x), 2))), "pair"),
        Vector("program.batch_norm_constant", "batch_norm", static (e, x) => (x - e.Mean(x)) * e.Rsqrt(e.Var(x) + 1e-5), "triple"),
        Vector("program.iou", "iou", static (e, x) => Overlap(e, x) / (e.At(x, 2) * e.At(x, 3) + 1.0 - Overlap(e, x)), "box") with { Written = "lambda E, b: (lambda i: i / (b[2] * b[3] + 1.0 - i))((lambda side: side(0) * side(1))(lambda k: E.relu(E.minimum(b[k] + b[k + 2], b[k] * 0 + 1.0) - E.maximum(b[k], b[k] * 0))))" },
        Vector("program.payoff", "payoff", static (e, x) => e.Relu(e.At(x, 0) * e.Exp(e.At(x, 1)) - 1), "pair"),
        Vector("program.barrier", "barrier", static (e, x) => e.Where(e.Maximum(e.At(x, 0), e.At(x, 1)) > 1, e.At(x, 0) * 0, e.Relu(e.At(x, 1) - 0.5)), "pair"),
    ];

    // Σ x_j / (i + j − 1); a division by 1 is left out, as it was written.
    private static Variable HilbertRow(Dialect e, Variable x, int i) =>
        (i == 1 ? e.At(x, 0) : Part(e, x, 0, i)) + Part(e, x, 1, i + 1) + Part(e, x, 2, i + 2);

    private static Variable Part(Dialect e, Variable x, int index, double divisor) => e.At(x, index) / e.Full(e.At(x, index), divisor);

    private static Variable Net(Dialect e, Variable a, Variable b) => e.Relu(a - b) + e.Relu(b - a) + e.Relu(a);

    private static Variable Overlap(Dialect e, Variable x) => Side(e, e.At(x, 0), e.At(x, 2)) * Side(e, e.At(x, 1), e.At(x, 3));

    private static Variable Side(Dialect e, Variable start, Variable size) =>
        e.Relu(e.Minimum(start + size, (start * 0) + 1) - e.Maximum(start, start * 0));
}
