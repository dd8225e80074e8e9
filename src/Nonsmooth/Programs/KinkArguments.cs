using System.Numerics;
using Nonsmooth.Tensors;

namespace Nonsmooth.Programs;

/// <summary>The arguments of a function whose kinks are measured.</summary>
/// <typeparam name="T">The type of the values.</typeparam>
/// <param name="types">The arguments' types.</param>
/// <param name="first">The first argument, row-major.</param>
/// <param name="second">The second argument, row-major; empty without one.</param>
public readonly ref struct KinkArguments<T>(IReadOnlyList<TensorType> types, ReadOnlySpan<T> first, ReadOnlySpan<T> second = default)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The arguments' types.</summary>
    public IReadOnlyList<TensorType> Types { get; } = types;

    /// <summary>The first argument, row-major.</summary>
    public ReadOnlySpan<T> First { get; } = first;

    /// <summary>The second argument, row-major; empty without one.</summary>
    public ReadOnlySpan<T> Second { get; } = second;
}
