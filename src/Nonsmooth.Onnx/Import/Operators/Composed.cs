using Nonsmooth.Dictionary;
using Nonsmooth.Programs;

namespace Nonsmooth.Onnx.Import;

/// <summary>Functions written over those that the dictionary has.</summary>
internal static class Composed
{
    public static Variable Selu(Variable x, double alpha, double gamma) =>
        Math.Abs(alpha - 1.6732632423543772) < 1e-6 && Math.Abs(gamma - 1.0507009873554805) < 1e-6 ? Functions.Selu(x) : Functions.Selu(x, alpha, gamma);

    public static Variable HardSigmoid(Variable x, double alpha, double beta) =>
        Math.Abs(alpha - (1.0 / 6)) < 1e-6 && beta == 0.5 ? Functions.Hardsigmoid(x) : Functions.Hardsigmoid(x, alpha, beta);

    public static Variable Shrink(Variable x, double lambda, double bias)
    {
        if (lambda >= 0 && (bias == 0 || bias == lambda))
        {
            return bias == 0 ? Functions.Hardshrink(x, lambda) : Functions.Softshrink(x, lambda);
        }

        var zero = x.Builder.Apply(new Fill(x.Shape, 0));
        return Functions.Where(Functions.Less(x, -lambda), x + bias, Functions.Where(Functions.Greater(x, lambda), x - bias, zero));
    }
}
