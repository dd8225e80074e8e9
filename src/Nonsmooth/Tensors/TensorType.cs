namespace Nonsmooth.Tensors;

/// <summary>The type of a value in a program: what its elements are and how many.</summary>
/// <param name="Kind">What the elements are.</param>
/// <param name="Shape">The sizes of the axes.</param>
public sealed record TensorType(ElementKind Kind, Shape Shape)
{
    /// <summary>A tensor of reals.</summary>
    public static TensorType Real(Shape shape) => new(ElementKind.Real, shape);

    /// <summary>A tensor of 64-bit integers.</summary>
    public static TensorType Index(Shape shape) => new(ElementKind.Index, shape);

    /// <summary>A tensor of truth values.</summary>
    public static TensorType Boolean(Shape shape) => new(ElementKind.Boolean, shape);

    /// <summary>A shape alone means reals.</summary>
    public static implicit operator TensorType(Shape shape) => Real(shape);

    /// <summary>As in <c>real 128×10</c>.</summary>
    public override string ToString() => Kind switch
    {
        ElementKind.Real => $"real {Shape}",
        ElementKind.Index => $"index {Shape}",
        _ => $"bool {Shape}",
    };
}
