using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>y · (g − Σ y·g) along an axis: the derivative of softmax, whose value is y, applied to g.</summary>
/// <param name="Axis">The axis, not negative.</param>
/// <remarks>Arguments y and g of one shape. The Jacobian diag(y) − y yᵀ is symmetric, so g is a tangent or a cotangent.</remarks>
public sealed record SoftmaxGradient(int Axis) : CompositeFunction
{
    /// <inheritdoc/>
    public override string Name => "softmax_gradient";

    /// <inheritdoc/>
    public override string Attributes => $"axis={Axis}";

    /// <inheritdoc/>
    protected override FunctionFacts? Facts => FunctionFacts.Smooth with { Saves = Saved.Arguments };

    /// <inheritdoc/>
    protected override IReadOnlyList<Variable> Define(IReadOnlyList<Variable> arguments)
    {
        var (y, g) = (arguments[0], arguments[1]);
        Check(y, g);
        return [y * (g - (y * g).Sum(true, Axis))];
    }

    internal static void Check(Variable y, Variable g)
    {
        if (y.Type != g.Type)
        {
            throw new ShapeException($"takes two arguments of one shape, y and g, given {y.Type} and {g.Type}");
        }
    }
}
