using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>Bringing arguments to one shape, by explicit nodes.</summary>
public static class Broadcasting
{
    /// <summary>The shape that both broadcast to.</summary>
    /// <exception cref="ShapeException">Some axis differs and is not 1.</exception>
    public static Shape Common(Shape left, Shape right)
    {
        int rank = Math.Max(left.Rank, right.Rank);
        var sizes = new int[rank];
        for (int i = 1; i <= rank; i++)
        {
            int a = i <= left.Rank ? left[^i] : 1;
            int b = i <= right.Rank ? right[^i] : 1;
            sizes[rank - i] = a == b || b == 1 ? a
                : a == 1 ? b
                : throw new ShapeException($"shapes {left} and {right} do not broadcast: axis {rank - i} is {a} and {b}");
        }

        return new Shape(sizes);
    }

    /// <summary>The variable repeated to a shape; itself when it has it.</summary>
    public static Variable To(Variable variable, Shape shape) =>
        variable.Shape.Equals(shape) ? variable : variable.Builder.Apply(new Broadcast(shape), variable);

    /// <summary>Applies a function of two arguments of one shape, broadcasting them first.</summary>
    public static Variable Apply(ElementaryFunction function, Variable left, Variable right)
    {
        Shape common;
        try
        {
            common = Common(left.Shape, right.Shape);
        }
        catch (ShapeException e)
        {
            throw new ShapeException($"{function.Name}({left.Name}, {right.Name}): {e.Message}", e);
        }

        return left.Builder.Apply(function, To(left, common), To(right, common));
    }
}
