using Nonsmooth.Programs;

namespace Nonsmooth.Cost;

/// <summary>Which values a node's backward keeps, by the published convention for autograd engines.</summary>
/// <remarks>
/// Products, convolutions, norms and smooth activations keep their input (tanh, sigmoid and exp their output), ReLU its
/// output, max-pooling its input and an index of two words an output, cross-entropy its log-probabilities, attention q,
/// k, v, its result and one word a row, dropout a mask of one byte an element. A value that several nodes keep, and views of one memory, count once. Source:
/// complexity specification, 7.5.
/// </remarks>
public static class SavedWordRule
{
    /// <summary>The values that the node keeps; its arguments where its function does not say.</summary>
    public static IEnumerable<int> Values(Node node) => (node.Function.Known.Saves ?? Saved.Arguments).Values(node);

    /// <summary>Words that the node keeps beside values of the program.</summary>
    public static long Extra(Program program, Node node) =>
        node.Function.Known.Saves?.Extra(program.ArgumentTypes(node), [.. node.Results.Select(r => program.Types[r])]) ?? 0;
}
