using Nonsmooth.Dictionary;
using Nonsmooth.Programs;

namespace Nonsmooth.Engines.Dialects;

/// <summary>Clips and their like as a minimum of a maximum, each with a choice of its own: what engines may compose them of.</summary>
public sealed class ComposedDialect : MathematicalDialect
{
    /// <inheritdoc/>
    public override Variable Clip(Variable x, double? lower, double? upper) =>
        ClipTensor(x, lower is { } l ? Full(x, l) : null, upper is { } u ? Full(x, u) : null);

    /// <inheritdoc/>
    public override Variable Relu6(Variable x) => Clip(x, 0, 6);

    /// <inheritdoc/>
    public override Variable Hardsigmoid(Variable x) => Relu6(x + 3) * (1.0 / 6);

    /// <inheritdoc/>
    public override Variable Hardswish(Variable x) => x * Hardsigmoid(x);
}
