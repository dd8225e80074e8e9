using Nonsmooth.Dictionary;
using Nonsmooth.Programs;

namespace Nonsmooth.Engines.Dialects;

/// <summary>CasADi as it was asked: relu and clip by fmax and fmin, sigmoid by its formula.</summary>
public class CasadiDialect : RectifierAsMaximum
{
    /// <inheritdoc/>
    public override Variable Fmax(Variable x, Variable y) => Maximum(x, y);

    /// <inheritdoc/>
    public override Variable Fmin(Variable x, Variable y) => Minimum(x, y);

    /// <inheritdoc/>
    public override Variable Norm(Variable x, double order) => double.IsPositiveInfinity(order) ? Max(Abs(x)) : base.Norm(x, order);

    /// <inheritdoc/>
    public override Variable Sigmoid(Variable x) => 1.0 / (1.0 + Exp(-x));

    /// <inheritdoc/>
    public override Variable Clip(Variable x, double? lower, double? upper)
    {
        var raised = lower is { } l ? MaximumScalar(x, l) : x;
        return upper is { } u ? Minimum(raised, Full(x, u)) : raised;
    }
}
