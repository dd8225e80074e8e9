using Nonsmooth.Dictionary;
using Nonsmooth.Programs;

namespace Nonsmooth.Engines.Dialects;

/// <summary>TensorFlow's compositions, those of Keras and of its NumPy interface included.</summary>
public sealed class TensorFlowDialect : RootedNorms
{
    /// <inheritdoc/>
    public override Variable Prelu(Variable x, double a) => Maximum(x, Full(x, 0)) + (a * Minimum(x, Full(x, 0)));

    /// <inheritdoc/>
    public override Variable Hardsigmoid(Variable x) => Relu6(x + 3) / Full(x, 6);

    /// <inheritdoc/>
    public override Variable Hardswish(Variable x) => x * Hardsigmoid(x);

    /// <inheritdoc/>
    public override Variable Celu(Variable x, double a) =>
        Maximum(x, Full(x, 0)) + (a * Expm1(Minimum(x, Full(x, 0)) * (1 / a)));

    /// <inheritdoc/>
    public override Variable Mish(Variable x) => x * Tanh(Softplus(x));

    /// <inheritdoc/>
    public override Variable Logsigmoid(Variable x) => -Softplus(-x);

    /// <inheritdoc/>
    public override Variable Hypot(Variable x, Variable y) => Sqrt(Square(x) + Square(y));

    /// <inheritdoc/>
    public override Variable Logaddexp(Variable x, Variable y) => Maximum(x, y) + Log1p(Exp(-Abs(x - y)));

    /// <inheritdoc/>
    public override Variable Sinc(Variable x)
    {
        var scaled = x * Math.PI;
        return Where(Equal(x, 0), Full(x, 1), Sin(scaled) / scaled);
    }

    /// <inheritdoc/>
    public override Variable Normalize(Variable x)
    {
        var square = Sum(Square(x));
        return x * Rsqrt(MaximumScalar(square, 1e-12));
    }

    /// <inheritdoc/>
    public override Variable ClipByNorm(Variable x, double m)
    {
        var square = Sum(x * x);
        var positive = square > 0;
        var norm = Where(positive, Sqrt(Where(positive, square, Full(square, 1))), square);
        return x * m / Maximum(norm, Full(norm, m));
    }

    /// <inheritdoc/>
    public override Variable Median(Variable x) => Quantiles.Linear(this, x, 0.5);

    /// <inheritdoc/>
    public override Variable Quantile(Variable x, double q) => Quantiles.Linear(this, x, q);
}
