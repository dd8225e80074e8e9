using System.Numerics;
using Nonsmooth.Tensors;

namespace Nonsmooth.LibTorch.Execution;

/// <summary>The arguments and results of a kernel of one's own.</summary>
/// <typeparam name="T">The type of the numbers.</typeparam>
public readonly unsafe ref struct SpanArguments<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ReadOnlySpan<nint> _arguments;
    private readonly ReadOnlySpan<nint> _results;

    internal SpanArguments(IReadOnlyList<TensorType> argumentTypes, IReadOnlyList<TensorType> resultTypes, ReadOnlySpan<nint> arguments, ReadOnlySpan<nint> results)
    {
        (ArgumentTypes, ResultTypes) = (argumentTypes, resultTypes);
        _arguments = arguments;
        _results = results;
    }

    /// <summary>The types of the arguments.</summary>
    public IReadOnlyList<TensorType> ArgumentTypes { get; }

    /// <summary>The types of the results.</summary>
    public IReadOnlyList<TensorType> ResultTypes { get; }

    /// <summary>An argument's numbers, row-major.</summary>
    public ReadOnlySpan<T> Argument(int index) => new((void*)_arguments[index], ArgumentTypes[index].Shape.Elements);

    /// <summary>Where a result's numbers go, row-major; what is there before is not defined.</summary>
    public Span<T> Result(int index) => new((void*)_results[index], ResultTypes[index].Shape.Elements);
}
