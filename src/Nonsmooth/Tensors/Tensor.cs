namespace Nonsmooth.Tensors;

/// <summary>A dense row-major tensor in managed memory: the interpreter's value.</summary>
public abstract class Tensor
{
    private protected Tensor(Shape shape) => Shape = shape;

    /// <summary>The sizes of the axes.</summary>
    public Shape Shape { get; }

    /// <summary>Creates a tensor over an array, which it keeps.</summary>
    public static Tensor<T> Of<T>(Shape shape, T[] elements)
        where T : struct => new(shape, elements);

    /// <summary>Creates a tensor from a function of the flat position.</summary>
    public static Tensor<T> Generate<T>(Shape shape, Func<int, T> element)
        where T : struct
    {
        var tensor = new Tensor<T>(shape);
        for (int i = 0; i < tensor.Elements.Length; i++)
        {
            tensor.Elements[i] = element(i);
        }

        return tensor;
    }
}

/// <summary>A dense row-major tensor of <typeparamref name="T"/>.</summary>
/// <typeparam name="T">A number, <see cref="long"/> for indices, <see cref="bool"/> for masks.</typeparam>
public sealed class Tensor<T> : Tensor
    where T : struct
{
    /// <summary>Creates a tensor of default elements.</summary>
    public Tensor(Shape shape)
        : this(shape, new T[shape.Elements])
    {
    }

    /// <summary>Creates a tensor over an array of exactly as many elements as the shape has.</summary>
    public Tensor(Shape shape, T[] elements)
        : base(shape)
    {
        if (elements.Length != shape.Count64)
        {
            throw new ShapeException($"{elements.Length} elements do not fill a tensor of shape {shape}: give {shape.Count64}");
        }

        Elements = elements;
    }

    /// <summary>The elements, row-major.</summary>
    public T[] Elements { get; }

    /// <summary>One element by its flat position.</summary>
    public ref T this[int position] => ref Elements[position];
}
