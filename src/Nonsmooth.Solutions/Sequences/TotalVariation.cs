using Nonsmooth.Arithmetic;
using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.Solutions;

/// <summary>Total variation of a sequence: x minimising ½‖x − y‖² + λΣ|x_{i+1} − x_i|, the fused lasso's signal approximator.</summary>
/// <remarks>
/// <para>Parameters y (n, at least 1) and λ (no axes, not negative). Result x, and a state a neighbouring pair: 0 equal, the sign of the step otherwise, twice
/// the sign of the step that would come where the pair is equal and its multiplier ±λ (weakly). On a block B dx_B = mean_B(dy) + dλ(s_right − s_left)/|B|, s being the steps'
/// signs at its ends and 0 at the sequence's.</para>
/// <para>Kinks where a pair is equal and its multiplier ±λ. Weakly active taken as active is a step. At λ = 0 with equal neighbours there are one-sided derivatives only for directions that
/// leave λ as it is.</para>
/// <para>Counts: two passes, nominally; the worst is quadratic. Source: Condat (2013).</para>
/// </remarks>
public sealed record TotalVariation : ExactMap
{
    /// <inheritdoc/>
    public override string Name => "total_variation";

    /// <inheritdoc/>
    public override string Border => "where two neighbours are equal and their multiplier is ±λ";

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => [new("y", 1), new("lambda", 0)];

    /// <inheritdoc/>
    public override SolutionShapes Shapes(IReadOnlyList<Shape> parameters) => parameters[0].Elements > 0
        ? new([parameters[0]], new Shape(parameters[0].Elements - 1))
        : throw new ShapeException("y has no element: give at least one");

    /// <inheritdoc/>
    public override Solution Solve(Problem problem)
    {
        var (y, lambda) = (problem.Values[0], problem.Number(1));
        if (lambda < 0)
        {
            throw new NotConvexException(FormattableString.Invariant($"lambda is {lambda}: a negative penalty is not convex, give at least 0"), lambda);
        }

        double[] x = TautString.Solve(y, lambda);
        double[] multipliers = Multipliers(y, x);
        double tolerance = Closeness.Of(y) + (Weak * lambda);
        long[] state = [.. multipliers.Select((m, i) =>
        {
            double step = x[i + 1] - x[i];
            bool weak = Math.Max(Math.Abs(step), Math.Abs(lambda - Math.Abs(m))) <= tolerance;
            return weak ? 2 * (m == 0 ? 1 : Math.Sign(m)) : Math.Abs(step) > Math.Abs(lambda - Math.Abs(m)) ? (long)Math.Sign(step) : 0;
        })];
        return new Solution([x], state) { Residual = multipliers.Select(m => Math.Max(0, Math.Abs(m) - lambda)).DefaultIfEmpty(0).Max() };
    }

    /// <inheritdoc/>
    public override SolutionDerivative Differentiate(Problem problem, Solution solution, ActivityRule weak) => new VariationDerivative(problem, solution, weak);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Variable> Equations(SolutionPiece piece)
    {
        var (y, lambda, x) = (piece.Parameters[0], piece.Parameters[1], piece.Values[0]);
        var pulls = Functions.Concatenate(0, lambda * Functions.Sign(piece.State), piece.Fill(new Shape(1), 0));
        return [BlockDerivative.Equations(x, (x - y).CumulativeSum() - pulls, Functions.Not(piece.Is(piece.State, 1, ActivityRule.Active)))];
    }

    /// <inheritdoc/>
    public override OperationCount SolveCount(IReadOnlyList<Shape> parameters) => OperationCount.Of(ScalarOperation.Add, 8L * parameters[0].Elements)
        + OperationCount.Of(ScalarOperation.Divide, 2L * parameters[0].Elements) + VectorCount.Compares(4L * parameters[0].Elements);

    /// <inheritdoc/>
    public override OperationCount DerivativeCount(IReadOnlyList<Shape> parameters) =>
        DenseCount.MultiplyAdds(3L * parameters[0].Elements) + OperationCount.Of(ScalarOperation.Divide, parameters[0].Elements);

    // λ times the subgradient of each |x_{i+1} − x_i|: −Σ_{j ≤ i} (y_j − x_j).
    private static double[] Multipliers(double[] y, double[] x)
    {
        double sum = 0;
        double[] multipliers = new double[x.Length - 1];
        for (int i = 0; i < multipliers.Length; i++)
        {
            sum -= y[i] - x[i];
            multipliers[i] = sum;
        }

        return multipliers;
    }

    private sealed class VariationDerivative(Problem problem, Solution solution, ActivityRule weak)
        : BlockDerivative(Array.ConvertAll(problem.Values[0], _ => 1.0), solution.State, weak == ActivityRule.Active)
    {
        public override IReadOnlyList<Margin> Margins
        {
            get
            {
                var (y, lambda) = (problem.Values[0], problem.Number(1));
                double[] x = TautString.Solve(y, lambda);
                return [.. Multipliers(y, x).Select((m, i) => new Margin(
                    i, Math.Max(Math.Abs(x[i + 1] - x[i]), Math.Abs(lambda - Math.Abs(m))), solution.State[i] != 0, Math.Abs(solution.State[i]) == 2))];
            }
        }

        public override IReadOnlyList<double[]> Directional(IReadOnlyList<double[]> direction)
        {
            if (problem.Number(1) > 0 || !Margins.Any(m => m.IsWeak))
            {
                return base.Directional(direction);
            }

            return direction[1][0] == 0
                ? [[.. direction[0]]]
                : throw new SolutionException("lambda is 0 and neighbours are equal: in lambda the solution has no one-sided derivative that is linear in the steps; give a positive lambda");
        }

        protected override double[] Forces(IReadOnlyList<double[]> tangents) =>
            [.. tangents[0].Select((d, i) => d + (tangents[1][0] * Pull(i)))];

        protected override IReadOnlyList<double[]> Pulled(double[] forces) => [forces, [forces.Select((f, i) => f * Pull(i)).Sum()]];

        private double Pull(int i) =>
            (i < solution.State.Length ? Math.Sign(solution.State[i]) : 0) - (i > 0 ? Math.Sign(solution.State[i - 1]) : 0);
    }
}

public static partial class Solve
{
    /// <summary>x minimising ½‖x − y‖² + λΣ|x_{i+1} − x_i|, over the last axis.</summary>
    public static Variable TotalVariation(Variable y, Variable lambda) => y.Builder.ApplyAll(new TotalVariation(), y, lambda)[0];
}
