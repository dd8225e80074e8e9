using Nonsmooth.Arithmetic;
using Nonsmooth.Tensors;

namespace Nonsmooth.Programs;

/// <summary>Evaluates functions that are written to be bound.</summary>
public static class BoundEvaluation
{
    /// <summary>The results for arguments once, in tensors of their own: what <see cref="ElementaryFunction.Evaluate{T}"/> of such a function is.</summary>
    /// <typeparam name="T">The arithmetic.</typeparam>
    /// <param name="function">The function, which is an <see cref="IBindable"/>.</param>
    /// <param name="arguments">The arguments.</param>
    /// <exception cref="ShapeException">The arguments do not fit.</exception>
    public static IReadOnlyList<Tensor> Once<T>(ElementaryFunction function, IReadOnlyList<Tensor> arguments)
        where T : struct, INumeric<T>
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(arguments);
        var types = new TensorType[arguments.Count];
        for (int i = 0; i < types.Length; i++)
        {
            types[i] = new(Kind(arguments[i]), arguments[i].Shape);
        }

        var inferred = function.InferTypes(types);
        var results = new Tensor[inferred.Count];
        for (int r = 0; r < results.Length; r++)
        {
            results[r] = New<T>(inferred[r]);
        }

        ((IBindable)function).Bind<T>(arguments, results)();
        return results;
    }

    /// <summary>A tensor of a type.</summary>
    internal static Tensor New<T>(TensorType type)
        where T : struct, INumeric<T> => type.Kind switch
        {
            ElementKind.Real => new Tensor<T>(type.Shape),
            ElementKind.Index => new Tensor<long>(type.Shape),
            _ => new Tensor<bool>(type.Shape),
        };

    private static ElementKind Kind(Tensor tensor) => tensor switch
    {
        Tensor<long> => ElementKind.Index,
        Tensor<bool> => ElementKind.Boolean,
        _ => ElementKind.Real,
    };
}
