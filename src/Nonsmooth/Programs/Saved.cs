using Nonsmooth.Tensors;

namespace Nonsmooth.Programs;

/// <summary>What the backward of an application keeps, as an engine that differentiates node by node keeps it.</summary>
/// <param name="arguments">Positions of the arguments that are kept; null for all.</param>
/// <param name="results">Positions of the results that are kept.</param>
/// <param name="extra">Words that are kept beside values of the program, from the types of arguments and results; null for none.</param>
/// <remarks>Source: complexity specification, 7.5.</remarks>
public sealed class Saved(IReadOnlyList<int>? arguments, IReadOnlyList<int> results, Func<IReadOnlyList<TensorType>, IReadOnlyList<TensorType>, long>? extra = null)
{
    /// <summary>Nothing.</summary>
    public static Saved Nothing { get; } = new([], []);

    /// <summary>The first argument.</summary>
    public static Saved Argument { get; } = new([0], []);

    /// <summary>All arguments.</summary>
    public static Saved Arguments { get; } = new(null, []);

    /// <summary>The first result.</summary>
    public static Saved Result { get; } = new([], [0]);

    /// <summary>Numbers of the values that a node keeps.</summary>
    public IEnumerable<int> Values(Node node) =>
        [.. arguments?.Select(a => node.Arguments[a]) ?? node.Arguments, .. results.Select(r => node.Results[r])];

    /// <summary>Words that are kept beside values.</summary>
    public long Extra(IReadOnlyList<TensorType> argumentTypes, IReadOnlyList<TensorType> resultTypes) => extra?.Invoke(argumentTypes, resultTypes) ?? 0;
}
