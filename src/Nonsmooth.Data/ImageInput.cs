using Nonsmooth.Tensors;

namespace Nonsmooth.Data;

/// <summary>Images: x is real [N, C, H, W], target [N].</summary>
/// <param name="Shape">The shape of one image.</param>
public sealed record ImageInput(ImageShape Shape) : NetworkInput
{
    /// <inheritdoc/>
    public override TensorType Batch(int batch) => TensorType.Real(new Shape(batch, Shape.Channels, Shape.Height, Shape.Width));

    /// <inheritdoc/>
    public override TensorType Targets(int batch) => TensorType.Index(new Shape(batch));

    /// <summary>For example <c>3x224x224</c>.</summary>
    public override string ToString() => Shape.ToString();
}
