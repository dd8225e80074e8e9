using Nonsmooth.Dictionary;
using Nonsmooth.Programs;

namespace Nonsmooth.Onnx.Import;

/// <summary>Functions written over those that the dictionary has.</summary>
internal static class Composed
{
    public static Variable Ceil(Variable x) => -Functions.Floor(-x);

    /// <summary>Towards 0: jumps at integers other than 0.</summary>
    public static Variable Truncate(Variable x) => Functions.Sign(x) * Functions.Floor(Functions.Abs(x));

    public static Variable Tan(Variable x) => Functions.Sin(x) / Functions.Cos(x);

    public static Variable Sinh(Variable x) => 0.5 * (Functions.ExpM1(x) - Functions.ExpM1(-x));

    public static Variable Cosh(Variable x) => 0.5 * (Functions.Exp(x) + Functions.Exp(-x));

    // Of |x|, with the sign put back by a quotient that is smooth: log((x + √(x² + 1))) loses all digits below 0.
    public static Variable Asinh(Variable x)
    {
        var square = Functions.Square(x);
        var negative = Functions.Less(x, 0);
        var size = Functions.Where(negative, -x, x);
        var value = Functions.LogP1(size + (square / (Functions.Sqrt(square + 1) + 1)));
        return Functions.Where(negative, -value, value);
    }

    public static Variable Acosh(Variable x) => Functions.Log(x + Functions.Sqrt((x - 1) * (x + 1)));

    public static Variable Atanh(Variable x) => 0.5 * (Functions.LogP1(x) - Functions.LogP1(-x));

    public static Variable Asin(Variable x) => throw new Refusal("the dictionary has no arcsine");

    public static Variable Acos(Variable x) => throw new Refusal("the dictionary has no arccosine");

    public static Variable Atan(Variable x) => throw new Refusal("the dictionary has no arctangent");

    public static Variable Remainder(Variable a, Variable b) => a - (b * Functions.Floor(a / b));

    /// <summary>What is left of a division, of the sign of the dividend.</summary>
    public static Variable Fmod(Variable a, Variable b) => a - (b * Truncate(a / b));

    public static Variable Softsign(Variable x) => x / (Functions.Abs(x) + 1);

    public static Variable Mish(Variable x) => x * Functions.Tanh(Functions.Softplus(x));

    public static Variable PRelu(Variable x, Variable slope) => Functions.Relu(x) + (slope * Functions.Clamp(x, upper: 0));

    public static Variable Celu(Variable x, double alpha) => alpha == 1 ? Functions.Elu(x) : Functions.Scale(Functions.Elu(Functions.Scale(x, 1 / alpha)), alpha);

    public static Variable Selu(Variable x, double alpha, double gamma) =>
        Math.Abs(alpha - 1.6732632423543772) < 1e-6 && Math.Abs(gamma - 1.0507009873554805) < 1e-6 ? Functions.Selu(x) : Functions.Scale(Functions.Elu(x, alpha), gamma);

    public static Variable HardSigmoid(Variable x, double alpha, double beta) =>
        Math.Abs(alpha - (1.0 / 6)) < 1e-6 && beta == 0.5 ? Functions.Hardsigmoid(x) : Functions.Clamp(Functions.Scale(x, alpha) + beta, 0, 1);

    public static Variable Shrink(Variable x, double lambda, double bias)
    {
        var zero = x.Builder.Apply(new Fill(x.Shape, 0));
        return Functions.Where(Functions.Less(x, -lambda), x + bias, Functions.Where(Functions.Greater(x, lambda), x - bias, zero));
    }
}
