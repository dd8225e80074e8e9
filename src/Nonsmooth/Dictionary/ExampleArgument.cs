using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>An argument with which a function of the dictionary can be tried.</summary>
/// <param name="Type">The type.</param>
/// <param name="Low">The least real or index.</param>
/// <param name="High">The bound that reals and indices stay below.</param>
public sealed record ExampleArgument(TensorType Type, double Low, double High)
{
    /// <summary>Reals in [low, high).</summary>
    public static ExampleArgument Reals(Shape shape, double low = -2, double high = 2) => new(shape, low, high);

    /// <summary>Indices in [0, bound).</summary>
    public static ExampleArgument Indices(Shape shape, int bound) => new(TensorType.Index(shape), 0, bound);

    /// <summary>Truth values.</summary>
    public static ExampleArgument Mask(Shape shape) => new(TensorType.Boolean(shape), 0, 2);
}
