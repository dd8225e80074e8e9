using Nonsmooth.Programs;

namespace Nonsmooth.Dictionary;

/// <summary>A function whose one result is a mask or an index: it has no derivative.</summary>
/// <remarks>Where its arguments are real it jumps, and the label says so; on masks and indices it is locally constant.</remarks>
public abstract record DiscreteFunction : ElementaryFunction
{
    /// <inheritdoc/>
    public sealed override IReadOnlyList<Variable?> Jvp(Derivation at, IReadOnlyList<Variable?> tangents) => [null];

    /// <inheritdoc/>
    public sealed override IReadOnlyList<Variable?> Vjp(Derivation at, IReadOnlyList<Variable?> cotangents) =>
        new Variable?[at.Arguments.Count];
}
