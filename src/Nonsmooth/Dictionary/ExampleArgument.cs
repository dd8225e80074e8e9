using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>An argument with which a function of the dictionary can be tried.</summary>
/// <param name="Type">The type.</param>
/// <param name="Low">The least real or index.</param>
/// <param name="High">The bound that reals and indices stay below.</param>
public sealed record ExampleArgument(TensorType Type, double Low, double High)
{
    /// <summary>The function whose result this argument is, applied to all arguments before it; null for one drawn at random.</summary>
    public ElementaryFunction? Function { get; init; }

    /// <summary>Which result of <see cref="Function"/> it is.</summary>
    public int Result { get; init; }

    /// <summary>Reals in [low, high).</summary>
    public static ExampleArgument Reals(Shape shape, double low = -2, double high = 2) => new(shape, low, high);

    /// <summary>Indices in [0, bound).</summary>
    public static ExampleArgument Indices(Shape shape, int bound) => new(TensorType.Index(shape), 0, bound);

    /// <summary>A result of another function of all arguments before it, as the positions that a pool of them found.</summary>
    /// <param name="function">The function.</param>
    /// <param name="result">Which of its results.</param>
    /// <param name="before">The arguments before it.</param>
    public static ExampleArgument ResultOf(ElementaryFunction function, int result, params ExampleArgument[] before) =>
        new(function.InferTypes([.. before.Select(a => a.Type)])[result], 0, 1) { Function = function, Result = result };

    /// <summary>Truth values.</summary>
    public static ExampleArgument Mask(Shape shape) => new(TensorType.Boolean(shape), 0, 2);
}
