using MathNet.Numerics.LinearAlgebra;
using Nonsmooth.Arithmetic;
using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Solutions;

/// <summary>The inverse X of a regular matrix.</summary>
/// <remarks>
/// <para>Parameter A (n × n). dX = −X·dA·X, the cotangent −Xᵀ·G·Xᵀ. Smooth where A is regular, refused elsewhere as by <see cref="LinearSolve"/>, which is
/// cheaper and more accurate where the inverse is only multiplied with.</para>
/// <para>Counts: LU and n refined solves, 14n³/3 multiply-adds; the derivative two products more.</para>
/// </remarks>
public sealed record Inverse : MatrixMap
{
    /// <inheritdoc/>
    public override string Name => "inverse";

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => One;

    /// <inheritdoc/>
    public override SolutionShapes Shapes(IReadOnlyList<Shape> parameters)
    {
        _ = MatrixShapes.Square(parameters[0], "A");
        return MatrixShapes.Of([parameters[0]]);
    }

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Variable> Equations(SolutionPiece piece) =>
        [Functions.MatMul(piece.Parameters[0], piece.Values[0])];

    /// <inheritdoc/>
    public override OperationCount SolveCount(IReadOnlyList<Shape> parameters) =>
        DenseCount.Factor(parameters[0][0]) + (parameters[0][0] * DenseCount.Refined(parameters[0][0]));

    /// <inheritdoc/>
    public override OperationCount DerivativeCount(IReadOnlyList<Shape> parameters)
    {
        long n = parameters[0][0];
        return SolveCount(parameters) + DenseCount.MultiplyAdds(2 * n * n * n);
    }

    private protected override MatrixPoint At(Problem problem) => new Point(problem.Matrix(0));

    private sealed class Point : MatrixPoint
    {
        private readonly SquareSystem _system;
        private readonly Matrix<double> _x;

        public Point(Matrix<double> a)
        {
            _system = SquareSystem.Regular(a, "A");
            _x = _system.Solve(Matrix<double>.Build.DenseIdentity(a.RowCount));
        }

        public override IReadOnlyList<double[]> Values => [_x.ToRowMajorArray()];

        public override double Condition => _system.Condition;

        public override IReadOnlyList<double[]> Tangent(IReadOnlyList<double[]> tangents) =>
            [(-_x * Dense.RowMajor(_x.RowCount, _x.RowCount, tangents[0]) * _x).ToRowMajorArray()];

        public override IReadOnlyList<double[]> Cotangent(IReadOnlyList<double[]> cotangents) =>
            [(-_x).TransposeThisAndMultiply(Dense.RowMajor(_x.RowCount, _x.RowCount, cotangents[0])).TransposeAndMultiply(_x).ToRowMajorArray()];
    }
}

public static partial class LinearAlgebra
{
    /// <summary>The inverse.</summary>
    /// <param name="a">…×n×n, regular.</param>
    public static Variable Inverse(Variable a) => a.Builder.ApplyAll(new Inverse(), a)[0];
}
