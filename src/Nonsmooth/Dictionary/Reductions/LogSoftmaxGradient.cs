using Nonsmooth.Programs;

namespace Nonsmooth.Dictionary;

/// <summary>g − eʸ · Σ g along an axis: the transposed derivative of log softmax, whose value is y, applied to g.</summary>
/// <param name="Axis">The axis, not negative.</param>
/// <remarks>Arguments y and g of one shape.</remarks>
public sealed record LogSoftmaxGradient(int Axis) : CompositeFunction
{
    /// <inheritdoc/>
    public override string Name => "log_softmax_gradient";

    /// <inheritdoc/>
    public override string Attributes => $"axis={Axis}";

    /// <inheritdoc/>
    protected override FunctionFacts? Facts => FunctionFacts.Smooth with { Saves = Saved.Arguments };

    /// <inheritdoc/>
    protected override IReadOnlyList<Variable> Define(IReadOnlyList<Variable> arguments)
    {
        var (y, g) = (arguments[0], arguments[1]);
        SoftmaxGradient.Check(y, g);
        return [g - (Functions.Exp(y) * g.Sum(true, Axis))];
    }
}
