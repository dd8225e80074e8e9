using MathNet.Numerics.LinearAlgebra;
using Nonsmooth.Arithmetic;
using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Solutions;

/// <summary>The determinant of a square matrix, singular ones included.</summary>
/// <remarks>
/// <para>Parameter A (n × n), result a number. Smooth everywhere: the gradient is the matrix of cofactors, det(U)·det(V)·U·diag(Π_{j≠i} σ_j)·Vᵀ with A = UΣVᵀ, which
/// no division spoils where A is singular. One that overflows is refused; <see cref="LogDeterminant"/> does not.</para>
/// <para>Counts: LU, 2n³/3; the gradient a singular value decomposition, nominally 13n³ multiply-adds.</para>
/// </remarks>
public sealed record Determinant : MatrixMap
{
    /// <inheritdoc/>
    public override string Name => "det";

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => One;

    /// <inheritdoc/>
    public override SolutionShapes Shapes(IReadOnlyList<Shape> parameters)
    {
        _ = MatrixShapes.Square(parameters[0], "A");
        return MatrixShapes.Of([Shape.Scalar]);
    }

    /// <inheritdoc/>
    public override OperationCount SolveCount(IReadOnlyList<Shape> parameters) =>
        DenseCount.Factor(parameters[0][0]) + OperationCount.Of(ScalarOperation.Multiply, parameters[0][0]);

    /// <inheritdoc/>
    public override OperationCount DerivativeCount(IReadOnlyList<Shape> parameters)
    {
        long n = parameters[0][0];
        return DenseCount.MultiplyAdds((14 * n * n * n) + (n * n)) + OperationCount.Of(ScalarOperation.Multiply, 3 * n);
    }

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Variable> TangentFormula(SolutionPiece piece, IReadOnlyList<Variable> tangents) =>
        [piece.Values[0] * MatrixFormulas.Trace(LinearAlgebra.Inverse(piece.Parameters[0]), tangents[0])];

    private protected override MatrixPoint At(Problem problem) => new Point(problem.Matrix(0));

    private sealed class Point : MatrixPoint
    {
        private readonly Matrix<double> _a;
        private readonly double _value;
        private Matrix<double>? _cofactors;
        private double[]? _sizes;

        public Point(Matrix<double> a)
        {
            (_a, _value) = (a, new SquareSystem(a).Determinant);
            if (!double.IsFinite(_value))
            {
                throw new OutOfRangeException("the determinant of A overflows: take its logarithm instead, or scale A", _value);
            }
        }

        public override IReadOnlyList<double[]> Values => [[_value]];

        /// <summary>Of the directions that cofactors are made of: the largest singular value over the last but one.</summary>
        public override double Condition
        {
            get
            {
                _ = Cofactors();
                return _sizes!.Length < 2 ? 1 : _sizes[^2] == 0 ? double.PositiveInfinity : _sizes[0] / _sizes[^2];
            }
        }

        public override IReadOnlyList<double[]> Tangent(IReadOnlyList<double[]> tangents) =>
            [[Cofactors().PointwiseMultiply(Dense.RowMajor(_a.RowCount, _a.RowCount, tangents[0])).RowSums().Sum()]];

        public override IReadOnlyList<double[]> Cotangent(IReadOnlyList<double[]> cotangents) => [(Cofactors() * cotangents[0][0]).ToRowMajorArray()];

        private Matrix<double> Cofactors()
        {
            if (_cofactors is null)
            {
                var spectrum = new SingularSpectrum(_a);
                _sizes = spectrum.Values;
                int n = _sizes.Length;
                double sign = new SquareSystem(spectrum.Left).Sign * new SquareSystem(spectrum.Right).Sign;
                double[] others = [.. Enumerable.Range(0, n).Select(i => _sizes.Where((_, j) => j != i).Aggregate(sign, (p, x) => p * x))];
                _cofactors = spectrum.Between(others);
            }

            return _cofactors;
        }
    }
}

public static partial class LinearAlgebra
{
    /// <summary>The determinant.</summary>
    /// <param name="a">…×n×n; it may be singular.</param>
    /// <returns>…</returns>
    public static Variable Determinant(Variable a) => a.Builder.ApplyAll(new Determinant(), a)[0];
}
