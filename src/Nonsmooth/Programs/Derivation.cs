using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.Programs;

/// <summary>The application of a function that is being differentiated.</summary>
/// <param name="Builder">Where the derived program is emitted.</param>
/// <param name="Arguments">The primal arguments.</param>
/// <param name="Results">The primal results.</param>
/// <param name="Active">Which arguments depend on what one differentiates with respect to.</param>
/// <param name="Selection">What holds at the kinks of this node.</param>
public sealed record Derivation(
    ProgramBuilder Builder,
    IReadOnlyList<Variable> Arguments,
    IReadOnlyList<Variable> Results,
    IReadOnlyList<bool> Active,
    Selection Selection)
{
    /// <summary>Types of the arguments.</summary>
    public IReadOnlyList<TensorType> ArgumentTypes => [.. Arguments.Select(a => a.Type)];
}
