using System.Collections.Immutable;

namespace Nonsmooth.Programs;

/// <summary>One application of an elementary function to earlier values.</summary>
/// <param name="Name">Unique in its program; dots separate modules: <c>features.3.relu</c>.</param>
/// <param name="Function">The elementary function.</param>
/// <param name="Arguments">Numbers of the values it is applied to.</param>
/// <param name="Results">Numbers of the values it makes, consecutive.</param>
public sealed record Node(
    string Name, ElementaryFunction Function, ImmutableArray<int> Arguments, ImmutableArray<int> Results)
{
    /// <summary>
    /// Which making of the application this is: 0 for the first, more for those repeated on purpose
    /// (<see cref="ProgramBuilder.Fresh"/>), which no transformation shares with one another.
    /// </summary>
    public int Copy { get; init; }
}
