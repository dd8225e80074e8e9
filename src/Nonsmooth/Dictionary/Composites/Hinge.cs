using Nonsmooth.Programs;

namespace Nonsmooth.Dictionary;

/// <summary>The mean of max(1 − x·y, 0) for labels y of ±1.</summary>
/// <remarks>Kinks at the margin x·y = 1: the selection of clamp at its bound.</remarks>
public sealed record Hinge : CompositeFunction
{
    /// <inheritdoc/>
    public override string Name => "hinge";

    /// <inheritdoc/>
    protected override FunctionFacts? Facts => new() { Kinks = new KinkStructure.Definition("x·y = 1", Regularity.PathDifferentiable), Saves = Saved.Arguments };

    /// <inheritdoc/>
    protected override IReadOnlyList<Variable> Define(IReadOnlyList<Variable> arguments)
    {
        return [Functions.Clamp(1 - (arguments[0] * arguments[1]), lower: 0).Mean()];
    }
}

public static partial class Functions
{
    /// <summary>The mean of max(1 − x·y, 0) for labels y of ±1.</summary>
    public static Variable Hinge(Variable x, Variable y) => x.Builder.Apply(new Hinge(), x, y);
}
