using Nonsmooth.Dictionary;
using Nonsmooth.Programs;

namespace Nonsmooth.Engines.Dialects;

/// <summary>tinygrad's compositions.</summary>
/// <remarks>
/// elu and hardsigmoid are differences of two relus; tanh is 2 sigmoid(2x) − 1; selu has its constants to five digits.
/// </remarks>
public sealed class TinygradDialect : Dialect
{
    /// <inheritdoc/>
    public override Variable Elu(Variable x, double alpha) => Relu(x) - (alpha * Relu(1.0 - Exp(x)));

    /// <inheritdoc/>
    public override Variable Celu(Variable x, double a) =>
        MaximumScalar(x, 0) + Minimum(a * (Exp(x * (1 / a)) - 1), Full(x, 0));

    /// <inheritdoc/>
    public override Variable Selu(Variable x) => 1.0507 * Where(x >= 0, x, 1.67326 * (Exp(x) - 1));

    /// <inheritdoc/>
    public override Variable Hardsigmoid(Variable x)
    {
        var line = (x * (1.0 / 6)) + 0.5;
        return Relu(line) - Relu(line - 1);
    }

    /// <inheritdoc/>
    public override Variable Hardswish(Variable x) => x * Relu6(x + 3) * (1.0 / 6);

    /// <inheritdoc/>
    public override Variable Tanh(Variable x) => (2.0 * Sigmoid(2.0 * x)) - 1;

    /// <inheritdoc/>
    public override Variable Softsign(Variable x) => x / (1.0 + Abs(x));
}
