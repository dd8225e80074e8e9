using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Solutions;

/// <content>Sorting and ranking that are continuous: projections on the permutahedron, by a sort and an isotonic regression.</content>
/// <remarks>Source: Blondel, Teboul, Berthet, Djolonga (2020), fast differentiable sorting and ranking, quadratic regularisation.</remarks>
public static partial class Solve
{
    /// <summary>Soft ranks over the last axis: the projection of x/strength on the permutations of 1 to n and what lies between them; the least element has rank 1.</summary>
    /// <param name="x">At least one element an axis.</param>
    /// <param name="strength">No axes, positive. Where neighbours in order are at least this far apart the ranks are exact, and their derivative is 0; with a large one all ranks are (n + 1)/2.</param>
    /// <returns>The shape of x. Where elements tie, so do their ranks: no kink there. Kinks are those of <see cref="Solutions.Isotonic"/>, where blocks meet.
    /// A strength that is not positive is refused when it runs (<see cref="NotFiniteProblemException"/>).</returns>
    public static Variable SoftRank(Variable x, Variable strength)
    {
        var (sorted, order) = (x / Positive(strength)).Sort(-1, descending: true);
        var ranks = Counted(x);
        var projected = sorted - Falling(sorted - ranks);
        return Functions.ScatterAdd(projected, order, x.Shape.Rank - 1, x.Shape[^1]);
    }

    /// <summary>The same with a constant strength.</summary>
    /// <exception cref="OutOfRangeException">The strength is not positive.</exception>
    public static Variable SoftRank(Variable x, double strength) => SoftRank(x, Constant(x, strength));

    /// <summary>The elements of the last axis in ascending order, softly: with a large strength they approach their mean.</summary>
    /// <param name="x">At least one element an axis.</param>
    /// <param name="strength">No axes, positive. Where neighbours in order are at most 1/strength apart the order is exact.</param>
    /// <returns>The shape of x; not descending along the axis. A strength that is not positive is refused when it runs (<see cref="NotFiniteProblemException"/>).</returns>
    public static Variable SoftSort(Variable x, Variable strength)
    {
        var (sorted, _) = (-x).Sort(-1, descending: true);
        var ranks = Counted(x) / Positive(strength);
        return Falling(ranks - sorted) - ranks;
    }

    /// <summary>The same with a constant strength.</summary>
    /// <exception cref="OutOfRangeException">The strength is not positive.</exception>
    public static Variable SoftSort(Variable x, double strength) => SoftSort(x, Constant(x, strength));

    // n, n − 1, …, 1 of every line.
    private static Variable Counted(Variable x) => Broadcasting.To(
        x.Builder.Constant(Tensor.Generate(new Shape(x.Shape[^1]), i => (double)(x.Shape[^1] - i))), x.Shape);

    private static Variable Falling(Variable y) => -Isotonic(-y);

    // Not a number is refused by the regression.
    private static Variable Positive(Variable strength) =>
        Functions.Where(Functions.Less(0 * strength, strength), strength, double.NaN);

    private static Variable Constant(Variable x, double strength) => strength > 0
        ? x.Builder.Apply(new Fill(Shape.Scalar, strength))
        : throw new OutOfRangeException(FormattableString.Invariant($"the strength is {strength}: give a positive number"), strength);
}
