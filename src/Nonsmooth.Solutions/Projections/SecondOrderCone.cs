using Nonsmooth.Arithmetic;
using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.Solutions;

/// <summary>The projection of (t, z) on the second-order cone ‖z‖ ≤ t.</summary>
/// <remarks>
/// <para>Parameters t (no axes) and z (n, at least 1). Results of the same shapes, and a state: 0 inside, 1 on the cone itself, 2 projected on its border,
/// 3 on the polar cone's border, 4 inside the polar cone, 5 at the apex; at 1, 3 and 5 it is weakly active. On the border, with u = z/‖z‖ and ρ = t/‖z‖,
/// dt′ = ½(dt + ⟨u, dz⟩) and dz′ = ½(u·dt + (1 + ρ)dz − ρu⟨u, dz⟩).</para>
/// <para>Kinks on both cones' borders; weakly active taken as inactive is the identity at the first and the border's formula at the second.</para>
/// <para>Counts: three passes. Source: Ali, Wong, Kolter (2017), the projection's closed form and Clarke element.</para>
/// </remarks>
public sealed record SecondOrderCone : ExactMap
{
    /// <inheritdoc/>
    public override string Name => "second_order_cone_projection";

    /// <inheritdoc/>
    public override string Border => "on the border of the cone and of its polar cone";

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => [new("t", 0), new("z", 1)];

    /// <inheritdoc/>
    public override SolutionShapes Shapes(IReadOnlyList<Shape> parameters) => parameters[1].Elements > 0
        ? new([Shape.Scalar, parameters[1]], new Shape(1))
        : throw new ShapeException("z has no element: give at least one");

    /// <inheritdoc/>
    public override Solution Solve(Problem problem)
    {
        var (t, z) = (problem.Number(0), problem.Values[1]);
        double length = Dense.Length([z]);
        double tolerance = Weak * (Math.Abs(t) + length);
        long state = t == 0 && length == 0 ? 5
            : Math.Abs(length - t) <= tolerance ? 1
            : Math.Abs(length + t) <= tolerance ? 3
            : length < t ? 0
            : length < -t ? 4
            : 2;
        double half = (t + length) / 2;
        return length <= t ? new Solution([[t], [.. z]], [state]) { Residual = 0 }
            : length <= -t ? new Solution([[0], new double[z.Length]], [state]) { Residual = 0 }
            : new Solution([[half], Array.ConvertAll(z, x => x * (half / length))], [state]) { Residual = 0 };
    }

    /// <inheritdoc/>
    public override SolutionDerivative Differentiate(Problem problem, Solution solution, ActivityRule weak) => new ConeDerivative(problem, solution, weak);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Variable> Equations(SolutionPiece piece)
    {
        var (t, z) = (piece.Parameters[0], piece.Parameters[1]);
        bool inactive = piece.Weak == ActivityRule.Inactive;
        var state = piece.State.Reshape(Shape.Scalar);
        Variable Among(params int[] states) => states.Select(s => Functions.Equal(state, s)).Aggregate(Functions.Or);
        var inside = inactive ? Among(0, 1, 5) : Among(0);
        var border = inactive ? Among(2, 3) : Among(1, 2);
        var length = Functions.Sqrt(Functions.Where(border, Functions.Square(z).Sum(), 1));
        var half = (t + length) * 0.5;
        return
        [
            piece.Values[0] - Functions.Where(inside, t, Functions.Where(border, half, 0)),
            piece.Values[1] - Functions.Where(inside, z, Functions.Where(border, z * (half / length), 0)),
        ];
    }

    /// <inheritdoc/>
    public override OperationCount SolveCount(IReadOnlyList<Shape> parameters) => DenseCount.MultiplyAdds(parameters[1].Elements)
        + OperationCount.Of(ScalarOperation.Multiply, 1 + parameters[1].Elements) + OperationCount.Of(ScalarOperation.Sqrt, 1)
        + OperationCount.Of(ScalarOperation.Divide, 1) + VectorCount.Compares(2);

