using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>Checks of argument types, with messages that say which argument is wrong.</summary>
internal static class Check
{
    public static IReadOnlyList<TensorType> Reals(IReadOnlyList<TensorType> arguments, int count)
    {
        Arity(arguments, count);
        for (int i = 0; i < count; i++)
        {
            Kind(arguments, i, ElementKind.Real);
        }

        return arguments;
    }

    /// <summary>So many reals of one shape; their common type.</summary>
    public static TensorType Alike(string function, IReadOnlyList<TensorType> arguments, int count = 2)
    {
        Reals(arguments, count);
        return arguments.All(a => a == arguments[0])
            ? arguments[0]
            : throw new ShapeException(
                $"{function} takes {count} arguments of one shape, given {string.Join(" and ", arguments.Select(a => a.Shape))}");
    }

    public static void Arity(IReadOnlyList<TensorType> arguments, int count)
    {
        if (arguments.Count != count)
        {
            throw new ShapeException($"takes {count} arguments, given {arguments.Count}");
        }
    }

    public static Shape Kind(IReadOnlyList<TensorType> arguments, int argument, ElementKind kind) =>
        arguments[argument].Kind == kind
            ? arguments[argument].Shape
            : throw new ShapeException($"argument {argument} must be {kind.ToString().ToLowerInvariant()}, given {arguments[argument]}");

    public static Shape Rank(IReadOnlyList<TensorType> arguments, int argument, int rank) =>
        arguments[argument].Shape.Rank == rank
            ? arguments[argument].Shape
            : throw new ShapeException($"argument {argument} must have {rank} axes, given {arguments[argument].Shape}");
}
