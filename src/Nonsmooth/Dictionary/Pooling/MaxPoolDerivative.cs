using Nonsmooth.Programs;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>What the derivative of a max pooling and its transpose share.</summary>
/// <param name="Pool">The pooling.</param>
/// <param name="Rule">How tied elements share.</param>
/// <remarks>
/// Arguments x, the pooling's index, and a direction in which it is linear. In x it jumps at ties: its own derivative
/// there is 0 almost everywhere, and it has no conservative field. With the rule first only the index is read.
/// </remarks>
public abstract record MaxPoolDerivative(MaxPool2d Pool, TieRule Rule) : ElementaryFunction
{
    /// <inheritdoc/>
    public sealed override string Attributes => $"{Pool.Attributes}, ties {Rule}";

    /// <inheritdoc/>
    protected sealed override FunctionFacts? Facts => new()
    {
        Saves = Saved.Arguments,
        Kinks = new KinkStructure.Jump("jumps in x where the maximum of a window passes to another element"),
    };

    /// <inheritdoc/>
    public sealed override bool DecidesBy(int argument, TensorType type) => argument < 2;

    /// <summary>The transpose in the direction.</summary>
    protected abstract MaxPoolDerivative Transposed { get; }

    /// <inheritdoc/>
    public sealed override IReadOnlyList<Variable?> Jvp(Derivation at, IReadOnlyList<Variable?> tangents) =>
        [tangents[2] is { } t ? at.Builder.Apply(this, at.Arguments[0], at.Arguments[1], t) : null];

    /// <inheritdoc/>
    public sealed override IReadOnlyList<Variable?> Vjp(Derivation at, IReadOnlyList<Variable?> cotangents) =>
    [
        null,
        null,
        at.Active[2] && cotangents[0] is { } g
            ? at.Builder.Apply(Transposed, at.Arguments[0], at.Arguments[1], g)
            : null,
    ];
}
