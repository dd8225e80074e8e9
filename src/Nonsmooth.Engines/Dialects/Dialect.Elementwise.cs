using Nonsmooth.Dictionary;
using Nonsmooth.Programs;

namespace Nonsmooth.Engines.Dialects;

public partial class Dialect
{
    /// <summary>max(x, 0).</summary>
    public virtual Variable Relu(Variable x) => Functions.Relu(x);

    /// <summary>relu as a layer.</summary>
    public virtual Variable ReluModule(Variable x) => Relu(x);

    /// <summary>relu in place of a copy.</summary>
    public virtual Variable ReluInplace(Variable x) => Relu(x);

    /// <summary>relu by a choice among branches.</summary>
    public virtual Variable ReluSelect(Variable x) => Where(x > 0, x, Full(x, 0));

    /// <summary>|x|.</summary>
    public virtual Variable Abs(Variable x) => Functions.Abs(x);

    /// <summary>|x| under another name.</summary>
    public virtual Variable Fabs(Variable x) => Abs(x);

    /// <summary>The sign.</summary>
    public virtual Variable Sign(Variable x) => Functions.Sign(x);

    /// <summary>The square root.</summary>
    public virtual Variable Sqrt(Variable x) => Functions.Sqrt(x);

    /// <summary>1/√x.</summary>
    public virtual Variable Rsqrt(Variable x) => Functions.Rsqrt(x);

    /// <summary>The exponential.</summary>
    public virtual Variable Exp(Variable x) => Functions.Exp(x);

    /// <summary>The logarithm.</summary>
    public virtual Variable Log(Variable x) => Functions.Log(x);

    /// <summary>log(1 + x).</summary>
    public virtual Variable Log1p(Variable x) => Functions.LogP1(x);

    /// <summary>eˣ − 1.</summary>
    public virtual Variable Expm1(Variable x) => Functions.ExpM1(x);

    /// <summary>The sine.</summary>
    public virtual Variable Sin(Variable x) => Functions.Sin(x);

    /// <summary>The cosine.</summary>
    public virtual Variable Cos(Variable x) => Functions.Cos(x);

    /// <summary>The arc sine.</summary>
    public virtual Variable Asin(Variable x) => Functions.Asin(x);

    /// <summary>The inverse hyperbolic cosine.</summary>
    public virtual Variable Acosh(Variable x) => Functions.Acosh(x);

    /// <summary>The inverse hyperbolic tangent.</summary>
    public virtual Variable Atanh(Variable x) => Functions.Atanh(x);

    /// <summary>The hyperbolic tangent.</summary>
    public virtual Variable Tanh(Variable x) => Functions.Tanh(x);

    /// <summary>x².</summary>
    public virtual Variable Square(Variable x) => Functions.Square(x);

    /// <summary>The error function.</summary>
    public virtual Variable Erf(Variable x) => Functions.Erf(x);

    /// <summary>1/(1 + e⁻ˣ).</summary>
    public virtual Variable Sigmoid(Variable x) => Functions.Sigmoid(x);

    /// <summary>log(1 + eˣ).</summary>
    public virtual Variable Softplus(Variable x) => Functions.Softplus(x);

    /// <summary>The integer part.</summary>
    public virtual Variable Floor(Variable x) => Functions.Floor(x);

    /// <summary>The nearest integer, ties to even.</summary>
    public virtual Variable Round(Variable x) => Functions.Round(x);

    /// <summary>min(max(x, 0), 6).</summary>
    public virtual Variable Relu6(Variable x) => Functions.Relu6(x);

    /// <summary>min(max(x/6 + ½, 0), 1).</summary>
    public virtual Variable Hardsigmoid(Variable x) => Functions.Hardsigmoid(x);

    /// <summary>x · hardsigmoid(x).</summary>
    public virtual Variable Hardswish(Variable x) => Functions.Hardswish(x);

    /// <summary>The scaled exponential unit.</summary>
    public virtual Variable Selu(Variable x) => Functions.Selu(x);

    /// <summary>x above 0, αx below.</summary>
    public virtual Variable LeakyRelu(Variable x, double slope) => Functions.LeakyRelu(x, slope);

    /// <summary>x above 0, α(eˣ − 1) below.</summary>
    public virtual Variable Elu(Variable x, double alpha) => Functions.Elu(x, alpha);

    /// <summary>min(max(x, lower), upper), as an activation.</summary>
    public virtual Variable Hardtanh(Variable x, double lower, double upper) => (lower, upper) == (-1, 1) ? Functions.Hardtanh(x) : Missing("hardtanh of other bounds than ±1");

    /// <summary>min(max(x, lower), upper) for numbers; null for none.</summary>
    public virtual Variable Clip(Variable x, double? lower, double? upper) =>
        Functions.Clamp(x, lower ?? double.NegativeInfinity, upper ?? double.PositiveInfinity);

    /// <summary>min(max(x, lower), upper) for tensors; null for none.</summary>
    public virtual Variable ClipTensor(Variable x, Variable? lower, Variable? upper) => Missing("clamp with tensors as bounds");

    /// <summary>The larger of two.</summary>
    public virtual Variable Maximum(Variable x, Variable y) => Functions.Maximum(x, y);

    /// <summary>The smaller of two.</summary>
    public virtual Variable Minimum(Variable x, Variable y) => Functions.Minimum(x, y);

    /// <summary>The larger of x and a number.</summary>
    public virtual Variable MaximumScalar(Variable x, double y) => Maximum(x, Full(x, y));

    /// <summary>xᵖ, p a number.</summary>
    public virtual Variable Power(Variable x, double exponent) => Functions.Pow(x, exponent);

    /// <summary>aᵇ.</summary>
    public virtual Variable Pow(Variable x, Variable y) => Functions.Pow(x, y);

    /// <summary>x · sigmoid(1.702x).</summary>
    public virtual Variable QuickGelu(Variable x) => x * Sigmoid(1.702 * x);
}