    /// <inheritdoc/>
    public override OperationCount DerivativeCount(IReadOnlyList<Shape> parameters) =>
        DenseCount.MultiplyAdds(5L * parameters[1].Elements) + OperationCount.Of(ScalarOperation.Sqrt, 1) + OperationCount.Of(ScalarOperation.Divide, 1 + parameters[1].Elements);

    private protected override bool IsWeak(long state) => state is 1 or 3 or 5;

    private enum Piece
    {
        Inside,
        Border,
        Apex,
    }

    // The border's formula is symmetric, so tangent and cotangent are one.
    private sealed class ConeDerivative : ClosedFormDerivative
    {
        private readonly long _state;
        private readonly Piece _piece;
        private readonly double[] _unit;
        private readonly double _ratio;

        public ConeDerivative(Problem problem, Solution solution, ActivityRule weak)
        {
            var (t, z) = (problem.Number(0), problem.Values[1]);
            double length = Dense.Length([z]);
            _state = solution.State[0];
            _unit = Array.ConvertAll(z, x => length == 0 ? 0 : x / length);
            _ratio = length == 0 ? 0 : t / length;
            bool inactive = weak == ActivityRule.Inactive;
            _piece = _state switch
            {
                0 => Piece.Inside,
                1 or 5 when inactive => Piece.Inside,
                1 or 2 => Piece.Border,
                3 when inactive => Piece.Border,
                _ => Piece.Apex,
            };
            Margins =
            [
                new(0, Math.Abs(length - t), _state != 0, _state is 1 or 5),
                new(1, Math.Abs(length + t), _state >= 3, _state is 3 or 5),
            ];
        }

        public override IReadOnlyList<Margin> Margins { get; }

        public override IReadOnlyList<double[]> Tangent(IReadOnlyList<double[]> tangents)
        {
            var (dt, dz) = (tangents[0][0], tangents[1]);
            double along = Inner(dz);
            return _piece switch
            {
                Piece.Inside => [[dt], [.. dz]],
                Piece.Apex => [[0], new double[dz.Length]],
                _ => [[(dt + along) / 2], [.. dz.Zip(_unit, (d, u) => ((u * (dt - (_ratio * along))) + ((1 + _ratio) * d)) / 2)]],
            };
        }

        public override IReadOnlyList<double[]> Cotangent(IReadOnlyList<double[]> cotangents) => Tangent(cotangents);

        // The projection on the critical cone: a half-space, a ray, or the cone itself.
        public override IReadOnlyList<double[]> Directional(IReadOnlyList<double[]> direction)
        {
            var (dt, dz) = (direction[0][0], direction[1]);
            double along = Inner(dz);
            switch (_state)
            {
                case 1:
                    double cut = Math.Max(0, along - dt) / 2;
                    return [[dt + cut], [.. dz.Zip(_unit, (d, u) => d - (cut * u))]];
                case 3:
                    double step = Math.Max(0, dt + along) / 2;
                    return [[step], Array.ConvertAll(_unit, u => step * u)];
                case 5:
                    double length = Dense.Length([dz]);
                    double half = (dt + length) / 2;
                    return length <= dt ? [[dt], [.. dz]]
                        : length <= -dt ? [[0], new double[dz.Length]]
                        : [[half], Array.ConvertAll(dz, d => d * (half / length))];
                default:
                    return Tangent(direction);
            }
        }

        private double Inner(double[] d) => d.Zip(_unit, (x, u) => x * u).Sum();
    }
}

public static partial class Solve
{
    /// <summary>The projection of (t, z) on {‖z‖₂ ≤ t}.</summary>
    public static (Variable T, Variable Z) SecondOrderCone(Variable t, Variable z)
    {
        var results = z.Builder.ApplyAll(new SecondOrderCone(), t, z);
        return (results[0], results[1]);
    }
}
