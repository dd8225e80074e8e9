using Nonsmooth.Arithmetic;
using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.Solutions;

/// <summary>α-entmax: x maximising ⟨x, z⟩ plus Tsallis's α-entropy over the probability simplex, 1 &lt; α ≤ 2; sparsemax at 2.</summary>
/// <remarks>
/// <para>Parameters z (n, at least 1) and α (no axes). Result x_i = max(0, (α − 1)z_i − τ)^{1/(α−1)}, and a state a coordinate: 1 where x_i ≥ 0 is active,
/// 2 weakly, 0 not. With w = x^{2−α} on the support, dx = w∘(dz − ⟨w, dz⟩/Σw), and the same of (z_i − x_i^{α−1}·log x_i)/(α − 1) in α.</para>
/// <para>Kinks at α = 2 only, where (α − 1)z_i = τ: below, the derivative is continuous there, though not Lipschitz. Softmax, α = 1, is a function of its own.</para>
/// <para>Solved by a sort at 1.5 and 2, elsewhere by Newton's method on τ within a bracket, to rounding. Counts: <see cref="NominalIterations"/> evaluations.
/// Source: Peters, Niculae, Martins (2019); Correia, Niculae, Martins (2019) for α.</para>
/// </remarks>
public sealed record Entmax : ExactMap
{
    /// <summary>How many evaluations of the sum <see cref="SolutionMap.SolveCount"/> assumes.</summary>
    public const int NominalIterations = 12;

    /// <inheritdoc/>
    public override string Name => "entmax";

    /// <inheritdoc/>
    public override string Border => "where alpha is 2 and a coordinate equals the threshold";

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => [new("z", 1) { MayBeInfinite = true }, new("alpha", 0)];

    /// <inheritdoc/>
    public override SolutionShapes Shapes(IReadOnlyList<Shape> parameters) => parameters[0].Elements > 0
        ? new([parameters[0]], parameters[0])
        : throw new ShapeException("z has no element: give at least one");

    /// <inheritdoc/>
    public override Solution Solve(Problem problem)
    {
        double alpha = problem.Number(1);
        if (alpha is <= 1 or > 2)
        {
            throw new OutOfRangeException(
                FormattableString.Invariant($"alpha is {alpha}: give more than 1 and at most 2 (softmax is the limit at 1)"), alpha);
        }

        Threshold.CheckMask(problem.Values[0]);
        double[] z = Unmasked(problem.Values[0], alpha);
        var (excess, steps) = EntmaxSolver.Excess(z, alpha);
        double[] x = Array.ConvertAll(excess, u => u <= 0 ? 0 : Math.Pow(u, 1 / (alpha - 1)));
        double sum = x.Sum();
        return new Solution([Array.ConvertAll(x, p => p / sum)], Threshold.States(excess, alpha == 2 ? Threshold.Tolerance(z, 1) : 0))
        {
            Residual = Math.Abs(sum - 1),
            Iterations = steps,
        };
    }

    // What is 1/(α − 1) or more below the largest has no share: a finite number there stands for −∞.
    private static double[] Unmasked(double[] z, double alpha)
    {
        double below = z.Max() - (2 / (alpha - 1)) - 1;
        return Array.ConvertAll(z, v => double.IsNegativeInfinity(v) ? below : v);
    }

    /// <inheritdoc/>
    public override SolutionDerivative Differentiate(Problem problem, Solution solution, ActivityRule weak)
    {
        double alpha = problem.Number(1);
        double[] z = Unmasked(problem.Values[0], alpha);
        double[] x = solution.Values[0];
        double largest = z.Max();

        // Of a smooth border the state tells the sign only: where it is 2 the coordinate is 0, and so is its weight.
        long[] state = alpha == 2 ? solution.State : Array.ConvertAll(solution.State, s => Math.Min(s, 1));
        bool[] chosen = Array.ConvertAll(state, s => s == 0 || (s == 2 && weak == ActivityRule.Inactive));
        return new ThresholdDerivative(
            Array.ConvertAll(x, _ => 1.0),
            Array.ConvertAll(x, p => Math.Pow(p, 2 - alpha)),
            [.. z.Select((v, i) => (v - largest - (x[i] > 0 ? Math.Pow(x[i], alpha - 1) * Math.Log(x[i]) : 0)) / (alpha - 1))],
            0,
            state,
            chosen,
            Threshold.Margins(EntmaxSolver.Excess(z, alpha).Excess, state));
    }

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Variable> Equations(SolutionPiece piece)
    {
        var (z, alpha, x) = (piece.Parameters[0], piece.Parameters[1], piece.Values[0]);
        var chosen = Functions.Equal(piece.State, 0);
        if (piece.Weak == ActivityRule.Inactive)
        {
            chosen = Functions.Or(chosen, Functions.And(Functions.Equal(piece.State, 2), Functions.Equal(alpha, 2)));
        }

        var order = alpha - 1;
        var power = Functions.Pow(Functions.Where(Functions.Less(0 * x, x), x, 1), order + (0 * x)) / order;
        var positive = Functions.Where(Functions.Less(0 * x, x), power, x);
        return [Threshold.Equations(chosen, positive - Functions.Where(chosen, z, 0), x, piece.Fill(Shape.Scalar, 1))];
    }

    /// <inheritdoc/>
    public override OperationCount SolveCount(IReadOnlyList<Shape> parameters)
    {
        long n = parameters[0].Elements;
        var evaluation = OperationCount.Of(ScalarOperation.Log, n) + OperationCount.Of(ScalarOperation.Exp, n)
            + OperationCount.Of(ScalarOperation.Multiply, n) + OperationCount.Of(ScalarOperation.Add, 3 * n) + OperationCount.Of(ScalarOperation.Divide, n + 1);
        return (NominalIterations * evaluation) + OperationCount.Of(ScalarOperation.Divide, n);
    }

    /// <inheritdoc/>
    public override OperationCount DerivativeCount(IReadOnlyList<Shape> parameters)
    {
        long n = parameters[0].Elements;
        return OperationCount.Of(ScalarOperation.Log, 2 * n) + OperationCount.Of(ScalarOperation.Exp, 2 * n)
            + DenseCount.MultiplyAdds(4 * n) + OperationCount.Of(ScalarOperation.Divide, n + 1);
    }
}

public static partial class Solve
{
    /// <summary>α-entmax over the last axis, α a variable of no axes.</summary>
    public static Variable Entmax(Variable z, Variable alpha) => z.Builder.ApplyAll(new Entmax(), z, alpha)[0];

    /// <summary>α-entmax over the last axis.</summary>
    public static Variable Entmax(Variable z, double alpha = 1.5) => Entmax(z, z.Builder.Apply(new Dictionary.Fill(Shape.Scalar, alpha)));
}
