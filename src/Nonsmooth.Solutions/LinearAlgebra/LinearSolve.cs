using MathNet.Numerics.LinearAlgebra;
using Nonsmooth.Arithmetic;
using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Solutions;

/// <summary>The solution of AX = B for a regular A.</summary>
/// <remarks>
/// <para>Parameters A (n × n) and B (n × k), result X. dX = A⁻¹(dB − dA·X); cotangents A⁻ᵀG of B, −A⁻ᵀG·Xᵀ of A. Smooth where A is regular; one that
/// is singular to rounding, its rows and columns scaled to a common size, is refused.</para>
/// <para>Counts: an LU factorisation, 2n³/3, and solves with one step of refinement; the estimate of the condition, at most 20n², is not counted.</para>
/// </remarks>
public sealed record LinearSolve : MatrixMap
{
    /// <inheritdoc/>
    public override string Name => "solve";

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => WithRightSide;

    /// <inheritdoc/>
    public override SolutionShapes Shapes(IReadOnlyList<Shape> parameters)
    {
        int n = MatrixShapes.Square(parameters[0], "A");
        return MatrixShapes.Of([new Shape(n, MatrixShapes.Right(parameters[0], parameters[1], "B"))]);
    }

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Variable> Equations(SolutionPiece piece) =>
        [Functions.MatMul(piece.Parameters[0], piece.Values[0]) - piece.Parameters[1]];

    /// <inheritdoc/>
    public override OperationCount SolveCount(IReadOnlyList<Shape> parameters) =>
        DenseCount.Factor(parameters[0][0]) + (parameters[1][1] * DenseCount.Refined(parameters[0][0]));

    /// <inheritdoc/>
    public override OperationCount DerivativeCount(IReadOnlyList<Shape> parameters)
    {
        var (n, k) = ((long)parameters[0][0], (long)parameters[1][1]);
        return SolveCount(parameters) + (k * DenseCount.Refined(n)) + DenseCount.MultiplyAdds(n * n * k);
    }

    private protected override MatrixPoint At(Problem problem) => new Point(problem);

    private sealed class Point : MatrixPoint
    {
        private readonly Problem _problem;
        private readonly SquareSystem _system;
        private readonly Matrix<double> _x;

        public Point(Problem problem)
        {
            _problem = problem;
            _system = SquareSystem.Regular(problem.Matrix(0), "A");
            _x = _system.Solve(problem.Matrix(1));
        }

        public override IReadOnlyList<double[]> Values => [_x.ToRowMajorArray()];

        public override double Condition => _system.Condition;

        public override IReadOnlyList<double[]> Tangent(IReadOnlyList<double[]> tangents) =>
            [_system.Solve(_problem.MatrixOf(1, tangents[1]) - (_problem.MatrixOf(0, tangents[0]) * _x)).ToRowMajorArray()];

        public override IReadOnlyList<double[]> Cotangent(IReadOnlyList<double[]> cotangents)
        {
            var right = _system.SolveTransposed(_problem.MatrixOf(1, cotangents[0]));
            return [(-right).TransposeAndMultiply(_x).ToRowMajorArray(), right.ToRowMajorArray()];
        }
    }
}

/// <summary>Functions of matrices over variables: the last two axes are a matrix, those before them a batch.</summary>
/// <remarks>Each function stands in the file of the map that it applies; what there is to know at a point says the map's <see cref="SolutionMap.Report"/>.</remarks>
public static partial class LinearAlgebra
{
    /// <summary>x with Ax = b.</summary>
    /// <param name="a">…×n×n.</param>
    /// <param name="b">…×n×k; or a vector: n, or all axes of a batch of matrices but the last.</param>
    public static Variable Solve(Variable a, Variable b) => MatrixShapes.Apply(new LinearSolve(), a, b);
}
