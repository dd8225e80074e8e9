using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;
using F = Nonsmooth.Dictionary.Functions;

namespace Nonsmooth.Pretrained.Aten;

/// <summary>Functions that order: sorting, the largest, medians.</summary>
internal static class OrderRows
{
    public static IEnumerable<AtenOperator> Rows =>
    [
        new("sort", "self, dim=-1, descending=False, *, stable=False", call => Two(call, call.Integer("dim"), (x, a) => x.Sort(a, call.Flag("descending")))),
        new("msort", "self", call => [Two(call, 0, (x, a) => x.Sort(a, false))[0]]),
        new("topk", "self, k, dim=-1, largest=True, sorted=True", call => Two(call, call.Integer("dim"), (x, a) => x.TopK(call.Integer("k"), a, call.Flag("largest")))),
        new("cummax", "self, dim", call => Two(call, call.Integer("dim"), (x, a) => x.CumulativeMaximum(a))),
        new("cummin", "self, dim", call => Two(call, call.Integer("dim"), (x, a) =>
        {
            var (values, indices) = F.Negate(x).CumulativeMaximum(a);
            return (F.Negate(values), indices);
        })),
        new("argmax", "self, dim=None, keepdim=False", call => Best(call, x => x)), new("argmin", "self, dim=None, keepdim=False", call => Best(call, F.Negate)),
        new("max", "self, dim=None, keepdim=False", call => Extreme(call, true)), new("min", "self, dim=None, keepdim=False", call => Extreme(call, false)),
        new("median", "self, dim=None, keepdim=False", call =>
        {
            var x = call.Real("self");
            if (!call.Has("dim"))
            {
                return [x.Reshape(new Shape(x.Shape.Elements)).Median(0).Value];
            }

            return Picked(call, x, a => a.X.Median(a.Axis));
        }),
    ];

    private static IReadOnlyList<Variable?> Extreme(AtenCall call, bool largest)
    {
        var x = call.Real("self");
        if (call["dim"] is Variable)
        {
            var other = call.Real("dim");
            return [largest ? F.Maximum(x, other) : F.Minimum(x, other)];
        }

        if (!call.Has("dim"))
        {
            return [largest ? x.Max() : x.Min()];
        }

        // Along one axis the value is the element at the index that is returned, and has its gradient.
        return Picked(call, x, a =>
        {
            var index = (largest ? a.X : F.Negate(a.X)).ArgMax(a.Axis);
            var picked = F.Gather(a.X, index.Reshape(a.X.Shape.With(a.Axis, 1)), a.Axis);
            return (picked.Reshape(index.Shape), index);
        });
    }

    private static IReadOnlyList<Variable?> Picked(AtenCall call, Variable x, Func<(Variable X, int Axis), (Variable Value, Variable Index)> function)
    {
        if (x.Shape.Rank == 0)
        {
            var (value, index) = function((x.Reshape(new Shape(1)), 0));
            return [value.Reshape(Shape.Scalar), index.Reshape(Shape.Scalar)];
        }

        int axis = x.Shape.Axis(call.Integer("dim"));
        var (values, indices) = function((x, axis));
        return [Shapes.Keep(values, x.Shape, axis, call.Flag("keepdim")), Shapes.Keep(indices, x.Shape, axis, call.Flag("keepdim"))];
    }

    private static Variable Best(AtenCall call, Func<Variable, Variable> sign)
    {
        var x = sign(call.Real("self"));
        if (!call.Has("dim") || x.Shape.Rank == 0)
        {
            var index = x.Reshape(new Shape(x.Shape.Elements)).ArgMax(0);
            return call.Flag("keepdim") ? index.Reshape(new Shape([.. x.Shape.Select(_ => 1)])) : index;
        }

        int axis = x.Shape.Axis(call.Integer("dim"));
        return Shapes.Keep(x.ArgMax(axis), x.Shape, axis, call.Flag("keepdim"));
    }

    private static IReadOnlyList<Variable?> Two(AtenCall call, int dim, Func<Variable, int, (Variable, Variable)> function)
    {
        var x = call.Real("self");
        bool scalar = x.Shape.Rank == 0;
        var (values, indices) = scalar ? function(x.Reshape(new Shape(1)), 0) : function(x, x.Shape.Axis(dim));
        return scalar ? [values.Reshape(Shape.Scalar), indices.Reshape(Shape.Scalar)] : [values, indices];
    }
}
