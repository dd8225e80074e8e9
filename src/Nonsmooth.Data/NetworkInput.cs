using Nonsmooth.Tensors;

namespace Nonsmooth.Data;

/// <summary>What a network takes: the types of a batch of examples and of their targets.</summary>
public abstract record NetworkInput
{
    /// <summary>The type of the input <c>x</c>.</summary>
    /// <param name="batch">Examples at once.</param>
    public abstract TensorType Batch(int batch);

    /// <summary>The type of the input <c>target</c>: class indices, one a row of logits.</summary>
    /// <param name="batch">Examples at once.</param>
    public abstract TensorType Targets(int batch);

    /// <summary>Images of a shape.</summary>
    public static implicit operator NetworkInput(ImageShape shape) => new ImageInput(shape);
}
