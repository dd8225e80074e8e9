using Nonsmooth.Arithmetic;
using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.Solutions;

/// <summary>A convex quadratic program with sparse matrices: x minimising ½xᵀQx + qᵀx over l ≤ Ax ≤ u.</summary>
/// <remarks>
/// <para>Parameters Q (the values of its upper triangle's entries), q (n), A (the values of its entries), l and u (m). Bounds may be infinite;
/// a row with l = u is an equality. Results x (n) and the multipliers y (m), positive at an upper bound, negative at a lower one, with
/// Qx + q + Aᵀy = 0. The state says of each row: 0 between its bounds, 1 and −1 at the upper and lower one, 2 and −2 there with the multiplier 0, 3 an equality. Gradients have the patterns' entries.</para>
/// <para>A row is at a bound, or its multiplier 0, within 1e-9 of the row's own largest term (a hundred times the solver's error where that is more).
/// Rows may be dependent: then x has a derivative where it is unique, the multipliers' is that of the shortest change in scaled units, and
/// <see cref="SolutionDerivative.HasUniqueMultipliers"/> is false. Where x is not unique there is no derivative, with a direction as witness.
/// Kinks where a row at a bound has the multiplier 0. The bound of an equality that a gradient goes to is the one that the multiplier pushes against.</para>
/// <para>Solved by interior points with proximal terms and a sparse LDLᵀ, then by the active rows' own system; counted as
/// <see cref="NominalIterations"/> factorizations. Sources: Pougkakiotis and Gondzio (2021); Amestoy, Davis and Duff (1996); complexity specification, 5.</para>
/// </remarks>
/// <param name="Quadratic">The entries of Q's upper triangle, the diagonal in it.</param>
/// <param name="Constraints">The entries of A.</param>
public sealed record SparseQuadraticProgram(SparsePattern Quadratic, SparsePattern Constraints) : SolutionMap
{
    /// <summary>How many factorizations <see cref="SolutionMap.SolveCount"/> assumes.</summary>
    public const int NominalIterations = 20;

    /// <summary>Where interior points stop: the largest of dual error, primal error and gap, each relative to 1 + its largest term. Default 1e-9.</summary>
    public double Tolerance { get; init; } = 1e-9;

    /// <inheritdoc/>
    public override string Name => "sparse_quadratic_program";

    /// <inheritdoc/>
    public override string Border => "where a row at a bound has the multiplier 0";

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters =>
        [new("Q", 1), new("q", 1), new("A", 1), new("l", 1) { MayBeInfinite = true }, new("u", 1) { MayBeInfinite = true }];

    /// <inheritdoc/>
    public override SolutionShapes Shapes(IReadOnlyList<Shape> parameters)
    {
        var (n, m) = (Constraints.Columns, Constraints.Rows);
        if (Quadratic.Rows != n || Quadratic.Columns != n || Quadratic.Places.Any(p => p.Row > p.Column))
        {
            throw new ShapeException($"Q has {Quadratic}: with {n} unknowns it is {n} x {n}, and only entries on and above the diagonal are given");
        }

        int[] sizes = [Quadratic.Count, n, Constraints.Count, m, m];
        for (int i = 0; i < sizes.Length; i++)
        {
            if (parameters[i][0] != sizes[i])
            {
                throw new ShapeException($"{Parameters[i].Name} has {parameters[i][0]} numbers: it has {sizes[i]}");
            }
        }

        return new([new Shape(n), new Shape(m)], new Shape(m));
    }

    /// <inheritdoc/>
    public override Solution Solve(Problem problem)
    {
        var program = Program(problem);
        return RangedDerivative.Placed(program, RangedSolver.Solve(program, Tolerance));
    }

    /// <inheritdoc/>
    public override SolutionDerivative Differentiate(Problem problem, Solution solution, ActivityRule weak) => new RangedDerivative(Program(problem), solution, weak);

    /// <inheritdoc/>
    public override Refinement Refine(Problem problem, Solution solution)
    {
        var program = Program(problem);
        var near = new RangedPoint(solution.Values[0], solution.Values[1], solution.Iterations, double.PositiveInfinity);
        var exact = RangedActiveSet.Polish(program, near, 1e-15);
        return exact.Error > 1e-12
            ? new(null, false, "no set of active rows near the solution's verifies")
            : new(RangedDerivative.Placed(program, exact), true, "the active rows' system solved, its signs right");
    }

    internal override bool IsConcurrent => true;

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Variable> Equations(SolutionPiece piece)
    {
        var (q, a) = (piece.Parameters[0], piece.Parameters[2]);
        var (x, y) = (piece.Values[0], piece.Values[1]);
        var active = Functions.Or(piece.Is(piece.State, 1, ActivityRule.Active), Functions.Equal(piece.State, 3));
        var bound = Functions.Where(active, Functions.Where(Functions.Less(piece.State, 0), piece.Parameters[3], piece.Parameters[4]), 0);
        var below = Quadratic.Places.Select((p, k) => (Place: p, Index: k)).Where(e => e.Place.Row != e.Place.Column).ToArray();
        var other = Functions.Gather(q, Indices(piece, below.Select(e => e.Index)), 0);
        return
        [
            Product(piece, q, Quadratic.Places, x, Constraints.Columns)
                + Product(piece, other, below.Select(e => (e.Place.Column, e.Place.Row)), x, Constraints.Columns)
                + piece.Parameters[1] + Product(piece, a, Constraints.Places.Select(p => (p.Column, p.Row)), y, Constraints.Columns),
            Functions.Where(active, Product(piece, a, Constraints.Places, x, Constraints.Rows) - bound, y),
        ];
    }

    /// <inheritdoc/>
    public override OperationCount SolveCount(IReadOnlyList<Shape> parameters) => NominalIterations * (System().Cost + (4 * System().SolveCost));

    /// <inheritdoc/>
    public override OperationCount DerivativeCount(IReadOnlyList<Shape> parameters) => System().Cost + (4 * System().SolveCost);

    private RangedSystem System() => new(new(
        Quadratic.With(new double[Quadratic.Count]), new double[Constraints.Columns], Constraints.With(new double[Constraints.Count]), new double[Constraints.Rows], new double[Constraints.Rows]));

    private RangedProgram Program(Problem problem) =>
        new(Quadratic.With(problem.Values[0]), problem.Values[1], Constraints.With(problem.Values[2]), problem.Values[3], problem.Values[4]);

    // The matrix of some entries times a vector.
    private static Variable Product(SolutionPiece piece, Variable entries, IEnumerable<(int Row, int Column)> places, Variable vector, int rows)
    {
        (int Row, int Column)[] all = [.. places];
        return Functions.ScatterAdd(entries * Functions.Gather(vector, Indices(piece, all.Select(p => p.Column)), 0), Indices(piece, all.Select(p => p.Row)), 0, rows);
    }

    private static Variable Indices(SolutionPiece piece, IEnumerable<int> indices)
    {
        long[] all = [.. indices.Select(i => (long)i)];
        return piece.Builder.Constant(Tensor.Of(new Shape(all.Length), all));
    }
}
