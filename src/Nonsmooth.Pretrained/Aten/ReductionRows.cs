using Nonsmooth.Dictionary;
using Nonsmooth.Programs;

namespace Nonsmooth.Pretrained.Aten;

/// <summary>Reductions over axes, and running ones.</summary>
internal static class ReductionRows
{
    public static IEnumerable<AtenOperator> Rows =>
    [
        Over("sum", "dtype=None", (x, keep, axes) => x.Sum(keep, axes)), Over("mean", "dtype=None", (x, keep, axes) => x.Mean(keep, axes)),
        Over("amax", "", (x, keep, axes) => x.Max(keep, axes)), Over("amin", "", (x, keep, axes) => x.Min(keep, axes)),
        Over("logsumexp", "", (x, keep, axes) => x.LogSumExp(keep, axes)),
        new("aminmax", "self, *, dim=None, keepdim=False", call =>
        {
            var x = call.Real("self");
            int[] axes = call.Axes("dim", x);
            return [x.Min(call.Flag("keepdim"), axes), x.Max(call.Flag("keepdim"), axes)];
        }),
        new("cumsum", "self, dim, *, dtype=None", call => Shapes.Along(call.Real("self"), call.Integer("dim"), (x, a) => x.CumulativeSum(a))),
        .. new AtenOperator("linalg.vector_norm", "self, ord=2, dim=None, keepdim=False, *, dtype=None", call => Norm(call, "ord", 2)).Named("linalg_vector_norm"),
        new("norm", "self, p=2, dim=None, keepdim=False, dtype=None", call => Norm(call, "p", 2)),
    ];

    private static Variable Norm(AtenCall call, string order, double otherwise)
    {
        var x = call.Real("self");
        double p = call[order] is "fro" or null ? otherwise : call.Number(order);
        return p is 1 or 2 or double.PositiveInfinity ? x.Norm(p, call.Flag("keepdim"), call.Axes("dim", x)) : throw call.Lacks("norms of order 1, 2 or infinity");
    }

    private static AtenOperator Over(string name, string more, Func<Variable, bool, int[], Variable> function) =>
        new(name, $"self, dim=None, keepdim=False{(more.Length > 0 ? $", *, {more}" : "")}", call =>
        {
            var x = call.Real("self");
            return function(x, call.Flag("keepdim"), call.Axes("dim", x));
        });
}
