using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Pretrained.Aten;

/// <summary>Shapes as ATen's operators take them.</summary>
internal static class Shapes
{
    /// <summary>A function along an axis, of a scalar as of a line of one.</summary>
    public static Variable Along(Variable x, int dim, Func<Variable, int, Variable> function) =>
        x.Shape.Rank > 0 ? function(x, x.Shape.Axis(dim)) : function(x.Reshape(new Shape(1)), 0).Reshape(Shape.Scalar);

    /// <summary>The axes of the result of a reduction along one axis made to stay or go.</summary>
    public static Variable Keep(Variable reduced, Shape shape, int axis, bool keep) =>
        reduced.Reshape(keep ? shape.With(axis, 1) : new Shape([.. shape.Where((_, i) => i != axis)]));

    /// <summary>Sizes of which one may be −1, for what is left.</summary>
    public static Shape Resolve(int[] sizes, Shape from)
    {
        int free = Array.IndexOf(sizes, -1);
        if (free < 0)
        {
            return new Shape(sizes);
        }

        long others = sizes.Where((_, i) => i != free).Aggregate(1L, (n, s) => n * s);
        int[] whole = [.. sizes];
        whole[free] = others == 0 ? 0 : (int)(from.Count64 / others);
        return new Shape(whole);
    }

    /// <summary>The shape that all broadcast to.</summary>
    public static Shape Common(params Variable[] tensors) => tensors.Select(t => t.Shape).Aggregate(Broadcasting.Common);

    /// <summary>Numbers for rows and columns; one stands for both.</summary>
    public static Pair? Pair(AtenCall call, string name) => call.Integers(name) switch
    {
        [] => null,
        [int both] => both,
        [int rows, int columns] => (rows, columns),
        _ => throw call.Lacks($"two numbers for {name}"),
    };

    /// <summary>A function of planes [N, C, H, W], of one image [C, H, W] too.</summary>
    public static Variable Batched(Variable x, int rank, Func<Variable, Variable> function)
    {
        if (x.Shape.Rank != rank - 1)
        {
            return function(x);
        }

        var y = function(x.Reshape(new Shape(1).Concat(x.Shape)));
        return y.Reshape(y.Shape[1..]);
    }
}
