using Nonsmooth.Tensors;

namespace Nonsmooth.Onnx.Files;

/// <summary>A stored tensor: its elements stay bytes of the file until they are decoded.</summary>
public sealed record OnnxTensor
{
    /// <summary>Its name; empty where it stands in an attribute.</summary>
    public string Name { get; init; } = "";

    /// <summary>The sizes of its axes, as stored: not yet checked.</summary>
    public IReadOnlyList<long> Dims { get; init; } = [];

    /// <summary>What its elements are.</summary>
    public OnnxDataType DataType { get; init; }

    /// <summary>Where its elements are, if not in the model file; they were read with it where that is there.</summary>
    public OnnxExternal? External { get; init; }

    /// <summary>Whether it has its elements: not where the file beside the model that holds them was not there.</summary>
    public bool IsPresent => External is null || Bytes.Length > 0 || Dims.Contains(0);

    /// <summary>The byte strings of a tensor of texts.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Texts { get; init; } = [];

    internal OnnxPayload Payload { get; init; }

    internal ReadOnlyMemory<byte> Bytes { get; init; }

    internal IReadOnlyList<ReadOnlyMemory<byte>> Others { get; init; } = [];

    /// <summary>The shape.</summary>
    /// <exception cref="OnnxException">A size is negative or larger than a program's axis may be.</exception>
    public Shape Shape
    {
        get
        {
            foreach (long size in Dims)
            {
                if (size is < 0 or > int.MaxValue)
                {
                    throw new OnnxException($"tensor '{Name}' has an axis of size {size}: sizes are from 0 to {int.MaxValue}");
                }
            }

            try
            {
                return new Shape([.. Dims.Select(d => (int)d)]);
            }
            catch (ShapeException e)
            {
                throw new OnnxException($"tensor '{Name}': {e.Message}", e);
            }
        }
    }

    /// <summary>The elements of a tensor of real numbers or integers as real numbers, each exactly.</summary>
    /// <exception cref="OnnxException">The elements do not fill the shape, or are no numbers.</exception>
    public Tensor<double> ToReals() => OnnxDecoding.Reals(this);

    /// <summary>The elements of a tensor of real numbers in 32 bits: exactly, but for those stored in 64.</summary>
    /// <exception cref="OnnxException">The elements do not fill the shape, or are no real numbers.</exception>
    public Tensor<float> ToFloats() => OnnxDecoding.Floats(this);

    /// <summary>The elements as a program takes them: <see cref="Tensor{T}"/> of double, of long or of bool.</summary>
    /// <exception cref="OnnxException">The elements are absent or do not fill the shape; they are texts or complex numbers; one is above 2⁶³ − 1.</exception>
    public Tensor ToTensor() => DataType.Kind() switch
    {
        ElementKind.Real => OnnxDecoding.Reals(this),
        ElementKind.Index => OnnxDecoding.Indices(this),
        ElementKind.Boolean => OnnxDecoding.Truths(this),
        _ => throw new OnnxException($"tensor '{Name}' holds {DataType}, which is not supported: real numbers, integers and truth values are"),
    };

    /// <summary>A tensor of 32-bit floats, of 64-bit floats, of 64-bit integers or of truth values.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">The elements: float, double, long or bool.</param>
    /// <exception cref="NonsmoothException">The elements are of another type.</exception>
    public static OnnxTensor Of(string name, Tensor value) => OnnxDecoding.Encode(name, value);

    /// <summary>The same tensor with other elements, rounded to the type it is stored in.</summary>
    /// <param name="value">Of the same shape: float or double.</param>
    /// <exception cref="OnnxException">The shape is another, or the type is not f32, f64, f16 or bf16.</exception>
    public OnnxTensor With(Tensor value) => OnnxDecoding.Encode(this, value);
}
