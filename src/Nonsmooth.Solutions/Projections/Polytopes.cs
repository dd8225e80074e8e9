using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Solutions;

/// <content>Projections on polyhedra, as quadratic programs.</content>
public static partial class Solve
{
    /// <summary>The projection of z on {Gx ≤ h, Ax = b}.</summary>
    /// <param name="z">n.</param>
    /// <param name="g">m × n.</param>
    /// <param name="h">m; ∞ for no constraint.</param>
    /// <param name="a">p × n.</param>
    /// <param name="b">p.</param>
    /// <remarks>Kinks and errors are those of <see cref="Solutions.QuadraticProgram"/>; the multipliers are those of ½‖x − z‖².</remarks>
    public static Variable Polyhedron(Variable z, Variable g, Variable h, Variable a, Variable b)
    {
        return QuadraticProgram(MatrixFormulas.Identity(z.Builder, z.Shape[^1]), -z, g, h, a, b).Z;
    }

    /// <summary>The projection of a square matrix on the doubly stochastic ones: rows and columns sum to 1, no entry is negative (the Birkhoff polytope).</summary>
    /// <param name="z">…×n×n.</param>
    /// <remarks>Kinks where an entry is 0 and its multiplier too. The last column's sum follows from the others, so at entries that are not 0 enough the multipliers are unique.</remarks>
    public static Variable Birkhoff(Variable z)
    {
        int n = z.Shape[^1];
        return z.Shape[^2] == n && n > 0
            ? Plans(z, z.Builder.Apply(new Fill(new Shape((2 * n) - 1), 1)), (2 * n) - 1)
            : throw new ShapeException($"{z.Name} is {z.Shape}: give square matrices");
    }

    /// <summary>The projection of a matrix on the transport plans between masses: rows sum to a, columns to b, no entry is negative.</summary>
    /// <param name="z">…×n×m.</param>
    /// <param name="a">n, not negative.</param>
    /// <param name="b">m, not negative, of a's sum: else refused as infeasible.</param>
    /// <remarks>Sums of rows and of columns are dependent: the plan has a derivative where it is unique all the same, the multipliers do not (<see cref="SolutionReport"/>).</remarks>
    public static Variable TransportPolytope(Variable z, Variable a, Variable b) => Plans(z, Functions.Concatenate(-1, a, b), z.Shape[^2] + z.Shape[^1]);

    // min ½‖x − z‖² over the first sums, of rows and then of columns, and x ≥ 0.
    private static Variable Plans(Variable z, Variable sums, int count)
    {
        var (n, m) = (z.Shape[^2], z.Shape[^1]);
        int size = n * m;
        var places = Enumerable.Range(0, size).SelectMany(e => new[] { e / m, n + (e % m) }.Where(r => r < count).Append(count + e).Select(r => (r, e)));
        var constraints = SparsePattern.Of(count + size, size, places);
        var builder = z.Builder;
        var batch = sums.Shape[..^1];
        var map = new SparseQuadraticProgram(SparsePattern.Diagonal(size), constraints);
        var results = builder.ApplyAll(
            map,
            builder.Apply(new Fill(new Shape(size), 1)),
            -z.Reshape(z.Shape[..^2].Concat(new Shape(size))),
            builder.Apply(new Fill(new Shape(constraints.Count), 1)),
            Functions.Concatenate(-1, sums, builder.Apply(new Fill(batch.Concat(new Shape(size)), 0))),
            Functions.Concatenate(-1, sums, builder.Apply(new Fill(batch.Concat(new Shape(size)), double.PositiveInfinity))));
        return results[0].Reshape(z.Shape);
    }
}
