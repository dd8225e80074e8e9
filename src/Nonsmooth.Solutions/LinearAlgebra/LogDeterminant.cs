using MathNet.Numerics.LinearAlgebra;
using Nonsmooth.Arithmetic;
using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Solutions;

/// <summary>The sign of a determinant and the logarithm of its absolute value.</summary>
/// <remarks>
/// <para>Parameter A (n × n, regular: else refused, the logarithm being −∞). Results: the sign, ±1, which is constant where A stays regular, and log|det A|, with d = tr(A⁻¹dA)
/// and the cotangent g·A⁻ᵀ. Smooth.</para>
/// <para>Counts: LU, 2n³/3; the gradient an inverse.</para>
/// </remarks>
public sealed record LogDeterminant : MatrixMap
{
    /// <inheritdoc/>
    public override string Name => "slogdet";

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => One;

    /// <inheritdoc/>
    public override SolutionShapes Shapes(IReadOnlyList<Shape> parameters)
    {
        _ = MatrixShapes.Square(parameters[0], "A");
        return MatrixShapes.Of([Shape.Scalar, Shape.Scalar]);
    }

    /// <inheritdoc/>
    public override OperationCount SolveCount(IReadOnlyList<Shape> parameters)
    {
        long n = parameters[0][0];
        return DenseCount.Factor(n) + OperationCount.Of(ScalarOperation.Log, n) + OperationCount.Of(ScalarOperation.Add, n);
    }

    /// <inheritdoc/>
    public override OperationCount DerivativeCount(IReadOnlyList<Shape> parameters)
    {
        long n = parameters[0][0];
        return DenseCount.Factor(n) + (n * DenseCount.Refined(n)) + DenseCount.MultiplyAdds(n * n);
    }

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Variable> TangentFormula(SolutionPiece piece, IReadOnlyList<Variable> tangents) =>
        [0 * piece.Values[0], MatrixFormulas.Trace(LinearAlgebra.Inverse(piece.Parameters[0]), tangents[0])];

    private protected override MatrixPoint At(Problem problem) => new Point(problem.Matrix(0));

    private sealed class Point(Matrix<double> a) : MatrixPoint
    {
        private readonly SquareSystem _system = SquareSystem.Regular(a, "A");
        private Matrix<double>? _gradient;

        public override IReadOnlyList<double[]> Values => [[_system.Sign], [_system.LogDeterminant]];

        public override double Condition => _system.Condition;

        private Matrix<double> Gradient => _gradient ??= _system.SolveTransposed(Matrix<double>.Build.DenseIdentity(a.RowCount));

        public override IReadOnlyList<double[]> Tangent(IReadOnlyList<double[]> tangents) =>
            [[0], [Gradient.PointwiseMultiply(Dense.RowMajor(a.RowCount, a.RowCount, tangents[0])).RowSums().Sum()]];

        public override IReadOnlyList<double[]> Cotangent(IReadOnlyList<double[]> cotangents) => [(Gradient * cotangents[1][0]).ToRowMajorArray()];
    }
}

public static partial class LinearAlgebra
{
    /// <summary>The sign of the determinant and the logarithm of its absolute value.</summary>
    /// <param name="a">…×n×n, regular.</param>
    /// <returns>Both of the shape …</returns>
    public static (Variable Sign, Variable LogAbsolute) LogDeterminant(Variable a)
    {
        var results = a.Builder.ApplyAll(new LogDeterminant(), a);
        return (results[0], results[1]);
    }
}
