using Nonsmooth.Programs;

namespace Nonsmooth.Dictionary;

/// <summary>A function that is linear in its first argument; the others, if any, are indices or masks.</summary>
/// <remarks>Its jvp is itself; its vjp is its transpose.</remarks>
public abstract record LinearFunction : ElementaryFunction
{
    /// <inheritdoc/>
    protected override FunctionFacts? Facts => FunctionFacts.Smooth with { Saves = Saved.Nothing, IsPiecewiseLinear = static _ => true };

    /// <inheritdoc/>
    public sealed override IReadOnlyList<Variable?> Jvp(Derivation at, IReadOnlyList<Variable?> tangents) =>
        [tangents[0] is { } t ? at.Builder.Apply(this, [t, .. at.Arguments.Skip(1)]) : null];

    /// <inheritdoc/>
    public sealed override IReadOnlyList<Variable?> Vjp(Derivation at, IReadOnlyList<Variable?> cotangents) =>
    [
        at.Active[0] && cotangents[0] is { } g ? Adjoint(at, g) : null,
        .. at.Arguments.Skip(1).Select(_ => (Variable?)null),
    ];

    /// <summary>The transpose applied to a cotangent of the result.</summary>
    protected abstract Variable Adjoint(Derivation at, Variable cotangent);
}
