using Nonsmooth.Arithmetic;

namespace Nonsmooth.Cost;

/// <summary>What some nodes do: operations by kind, multiply-adds, bytes read and written.</summary>
/// <param name="Operations">Scalar operations as evaluated.</param>
/// <param name="MultiplyAdds">Multiply-adds of products and convolutions among them.</param>
/// <param name="Bytes">Bytes of the arguments read and the results written; a view moves none.</param>
public readonly record struct Work(OperationCount Operations, MultiplyAdds MultiplyAdds, long Bytes)
{
    /// <summary>Nothing.</summary>
    public static Work Zero => default;

    /// <summary>The sum.</summary>
    public static Work operator +(Work left, Work right) => new(
        left.Operations + right.Operations, left.MultiplyAdds + right.MultiplyAdds, checked(left.Bytes + right.Bytes));
}
