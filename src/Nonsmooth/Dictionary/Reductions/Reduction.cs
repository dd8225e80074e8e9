using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>What reductions over axes share.</summary>
internal static class Reduction
{
    public static string Attributes(IntVector axes, bool keep) => $"axes={axes}{(keep ? ", keep" : "")}";

    /// <summary>Axes made not negative, sorted; all of them when none is given.</summary>
    public static IntVector Resolve(Shape shape, int[] axes) => axes.Length == 0
        ? Enumerable.Range(0, shape.Rank).ToArray()
        : axes.Select(shape.Axis).Distinct().Order().ToArray();

    public static Shape Result(Shape shape, IntVector axes, bool keep)
    {
        foreach (int axis in axes)
        {
            if (axis < 0 || axis >= shape.Rank)
            {
                throw new ShapeException($"axis {axis} is not an axis of {shape}");
            }
        }

        return keep
            ? new Shape([.. shape.Select((size, i) => axes.Contains(i) ? 1 : size)])
            : new Shape([.. shape.Where((_, i) => !axes.Contains(i))]);
    }

    /// <summary>How many elements make one result.</summary>
    public static long Group(Shape shape, IntVector axes) => axes.Aggregate(1L, (n, axis) => n * shape[axis]);

    /// <summary>How many binary operations the reduction takes.</summary>
    public static long Steps(Shape shape, IntVector axes)
    {
        long results = Result(shape, axes, false).Count64;
        return Math.Max(0, shape.Count64 - results);
    }

    /// <summary>For each element, the position of the result it belongs to.</summary>
    public static int[] Groups(Shape shape, IntVector axes)
    {
        var kept = Result(shape, axes, true).Strides();
        var strides = new int[shape.Rank];
        for (int i = 0; i < strides.Length; i++)
        {
            strides[i] = axes.Contains(i) ? 0 : kept[i];
        }

        return Positions.Of(shape, strides);
    }

    /// <summary>A fold in row-major order; the first element of a group starts it.</summary>
    public static Tensor<T> Fold<T>(Tensor<T> x, IntVector axes, bool keep, T empty, Func<T, T, T> step)
        where T : struct
    {
        var y = new Tensor<T>(Result(x.Shape, axes, keep));
        y.Elements.AsSpan().Fill(empty);
        var started = new bool[y.Elements.Length];
        var groups = Groups(x.Shape, axes);
        for (int i = 0; i < groups.Length; i++)
        {
            int group = groups[i];
            y[group] = started[group] ? step(y[group], x[i]) : x[i];
            started[group] = true;
        }

        return y;
    }

    /// <summary>A function along one axis taken over several: they are brought side by side and made one, and back.</summary>
    public static Variable AsLines(Variable x, IntVector axes, Func<Variable, int, Variable> function)
    {
        if (axes.Count == 1)
        {
            return function(x, axes[0]);
        }

        int[] order = [.. Enumerable.Range(0, x.Shape.Rank).Where(a => !axes.Contains(a)), .. axes];
        int rest = x.Shape.Rank - axes.Count;
        var aside = x.Transpose(order);
        var lines = function(aside.Reshape(aside.Shape[..rest].Concat(new Shape(axes.Aggregate(1, (n, a) => n * x.Shape[a])))), rest);
        return lines.Reshape(aside.Shape).Transpose([.. Enumerable.Range(0, x.Shape.Rank).Select(a => Array.IndexOf(order, a))]);
    }

    /// <summary>Repeats a result, its axes kept or not, over the shape that was reduced.</summary>
    public static Variable Spread(Variable reduced, Shape shape, IntVector axes) =>
        Broadcasting.To(reduced.Reshape(Result(shape, axes, true)), shape);
}
