using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;
using F = Nonsmooth.Dictionary.Functions;

namespace Nonsmooth.Pretrained.Aten;

/// <summary>Reductions over axes, and running ones.</summary>
internal static class ReductionRows
{
    private const string _moments = "dim=None, unbiased=None, keepdim=False, *, correction=None";

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
        .. new AtenOperator("linalg.matrix_norm", "self, ord='fro', dim=(-2 -1), keepdim=False, *, dtype=None", MatrixNorm).Named("linalg_matrix_norm"),
        new("prod", "self, dim=None, keepdim=False, *, dtype=None", Product),
        new("cumprod", "self, dim, *, dtype=None", call => Shapes.Along(call.Real("self"), call.Integer("dim"), (x, a) => x.CumulativeProduct(a))),
        new("var", $"self, {_moments}", Variance), new("std", $"self, {_moments}", Deviation),
        new("var_mean", $"self, {_moments}", call => [Variance(call), Mean(call)]), new("std_mean", $"self, {_moments}", call => [Deviation(call), Mean(call)]),
        Over("nansum", "dtype=None", (x, keep, axes) => F.Where(F.NotEqual(x, x), 0.0, x).Sum(keep, axes)),
        new("quantile", "self, q, dim=None, keepdim=False, *, interpolation='linear'", Quantile),
        new("dist", "self, other, p=2", call => F.Subtract(call.Real("self"), call.Real("other")).VectorNorm(call.Number("p"), false)),
        .. new AtenOperator("cdist", "x1, x2, p=2, compute_mode=None", call => F.Subtract(
            StructureRows.Unsqueeze(call.Real("x1"), -2), StructureRows.Unsqueeze(call.Real("x2"), -3)).VectorNorm(call.Number("p"), false, -1)).Named("_cdist_forward"),
        new("diff", "self, n=1, dim=-1, prepend=None, append=None", Difference),
        .. new AtenOperator("trapezoid", "self, x=None, *, dx=1, dim=-1", call => Trapezoids(call).Sum(call.Integer("dim"))).Named("trapz"),
        new("cumulative_trapezoid", "self, x=None, *, dx=1, dim=-1", call => Trapezoids(call).CumulativeSum(call.Integer("dim"))),
        new("logcumsumexp", "self, dim", call => Shapes.Along(call.Real("self"), call.Integer("dim"), RunningLogSum)),
        new("any", "self, dim=None, keepdim=False", call => F.NotEqual(Count(call, static m => m), 0.0)), new("all", "self, dim=None, keepdim=False", call => F.Equal(Count(call, F.Not), 0.0)),
        new("norm", "self, p=2, dim=None, keepdim=False, dtype=None", call => Norm(call, "p", 2)),
    ];

    // Pairs of neighbours, then pairs of pairs: no sum of exponentials is ever taken apart from its logarithm.
    private static Variable RunningLogSum(Variable x, int axis)
    {
        int size = x.Shape[axis];
        for (int step = 1; step < size; step *= 2)
        {
            x = F.Concatenate(axis, x.Slice(axis, 0, step), F.LogAddExp(x.Slice(axis, step, size), x.Slice(axis, 0, size - step)));
        }

        return x;
    }

    private static Variable Count(AtenCall call, Func<Variable, Variable> of)
    {
        var mask = of(F.Cast(call.Tensor("self"), ElementKind.Boolean));
        return F.Cast(mask, ElementKind.Real).Sum(call.Flag("keepdim"), call.Axes("dim", mask));
    }

    private static Variable Norm(AtenCall call, string order, double otherwise)
    {
        var x = call.Real("self");
        double p = call[order] is "fro" or null ? otherwise : call[order] is string ? throw call.Lacks("norms of vectors") : call.Number(order);
        return x.VectorNorm(p, call.Flag("keepdim"), call.Axes("dim", x));
    }

    private static Variable MatrixNorm(AtenCall call)
    {
        var x = call.Real("self");
        int[] axes = call.Integers("dim");
        (int rows, int columns) = (x.Shape.Axis(axes[0]), x.Shape.Axis(axes[1]));
        bool keep = call.Flag("keepdim");
        if (call["ord"] is "fro")
        {
            return x.Norm(2, keep, rows, columns);
        }

        double order = call["ord"] is string ? double.NaN : call.Number("ord");
        var sums = F.Abs(x).Sum(true, Math.Abs(order) == 1 ? rows : columns);
        var best = order switch
        {
            1 or double.PositiveInfinity => sums.Max(true, rows, columns),
            -1 or double.NegativeInfinity => sums.Min(true, rows, columns),
            _ => throw call.Lacks("norms of matrices fro, 1, -1, inf and -inf"),
        };
        return keep ? best : best.Sum(rows, columns);
    }

    private static Variable Product(AtenCall call)
    {
        var x = call.Real("self");
        return x.Product(call.Flag("keepdim"), call.Axes("dim", x));
    }

    // Not an axis: whether the count is less by one. Else a correction, 1 where none is said.
    private static (Variable X, double Correction, bool Keep, int[] Axes) Moments(AtenCall call)
    {
        var x = call.Real("self");
        bool only = call["dim"] is bool;
        double correction = only ? (call.Flag("dim") ? 1 : 0) : call.Has("unbiased") ? (call.Flag("unbiased") ? 1 : 0) : call.NumberOrNone("correction") ?? 1;
        return (x, correction, call.Flag("keepdim"), only ? [.. Enumerable.Range(0, x.Shape.Rank)] : call.Axes("dim", x));
    }

    private static Variable Variance(AtenCall call)
    {
        var (x, correction, keep, axes) = Moments(call);
        return x.Variance(correction, keep, axes);
    }

    private static Variable Deviation(AtenCall call)
    {
        var (x, correction, keep, axes) = Moments(call);
        return x.StandardDeviation(correction, keep, axes);
    }

    private static Variable Mean(AtenCall call)
    {
        var (x, _, keep, axes) = Moments(call);
        return x.Mean(keep, axes);
    }

    private static Variable Quantile(AtenCall call)
    {
        var x = call.Real("self");
        var interpolation = call.Text("interpolation") switch
        {
            "linear" => QuantileInterpolation.Linear,
            "lower" => QuantileInterpolation.Lower,
            "higher" => QuantileInterpolation.Higher,
            "midpoint" => QuantileInterpolation.Midpoint,
            "nearest" => QuantileInterpolation.Nearest,
            _ => throw call.Lacks("an interpolation that is known"),
        };
        var q = call.Real("q");
        bool all = !call.Has("dim");
        var line = all || x.Shape.Rank == 0 ? x.Reshape(new(x.Shape.Elements)) : x;
        int axis = all || x.Shape.Rank == 0 ? 0 : x.Shape.Axis(call.Integer("dim"));
        var y = line.Quantile(q, axis, interpolation);
        if (!call.Flag("keepdim"))
        {
            return y;
        }

        var kept = all ? new Shape([.. x.Shape.Select(_ => 1)]) : x.Shape.Rank == 0 ? Shape.Scalar : x.Shape.With(axis, 1);
        return y.Reshape(q.Shape.Concat(kept));
    }

    private static Variable Difference(AtenCall call)
    {
        int axis = call.Real("self").Shape.Axis(call.Integer("dim"));
        if (call.Integer("n") == 0)
        {
            return call.Real("self");
        }

        var parts = new[] { call.RealOrNone("prepend"), call.Real("self"), call.RealOrNone("append") }.OfType<Variable>().ToArray();
        var x = parts.Length == 1 ? parts[0] : F.Concatenate(axis, parts);
        for (int i = 0; i < call.Integer("n") && x.Shape[axis] > 0; i++)
        {
            x = F.Subtract(x.Slice(axis, 1, x.Shape[axis]), x.Slice(axis, 0, x.Shape[axis] - 1));
        }

        return x;
    }

    private static Variable Trapezoids(AtenCall call)
    {
        var y = call.Real("self");
        int axis = y.Shape.Axis(call.Integer("dim"));
        var areas = F.Scale(F.Add(y.Slice(axis, 1, int.MaxValue), y.Slice(axis, 0, -1)), 0.5);
        if (call["x"] is long or double || !call.Has("x"))
        {
            return F.Scale(areas, call.Has("x") ? call.Number("x") : call.Number("dx"));
        }

        var x = call.Real("x");
        x = x.Shape.Rank == 1 ? x.Reshape(new Shape([.. y.Shape.Select((_, i) => i == axis ? x.Shape[0] : 1)])) : x;
        int along = axis - y.Shape.Rank;
        return F.Multiply(areas, F.Subtract(x.Slice(along, 1, int.MaxValue), x.Slice(along, 0, -1)));
    }

    private static AtenOperator Over(string name, string more, Func<Variable, bool, int[], Variable> function) =>
        new(name, $"self, dim=None, keepdim=False{(more.Length > 0 ? $", *, {more}" : "")}", call =>
        {
            var x = call.Real("self");
            return function(x, call.Flag("keepdim"), call.Axes("dim", x));
        });
}
