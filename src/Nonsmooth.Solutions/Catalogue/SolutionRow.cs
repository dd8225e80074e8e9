using Nonsmooth.Randomness;
using Nonsmooth.Tensors;

namespace Nonsmooth.Solutions;

/// <summary>A solution map, with problems on which its whole contract can be checked.</summary>
/// <param name="Map">The map.</param>
/// <param name="Draw">Parameters of one random problem, at which the solution is almost surely differentiable; the same shapes each time.</param>
public sealed record SolutionRow(SolutionMap Map, Func<CounterRandom, IReadOnlyList<Tensor<double>>> Draw)
{
    /// <summary>The map's name and attributes.</summary>
    public override string ToString() => Map.Attributes.Length == 0 ? Map.Name : $"{Map.Name}[{Map.Attributes}]";
}
