using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Engines.Dialects;

/// <summary>The operations that spellings are written with, and what each is in functions of the dictionary.</summary>
/// <remarks>
/// Here each operation is the dictionary's function of that name, or, where it is smooth and defined by a formula, the
/// formula; a <see cref="MissingFunctionException"/> where there is neither. An engine that composes an operation of others
/// (by its public definition, or by how it was asked when it was recorded) overrides it: see the dialects of this folder.
/// Names and meanings are those of the recordings' list of spellings.
/// </remarks>
public partial class Dialect
{
    /// <summary>The dictionary's own functions.</summary>
    public static Dialect Standard { get; } = new();

    /// <summary>A constant of x's shape.</summary>
    public virtual Variable Full(Variable x, double value) => x.Builder.Apply(new Dictionary.Fill(x.Shape, value));

    /// <summary>A constant vector.</summary>
    public virtual Variable Constant(Variable x, IReadOnlyList<double> values) => Stack([.. values.Select(v =>
        x.Builder.Apply(new Dictionary.Fill(Shape.Scalar, v)))]);

    /// <summary>A vector of ones but for one 0.</summary>
    public virtual Variable OneCold(Variable x, int zero) => Constant(x, [.. Enumerable.Range(0, x.Shape[0]).Select(i => i == zero ? 0.0 : 1)]);

    /// <summary>The operation is missing.</summary>
    protected static Variable Missing(string function) => throw new MissingFunctionException(function);
}
