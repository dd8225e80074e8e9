using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Data;

/// <summary>A named array of every example.</summary>
/// <param name="Name">Unique among the fields of an example: <c>x</c>.</param>
/// <param name="Type">Real numbers or indices, and the axes of one example.</param>
/// <param name="Role">What it is for: <see cref="InputRole.Data"/>, which a model takes, or <see cref="InputRole.Target"/>, which only a loss sees.</param>
public sealed record Field(string Name, TensorType Type, InputRole Role)
{
    /// <summary>Of indices: all are from 0 to below this, if it is known. Default null.</summary>
    public int? Classes { get; init; }

    /// <summary>Bytes of one example: four a real number, eight an index.</summary>
    public int Bytes => checked(Type.Shape.Elements * (Type.Kind == ElementKind.Real ? sizeof(float) : sizeof(long)));

    /// <summary>Real numbers in a row.</summary>
    public static Field Real(string name, int size, InputRole role = InputRole.Data) => Real(name, new Shape(size), role);

    /// <summary>Real numbers of a shape.</summary>
    public static Field Real(string name, Shape shape, InputRole role = InputRole.Data) => new(name, TensorType.Real(shape), role);

    /// <summary>Indices of a shape, <see cref="Shape.Scalar"/> for one an example.</summary>
    /// <param name="name">The name.</param>
    /// <param name="shape">The axes of one example.</param>
    /// <param name="classes">What all are below; null if that is not known.</param>
    /// <param name="role">What it is for.</param>
    public static Field Index(string name, Shape shape, int? classes = null, InputRole role = InputRole.Data) =>
        new(name, TensorType.Index(shape), role) { Classes = classes };

    /// <summary>The type of so many examples: their number is the outermost axis.</summary>
    public TensorType Batch(int examples) => Type with { Shape = new Shape(examples).Concat(Type.Shape) };

    /// <summary>For example <c>y: real 1</c> or <c>target: index scalar below 10</c>.</summary>
    public override string ToString() => $"{Name}: {Type}{(Classes is { } classes ? $" below {classes}" : "")}";
}
