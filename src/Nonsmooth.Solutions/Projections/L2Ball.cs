using Nonsmooth.Arithmetic;
using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.Solutions;

/// <summary>The projection on a Euclidean ball: z inside, r·z/‖z‖ outside.</summary>
/// <remarks>
/// <para>Parameters z (n) and r (no axes, not negative). Result x, and a state: 1 where the ball is active, 2 weakly, 0 not.
/// Outside dx = (r/‖z‖)(dz − u⟨u, dz⟩) + u·dr with u = z/‖z‖. At z = 0 and r = 0, where u is not defined, it is taken as 0.</para>
/// <para>Kinks on the sphere. Counts: three passes.</para>
/// </remarks>
public sealed record L2Ball : ExactMap
{
    /// <inheritdoc/>
    public override string Name => "l2_ball_projection";

    /// <inheritdoc/>
    public override string Border => "on the sphere";

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => [new("z", 1), new("r", 0)];

    /// <inheritdoc/>
    public override SolutionShapes Shapes(IReadOnlyList<Shape> parameters) => new([parameters[0]], new Shape(1));

    /// <inheritdoc/>
    public override Solution Solve(Problem problem)
    {
        CheckSize(problem, 1);
        var (z, r) = (problem.Values[0], problem.Number(1));
        double length = Dense.Length([z]);
        long state = Math.Abs(length - r) <= Weak * (length + r) ? 2 : length > r ? 1 : 0;
        return new Solution([length <= r ? [.. z] : Array.ConvertAll(z, x => x * (r / length))], [state]) { Residual = 0 };
    }

    /// <inheritdoc/>
    public override SolutionDerivative Differentiate(Problem problem, Solution solution, ActivityRule weak) => new L2BallDerivative(problem, solution, weak);

    internal override EnclosedGradient Enclose(Problem problem, Solution near, IReadOnlyList<double[]> cotangents) =>
        ProjectionProof.L2Ball(problem, cotangents);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Variable> Equations(SolutionPiece piece)
    {
        var (z, x) = (piece.Parameters[0], piece.Values[0]);
        var outside = piece.Is(piece.State, 1, ActivityRule.Active);
        var length = Functions.Sqrt(Functions.Where(outside, Functions.Square(z).Sum().Reshape(new Shape(1)), 1));
        return [x - Functions.Where(outside, z * (piece.Parameters[1].Reshape(new Shape(1)) / length), z)];
    }

    /// <inheritdoc/>
    public override OperationCount SolveCount(IReadOnlyList<Shape> parameters) => DenseCount.MultiplyAdds(parameters[0].Elements)
        + OperationCount.Of(ScalarOperation.Multiply, parameters[0].Elements) + OperationCount.Of(ScalarOperation.Sqrt, 1)
        + OperationCount.Of(ScalarOperation.Divide, 1) + VectorCount.Compares(1);

    /// <inheritdoc/>
    public override OperationCount DerivativeCount(IReadOnlyList<Shape> parameters) =>
        DenseCount.MultiplyAdds(4L * parameters[0].Elements) + OperationCount.Of(ScalarOperation.Sqrt, 1) + OperationCount.Of(ScalarOperation.Divide, 1 + parameters[0].Elements);

    private sealed class L2BallDerivative : ClosedFormDerivative
    {
        private readonly double[] _unit;
        private readonly double _ratio;
        private readonly long _state;
        private readonly bool _isOutside;

        public L2BallDerivative(Problem problem, Solution solution, ActivityRule weak)
        {
            double length = Dense.Length([problem.Values[0]]);
            _unit = Array.ConvertAll(problem.Values[0], z => length == 0 ? 0 : z / length);
            _ratio = length == 0 ? 0 : Math.Min(1, problem.Number(1) / length);
            _state = solution.State[0];
            _isOutside = _state == 1 || (_state == 2 && weak == ActivityRule.Active);
            Margins = [new(0, Math.Abs(length - problem.Number(1)), _state != 0, _state == 2)];
        }

        public override IReadOnlyList<Margin> Margins { get; }

        public override IReadOnlyList<double[]> Tangent(IReadOnlyList<double[]> tangents)
        {
            if (!_isOutside)
            {
                return [[.. tangents[0]]];
            }

            double along = Inner(tangents[0]);
            return [[.. tangents[0].Zip(_unit, (d, u) => (_ratio * (d - (u * along))) + (u * tangents[1][0]))]];
        }

        public override IReadOnlyList<double[]> Cotangent(IReadOnlyList<double[]> cotangents)
        {
            if (!_isOutside)
            {
                return [[.. cotangents[0]], [0]];
            }

            double along = Inner(cotangents[0]);
            return [[.. cotangents[0].Zip(_unit, (c, u) => _ratio * (c - (u * along)))], [along]];
        }

        // On the sphere the outward part of the direction is cut at the radius's own; at the origin of a ball of radius 0 it is the ball itself.
        public override IReadOnlyList<double[]> Directional(IReadOnlyList<double[]> direction)
        {
            if (_state != 2)
            {
                return Tangent(direction);
            }

            var (d, grows) = (direction[0], direction[1][0]);
            if (_unit.All(u => u == 0))
            {
                double length = Dense.Length([d]);
                return grows >= 0
                    ? [Array.ConvertAll(d, x => length <= grows ? x : x * grows / length)]
                    : throw new InfeasibleProblemException("the ball is a point, and along the direction it has no point", -grows);
            }

            double cut = Math.Max(0, Inner(d) - grows);
            return [[.. d.Zip(_unit, (x, u) => x - (cut * u))]];
        }

        private double Inner(double[] d) => d.Zip(_unit, (x, u) => x * u).Sum();
    }
}

public static partial class Solve
{
    /// <summary>The projection of z on {‖x‖₂ ≤ radius}.</summary>
    public static Variable L2Ball(Variable z, Variable radius) => z.Builder.ApplyAll(new L2Ball(), z, radius)[0];
}
