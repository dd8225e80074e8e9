using Nonsmooth.Programs;

namespace Nonsmooth.Dictionary;

/// <summary>The mean of (x − y)².</summary>
public sealed record MeanSquaredError : CompositeFunction
{
    /// <inheritdoc/>
    public override string Name => "mse";

    /// <inheritdoc/>
    protected override FunctionFacts? Facts => FunctionFacts.Smooth with { Saves = Saved.Arguments };

    /// <inheritdoc/>
    protected override IReadOnlyList<Variable> Define(IReadOnlyList<Variable> arguments)
    {
        return [Functions.Square(arguments[0] - arguments[1]).Mean()];
    }
}

public static partial class Functions
{
    /// <summary>The mean of (x − y)².</summary>
    public static Variable MeanSquaredError(Variable x, Variable y) => x.Builder.Apply(new MeanSquaredError(), x, y);
}
