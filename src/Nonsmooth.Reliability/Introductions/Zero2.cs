using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Reliability.Gradients;
using Nonsmooth.Tensors;

namespace Nonsmooth.Reliability.Introductions;

/// <summary>The twin of <see cref="Zero"/> in which the only nonsmooth function is relu.</summary>
/// <remarks>
/// <para>max(a, b) = (a + b)/2 + relu((a − b)/2) + relu((b − a)/2). With relu′(0) = 0 a tie is shared evenly; with the first
/// relu replaced by <c>x ≥ 0 ? x : 0</c>, whose derivative at 0 is 1, it goes to a. The program is the
/// maximum of t·x of the first kind, over pairs and then over the pairs' maxima, less that of the second.</para>
/// <para>So its derivative is that of <see cref="Zero"/> with the opposite sign: +1.5 at t = 0 with
/// <see cref="Zero.Distinct"/>. Source: reliability specification, 3.3.</para>
/// </remarks>
public static class Zero2
{
    /// <summary>The program, a scalar of t and of four elements x.</summary>
    public static Program Program { get; } = Program.Trace(
        (t, x) =>
        {
            var products = t * x;
            return Tournament(products, Functions.Relu) - Tournament(products, Where);
        },
        Shape.Scalar,
        new Shape(4));

    /// <summary>The program at a point, to be differentiated in t.</summary>
    /// <param name="t">The number the elements are multiplied by.</param>
    /// <param name="x">Four numbers.</param>
    public static FixedSubject At(double t, IReadOnlyList<double> x) =>
        new(Program, ["t"], new double[] { t }, x.ToArray());

    private static Variable Tournament(Variable elements, Func<Variable, Variable> first)
    {
        return Larger(
            Larger(Zero.Element(elements, 0), Zero.Element(elements, 1)),
            Larger(Zero.Element(elements, 2), Zero.Element(elements, 3)));

        Variable Larger(Variable a, Variable b) => ((a + b) / 2.0) + first((a - b) / 2.0) + Functions.Relu((b - a) / 2.0);
    }

    private static Variable Where(Variable x) => Functions.Where(Functions.GreaterEqual(x, 0), x, 0);
}
