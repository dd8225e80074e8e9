using Nonsmooth.Tensors;

namespace Nonsmooth.Cost;

/// <summary>What one node of a program costs, forwards and backwards.</summary>
/// <param name="Name">The node's name; dots separate modules.</param>
/// <param name="Function">The function's name.</param>
/// <param name="Result">The type of its first result.</param>
/// <param name="Forward">Work of its value.</param>
/// <param name="Backward">Work of its vjp, the additions where cotangents meet included.</param>
/// <param name="SavedWords">Words of 4 bytes kept for its backward and not counted at an earlier node, by the convention of <see cref="SavedWordRule"/>.</param>
/// <param name="Kinked">Elements that are compared: ReLU elements, or comparisons of pooling windows.</param>
public sealed record NodeCost(
    string Name, string Function, TensorType Result, Work Forward, Work Backward, long SavedWords, long Kinked);
