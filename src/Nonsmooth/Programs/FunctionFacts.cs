using Nonsmooth.Arithmetic;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.Programs;

/// <summary>What a function says of itself that reading its rule cannot tell; null where it says nothing.</summary>
/// <remarks>What is not said is unknown, and whoever asks says so, by the function's name: never smooth, never no.</remarks>
public sealed record FunctionFacts
{
    /// <summary>A function without kinks.</summary>
    public static FunctionFacts Smooth { get; } = new() { Kinks = new KinkStructure.Smooth() };

    /// <summary>Where the function is not differentiable.</summary>
    public KinkStructure? Kinks { get; init; }

    /// <summary>The keys of the selection that its derivative reads.</summary>
    public IReadOnlyList<SelectionKey>? Keys { get; init; }

    /// <summary>What backward keeps of an application.</summary>
    public Saved? Saves { get; init; }

    /// <summary>The strides of the result where it is a view of its first argument, from that one's shape and strides; null from it for a copy.</summary>
    /// <remarks>Null for functions that write a memory of their own.</remarks>
    public Func<Shape, long[], long[]?>? View { get; init; }

    /// <summary>Whether results are numbers that the arguments and the constants do not hold, so that a format must round them.</summary>
    public bool? Rounds { get; init; }

    /// <summary>The operations of an elementwise rule, as reading told them; null for functions that are not elementwise.</summary>
    public Recording? Recording { get; init; }

    /// <summary>Among how many candidates each result is chosen, by the published count of comparisons; null to count those that are made.</summary>
    public int? Candidates { get; init; }

    /// <summary>What to warn of where arguments have these types, in words that follow the node's name; null from it for nothing.</summary>
    public Func<IReadOnlyList<TensorType>, string?>? Warning { get; init; }

    /// <summary>Whether the function is piecewise linear in the arguments that move, the others held.</summary>
    public Func<IReadOnlyList<bool>, bool>? IsPiecewiseLinear { get; init; }
}
