using Nonsmooth.Programs;

namespace Nonsmooth.Dictionary;

/// <summary>The mean of |x − y|.</summary>
/// <remarks>Kinks where x = y: the selection of abs.</remarks>
public sealed record L1Loss : CompositeFunction
{
    /// <inheritdoc/>
    public override string Name => "l1";

    /// <inheritdoc/>
    protected override FunctionFacts? Facts => new() { Kinks = new KinkStructure.Definition("x = y", Regularity.PathDifferentiable), Saves = Saved.Arguments };

    /// <inheritdoc/>
    protected override IReadOnlyList<Variable> Define(IReadOnlyList<Variable> arguments)
    {
        return [Functions.Abs(arguments[0] - arguments[1]).Mean()];
    }
}

public static partial class Functions
{
    /// <summary>The mean of |x − y|.</summary>
    public static Variable L1Loss(Variable x, Variable y) => x.Builder.Apply(new L1Loss(), x, y);
}
