using Nonsmooth.Dictionary;
using Nonsmooth.Programs;

namespace Nonsmooth.Engines.Dialects;

/// <summary>The mathematical functions that spellings write: every operation by its definition, whatever an engine composes it of.</summary>
/// <remarks>
/// Values count here, not slopes: a program in this dialect says what a function is near a point. Matrices are 2×2 and by
/// formula. Conventions where engines have several: a median of an even number is the lower one, resizing is by half pixels
/// without antialiasing, the cubic kernel has −0.75, outside an image is 0. What is missing is a surrogate
/// (<c>stop_gradient</c>), or no function of all matrices (a symmetric argument, a factor with a sign to choose).
/// </remarks>
public partial class MathematicalDialect : RootedNorms
{
    /// <inheritdoc/>
    public override Variable Cosh(Variable x) => (Exp(x) + Exp(-x)) * 0.5;

    /// <inheritdoc/>
    public override Variable Acos(Variable x) => Math.PI / 2 - Functions.Asin(x);

    /// <inheritdoc/>
    public override Variable Asinh(Variable x) => Functions.Asinh(x);

    /// <inheritdoc/>
    public override Variable Atan(Variable x) => Functions.Atan(x);

    /// <inheritdoc/>
    public override Variable Atan2(Variable x, Variable y) => Functions.Atan2(x, y);

    /// <inheritdoc/>
    public override Variable Erfc(Variable x) => Functions.Erfc(x);

    /// <inheritdoc/>
    public override Variable Cbrt(Variable x) => Sign(x) * Power(Abs(x), 1.0 / 3);

    /// <inheritdoc/>
    public override Variable Logsigmoid(Variable x) => -Softplus(-x);

    /// <inheritdoc/>
    public override Variable Mish(Variable x) => x * Tanh(Softplus(x));

    /// <inheritdoc/>
    public override Variable Fmax(Variable x, Variable y) => Maximum(x, y);

    /// <inheritdoc/>
    public override Variable Fmin(Variable x, Variable y) => Minimum(x, y);

    /// <inheritdoc/>
    public override Variable Heaviside(Variable x, double v) => Where(x > 0, Full(x, 1), Where(x < 0, Full(x, 0), Full(x, v)));

    /// <inheritdoc/>
    public override Variable Celu(Variable x, double a) => Where(x > 0, x, a * Expm1(x * (1 / a)));

    /// <inheritdoc/>
    public override Variable Threshold(Variable x, double t, double v) => Where(x > t, x, Full(x, v));

    /// <inheritdoc/>
    public override Variable Prelu(Variable x, double a) => Where(x > 0, x, a * x);

    /// <inheritdoc/>
    public override Variable RreluEval(Variable x, double a, double b) => Where(x > 0, x, (a + b) / 2 * x);

    /// <inheritdoc/>
    public override Variable LeakyRelu(Variable x, double slope) => Where(x > 0, x, slope * x);

    /// <inheritdoc/>
    public override Variable Elu(Variable x, double alpha) => Where(x > 0, x, alpha * Expm1(x));

    /// <inheritdoc/>
    public override Variable Hardtanh(Variable x, double lower, double upper) => Clip(x, lower, upper);

    /// <inheritdoc/>
    public override Variable Softshrink(Variable x, double l) => x - Clip(x, -l, l);

    /// <inheritdoc/>
    public override Variable Hardshrink(Variable x, double l) => Where(Abs(x) > l, x, Full(x, 0));

    /// <inheritdoc/>
    public override Variable Softsign(Variable x) => x / (1.0 + Abs(x));

    /// <inheritdoc/>
    public override Variable ClipTensor(Variable x, Variable? lower, Variable? upper)
    {
        var raised = lower is null ? x : Maximum(x, lower);
        return upper is null ? raised : Minimum(raised, upper);
    }

    /// <inheritdoc/>
    public override Variable Hypot(Variable x, Variable y) => Sqrt((x * x) + (y * y));

    /// <inheritdoc/>
    public override Variable Copysign(Variable x, Variable y) => Abs(x) * Sign(y);

    /// <inheritdoc/>
    public override Variable AbsComplex(Variable x) => Abs(x);

    /// <inheritdoc/>
    public override Variable Ceil(Variable x) => -Floor(-x);

    /// <inheritdoc/>
    public override Variable Trunc(Variable x) => Where(x > 0, Floor(x), Ceil(x));

    /// <inheritdoc/>
    public override Variable Frac(Variable x) => x - Trunc(x);

    /// <inheritdoc/>
    public override Variable Remainder(Variable x, Variable y) => x - (y * Floor(x / y));

    /// <inheritdoc/>
    public override Variable Fmod(Variable x, Variable y) => x - (y * Trunc(x / y));

    /// <inheritdoc/>
    public override Variable Xlogy(Variable x, Variable y) => Where(Equal(x, 0), Full(x, 0), x * Log(y));

    /// <inheritdoc/>
    public override Variable Entr(Variable x) => Where(Equal(x, 0), Full(x, 0), -(x * Log(x)));

    /// <inheritdoc/>
    public override Variable Sinc(Variable x) => Where(Equal(x, 0), Full(x, 1), Sin(x * Math.PI) / (x * Math.PI));

    /// <inheritdoc/>
    public override Variable Logaddexp(Variable x, Variable y) => Maximum(x, y) + Log1p(Exp(-Abs(x - y)));

    /// <inheritdoc/>
    public override Variable NanToNum(Variable x) => x + Full(x, 0);

    /// <inheritdoc/>
    public override Variable DivideNoNan(Variable x, Variable y) => Where(Equal(y, 0), Full(x, 0), x / y);
}
