using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Reliability.Gradients;
using Nonsmooth.Tensors;

namespace Nonsmooth.Reliability.Introductions;

/// <summary>The constant 0 as the difference of two maxima of t·x, whose programs share a tie differently.</summary>
/// <remarks>
/// <para>Inputs t, a number, and x, four of them; output 0 for every t. The first maximum is found by comparing one element
/// after the other and gives all of its derivative to the first that attains it; the second, of the whole tensor,
/// shares it evenly. Both are selections in a conservative Jacobian.</para>
/// <para>With <see cref="Tied"/> all elements tie at every t, so the derivative in t is 0 over the reals and the rounding
/// error of a sum over floats: a compensation. With <see cref="Distinct"/> it is 0 except at t = 0, where it is
/// x₁ − mean(x) = −1.5 in every format: a bifurcation. Source: reliability specification, 3.3.</para>
/// </remarks>
public static class Zero
{
    /// <summary>Four equal numbers: every t is in the compensation zone.</summary>
    public static IReadOnlyList<double> Tied { get; } = [1.14, 1.14, 1.14, 1.14];

    /// <summary>Four different numbers: t = 0 is in the bifurcation zone.</summary>
    public static IReadOnlyList<double> Distinct { get; } = [1, 2, 3, 4];

    /// <summary>The program, a scalar.</summary>
    public static Program Program { get; } = Program.Trace(
        (t, x) =>
        {
            var products = t * x;
            return First(products) - products.Max(0);
        },
        Shape.Scalar,
        new Shape(4));

    /// <summary>The program at a point, to be differentiated in t.</summary>
    /// <param name="t">The number the elements are multiplied by.</param>
    /// <param name="x">Four numbers.</param>
    public static FixedSubject At(double t, IReadOnlyList<double> x) =>
        new(Program, ["t"], new double[] { t }, x.ToArray());

    // if (element > best) best = element
    private static Variable First(Variable elements)
    {
        var best = Element(elements, 0);
        for (int i = 1; i < elements.Shape[0]; i++)
        {
            var element = Element(elements, i);
            best = Functions.Where(Functions.Greater(element, best), element, best);
        }

        return best;
    }

    /// <summary>One element as a scalar.</summary>
    internal static Variable Element(Variable elements, int i) => elements.Slice(0, i, i + 1).Reshape(Shape.Scalar);
}
