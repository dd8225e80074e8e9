using Nonsmooth.Arithmetic;
using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.Solutions;

/// <summary>Entropic optimal transport: P minimising ⟨cost, P⟩ + ε·ΣP(log P − 1) over plans with the marginals a and b.</summary>
/// <remarks>
/// <para>Parameters cost (n × m), a (n), b (m), all masses positive, and ε (no axes, positive). Results the plan P (n × m) and the potentials f (n) and g (m),
/// P_ij = exp((f_i + g_j − cost_ij)/ε), of which only f_i + g_j is determined: the last of g is 0. The state has no elements.</para>
/// <para>The masses must agree within <see cref="Mismatch"/>; b is scaled to a's, so that cotangents of b sum to 0 over b. The derivative solves the system of the
/// marginals, [diag(a), P; Pᵀ, diag(b)] without its last row and column.</para>
/// <para>No kinks. Sinkhorn's iteration in the log domain, then Newton's method on the same system. Counts: <see cref="NominalIterations"/> iterations and a solve of size
/// n + m − 1. Source: Cuturi (2013); Peyré and Cuturi (2019), 4.4; the implicit derivative as in Eisenberger et al. (2022).</para>
/// </remarks>
public sealed record EntropicTransport : SolutionMap
{
    /// <summary>How many iterations <see cref="SolutionMap.SolveCount"/> assumes.</summary>
    public const int NominalIterations = 100;

    /// <summary>The largest error of a marginal, of the mass. Default 1e-13.</summary>
    public double Tolerance { get; init; } = 1e-13;

    /// <summary>How much the masses of a and b may differ, of a's. Default 1e-6, so that rounded masses pass.</summary>
    public double Mismatch { get; init; } = 1e-6;

    /// <inheritdoc/>
    public override string Name => "entropic_transport";

    /// <inheritdoc/>
    public override string Border => "none";

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => [new("cost", 2), new("a", 1), new("b", 1), new("epsilon", 0)];

    /// <inheritdoc/>
    public override SolutionShapes Shapes(IReadOnlyList<Shape> parameters)
    {
        var (cost, a, b) = (parameters[0], parameters[1], parameters[2]);
        return cost.Elements > 0 && cost[0] == a[0] && cost[1] == b[0]
            ? new([cost, a, b], new Shape(0))
            : throw new ShapeException($"cost is {cost}, a has {a[0]} elements and b {b[0]}: give a row for each of a and a column for each of b, at least one");
    }

    /// <inheritdoc/>
    public override Solution Solve(Problem problem)
    {
        CheckMasses(problem);
        return new Sinkhorn(problem).Solve(Tolerance);
    }

    /// <inheritdoc/>
    public override SolutionDerivative Differentiate(Problem problem, Solution solution, ActivityRule weak) => new TransportDerivative(problem, solution);

    /// <inheritdoc/>
    public override Refinement Refine(Problem problem, Solution solution) => new(new Sinkhorn(problem).Newton(solution), false, "two Newton steps");

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Variable> Equations(SolutionPiece piece)
    {
        var (cost, a, b, epsilon) = (piece.Parameters[0], piece.Parameters[1], piece.Parameters[2], piece.Parameters[3]);
        var (plan, f, g) = (piece.Values[0], piece.Values[1], piece.Values[2]);
        var (n, m) = (cost.Shape[0], cost.Shape[1]);
        var columns = plan.Sum(0) - (b * (a.Sum() / b.Sum()));
        return
        [
            plan - Functions.Exp((f.Reshape(new Shape(n, 1)) + g.Reshape(new Shape(1, m)) - cost) / epsilon),
            plan.Sum(1) - a,
            Functions.Concatenate(0, columns.Slice(0, 0, m - 1), g.Slice(0, m - 1, m)),
        ];
    }

    /// <inheritdoc/>
    public override OperationCount SolveCount(IReadOnlyList<Shape> parameters)
    {
        var (n, m) = ((long)parameters[0][0], (long)parameters[0][1]);
        return (NominalIterations * (OperationCount.Of(ScalarOperation.Exp, 2 * n * m) + OperationCount.Of(ScalarOperation.Add, 6 * n * m)
            + OperationCount.Of(ScalarOperation.Maximum, 2 * n * m) + OperationCount.Of(ScalarOperation.Log, n + m)))
            + DenseCount.Factor(n + m - 1) + DenseCount.Solve(n + m - 1);
    }

    /// <inheritdoc/>
    public override OperationCount DerivativeCount(IReadOnlyList<Shape> parameters)
    {
        var (n, m) = ((long)parameters[0][0], (long)parameters[0][1]);
        return DenseCount.Factor(n + m - 1) + (2 * DenseCount.Solve(n + m - 1)) + DenseCount.MultiplyAdds(8 * n * m);
    }

    private void CheckMasses(Problem problem)
    {
        foreach (int p in (int[])[1, 2, 3])
        {
            int bad = Array.FindIndex(problem.Values[p], v => v <= 0);
            if (bad >= 0)
            {
                throw new OutOfRangeException(
                    FormattableString.Invariant($"{Parameters[p].Name} is {problem.Values[p][bad]} at element {bad}: give positive numbers, and leave points without mass out"), problem.Values[p][bad]);
            }
        }

        var (a, b) = (problem.Values[1].Sum(), problem.Values[2].Sum());
        if (Math.Abs(a - b) > Mismatch * a)
        {
            throw new InfeasibleProblemException(
                FormattableString.Invariant($"a has the mass {a} and b {b}: no plan has both marginals, scale them to one mass"), Math.Abs(a - b));
        }
    }
}

public static partial class Solve
{
    /// <summary>The entropic transport plan between masses a and b, with its potentials.</summary>
    public static (Variable Plan, Variable F, Variable G) Transport(Variable cost, Variable a, Variable b, Variable epsilon)
    {
        var results = cost.Builder.ApplyAll(new EntropicTransport(), cost, a, b, epsilon);
        return (results[0], results[1], results[2]);
    }
}
