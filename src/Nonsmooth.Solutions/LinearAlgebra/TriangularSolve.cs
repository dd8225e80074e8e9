using MathNet.Numerics.LinearAlgebra;
using Nonsmooth.Arithmetic;
using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Solutions;

/// <summary>The solution of TX = B for a triangular T.</summary>
/// <param name="Upper">Whether the upper triangle of T is read; else the lower one. The rest is not read, and its derivative is 0.</param>
/// <param name="Unit">Whether the diagonal is taken to be 1 and not read.</param>
/// <remarks>
/// <para>Parameters T (n × n) and B (n × k), result X. dX = T⁻¹(dB − dT·X). Smooth where no entry of the diagonal is 0; one that is is refused.</para>
/// <para>Counts: substitution, n² a right side.</para>
/// </remarks>
public sealed record TriangularSolve(bool Upper, bool Unit = false) : MatrixMap
{
    /// <inheritdoc/>
    public override string Name => "triangular_solve";

    /// <inheritdoc/>
    public override string Attributes => (Upper ? "upper" : "lower") + (Unit ? ", unit" : "");

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => TriangleWithRightSide;

    /// <inheritdoc/>
    public override SolutionShapes Shapes(IReadOnlyList<Shape> parameters)
    {
        int n = MatrixShapes.Square(parameters[0], "T");
        return MatrixShapes.Of([new Shape(n, MatrixShapes.Right(parameters[0], parameters[1], "B"))]);
    }

    /// <inheritdoc/>
    public override OperationCount SolveCount(IReadOnlyList<Shape> parameters)
    {
        var (n, k) = ((long)parameters[0][0], (long)parameters[1][1]);
        return DenseCount.MultiplyAdds(k * n * (n - 1) / 2) + OperationCount.Of(ScalarOperation.Divide, Unit ? 0 : k * n);
    }

    /// <inheritdoc/>
    public override OperationCount DerivativeCount(IReadOnlyList<Shape> parameters) =>
        SolveCount(parameters) + SolveCount(parameters) + DenseCount.MultiplyAdds((long)parameters[0].Elements * parameters[1][1]);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Variable> Equations(SolutionPiece piece)
    {
        var (t, x) = (piece.Parameters[0], piece.Values[0]);
        int strict = Unit ? 1 : 0;
        var product = Functions.MatMul(Upper ? Functions.Triu(t, strict) : Functions.Tril(t, -strict), x);
        return [(Unit ? product + x : product) - piece.Parameters[1]];
    }

    private protected override MatrixPoint At(Problem problem) => new Point(this, problem);

    private sealed class Point : MatrixPoint
    {
        private readonly TriangularSolve _map;
        private readonly Problem _problem;
        private readonly Matrix<double> _triangle;
        private readonly Matrix<double> _x;

        public Point(TriangularSolve map, Problem problem)
        {
            (_map, _problem, _triangle) = (map, problem, problem.Matrix(0));
            int zero = map.Unit ? -1 : Array.FindIndex(_triangle.Diagonal().ToArray(), d => d == 0);
            if (zero >= 0)
            {
                throw new SingularSolutionException($"T is 0 at {zero}, {zero}: give a triangle without zeros on its diagonal", 0);
            }

            _x = Triangular.Solve(_triangle, problem.Matrix(1), map.Upper, unit: map.Unit);
        }

        public override IReadOnlyList<double[]> Values => [_x.ToRowMajorArray()];

        public override double Condition => (_map.Unit, Read(_triangle)) switch
        {
            (true, var read) => (read + Matrix<double>.Build.DenseIdentity(read.RowCount)).Svd(false).ConditionNumber,
            (false, var read) => read.Svd(false).ConditionNumber,
        };

        public override IReadOnlyList<double[]> Tangent(IReadOnlyList<double[]> tangents)
        {
            var moved = _problem.MatrixOf(1, tangents[1]) - (Read(_problem.MatrixOf(0, tangents[0])) * _x);
            return [Triangular.Solve(_triangle, moved, _map.Upper, unit: _map.Unit).ToRowMajorArray()];
        }

        public override IReadOnlyList<double[]> Cotangent(IReadOnlyList<double[]> cotangents)
        {
            var right = Triangular.Solve(_triangle, _problem.MatrixOf(1, cotangents[0]), _map.Upper, true, _map.Unit);
            return [Read((-right).TransposeAndMultiply(_x)).ToRowMajorArray(), right.ToRowMajorArray()];
        }

        private Matrix<double> Read(Matrix<double> matrix) => Triangular.Part(matrix, _map.Upper, _map.Unit ? 0 : 1);
    }
}

public static partial class LinearAlgebra
{
    /// <summary>x with Tx = b, of which the upper or the lower triangle of T is read.</summary>
    /// <param name="t">…×n×n.</param>
    /// <param name="b">…×n×k; or a vector: n, or all axes of a batch of matrices but the last.</param>
    /// <param name="upper">Which triangle.</param>
    /// <param name="unit">Whether the diagonal is taken to be 1.</param>
    public static Variable TriangularSolve(Variable t, Variable b, bool upper, bool unit = false) =>
        MatrixShapes.Apply(new TriangularSolve(upper, unit), t, b);
}
