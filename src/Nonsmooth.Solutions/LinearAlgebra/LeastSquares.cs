using MathNet.Numerics.LinearAlgebra;
using Nonsmooth.Arithmetic;
using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Solutions;

/// <summary>The X of least ‖AX − B‖, and of those the one of least ‖X‖: A⁺B.</summary>
/// <remarks>
/// <para>Parameters A (m × n, tall or wide) and B (m × k), result X (n × k). With R = B − AX,
/// dX = A⁺(dB − dA·X) + A⁺A⁺ᵀdAᵀR + (1 − A⁺A)dAᵀA⁺ᵀX. Smooth where A has full rank, min(m, n). Elsewhere the value is that of minimal norm, which jumps when
/// the rank changes: the derivative is refused.</para>
/// <para>Counts: a singular value decomposition, nominally 4mn·min + 9·min³ multiply-adds, and products. Source: Golub and Pereyra (1973).</para>
/// </remarks>
public sealed record LeastSquares : MatrixMap
{
    /// <inheritdoc/>
    public override string Name => "lstsq";

    /// <inheritdoc/>
    public override string Border => "where A has not full rank (refused)";

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => WithRightSide;

    /// <inheritdoc/>
    public override SolutionShapes Shapes(IReadOnlyList<Shape> parameters)
    {
        int n = MatrixShapes.Any(parameters[0], "A").Columns;
        return MatrixShapes.Of([new Shape(n, MatrixShapes.Right(parameters[0], parameters[1], "B"))]);
    }

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Variable> Equations(SolutionPiece piece)
    {
        var (a, b, x) = (piece.Parameters[0], piece.Parameters[1], piece.Values[0]);
        return [Functions.MatMul(a, Functions.MatMul(a, x) - b, transposeLeft: true)];
    }

    /// <inheritdoc/>
    public override OperationCount SolveCount(IReadOnlyList<Shape> parameters)
    {
        var (m, n, k) = ((long)parameters[0][0], (long)parameters[0][1], (long)parameters[1][1]);
        return MatrixCount.Singular(m, n) + DenseCount.MultiplyAdds(k * (m + n) * Math.Min(m, n)) + OperationCount.Of(ScalarOperation.Divide, k * Math.Min(m, n));
    }

    /// <inheritdoc/>
    public override OperationCount DerivativeCount(IReadOnlyList<Shape> parameters)
    {
        var (m, n, k) = ((long)parameters[0][0], (long)parameters[0][1], (long)parameters[1][1]);
        return SolveCount(parameters) + DenseCount.MultiplyAdds((2 * m * n * Math.Min(m, n)) + (8 * m * n * k));
    }

    private protected override MatrixPoint At(Problem problem) => new Point(problem);

    private sealed class Point : MatrixPoint
    {
        private readonly Problem _problem;
        private readonly SingularSpectrum _spectrum;
        private readonly Matrix<double> _a;
        private readonly Matrix<double> _inverse;
        private readonly Matrix<double> _x;
        private readonly Matrix<double> _rest;

        public Point(Problem problem)
        {
            (_problem, _a) = (problem, problem.Matrix(0));
            _spectrum = new SingularSpectrum(_a);
            _inverse = _spectrum.Between(Array.ConvertAll(_spectrum.Values, v => v > _spectrum.Tolerance ? 1 / v : 0)).Transpose();
            var b = problem.Matrix(1);
            var x = _inverse * b;
            _x = x + (_inverse * (b - (_a * x)));
            _rest = b - (_a * _x);
        }

        public override IReadOnlyList<double[]> Values => [_x.ToRowMajorArray()];

        /// <summary>That of least squares: the ratio of singular values, and its square as far as A does not reach B.</summary>
        public override double Condition
        {
            get
            {
                double reached = _spectrum.Values[0] * _x.FrobeniusNorm();
                double missed = _rest.FrobeniusNorm();
                return _spectrum.Ratio * (1 + (missed == 0 ? 0 : _spectrum.Ratio * Math.Min(1, missed / reached)));
            }
        }

        public override Invertibility Invertibility => _spectrum.IsFull ? Invertibility.AllElements : Invertibility.Fails;

        public override IReadOnlyList<double[]> Tangent(IReadOnlyList<double[]> tangents)
        {
            Check();
            var (da, db) = (_problem.MatrixOf(0, tangents[0]), _problem.MatrixOf(1, tangents[1]));
            var turned = da.TransposeThisAndMultiply(_inverse.TransposeThisAndMultiply(_x));
            return [(
                (_inverse * (db - (da * _x)))
                + (_inverse * _inverse.TransposeThisAndMultiply(da.TransposeThisAndMultiply(_rest)))
                + Outside(turned)).ToRowMajorArray()];
        }

        public override IReadOnlyList<double[]> Cotangent(IReadOnlyList<double[]> cotangents)
        {
            Check();
            var g = Dense.RowMajor(_x.RowCount, _x.ColumnCount, cotangents[0]);
            var right = _inverse.TransposeThisAndMultiply(g);
            var a = _inverse.TransposeThisAndMultiply(_x).TransposeAndMultiply(Outside(g))
                + _rest.TransposeAndMultiply(_inverse * right) - right.TransposeAndMultiply(_x);
            return [a.ToRowMajorArray(), right.ToRowMajorArray()];
        }

        // (1 − A⁺A)M.
        private Matrix<double> Outside(Matrix<double> m) => m - (_inverse * (_a * m));

        private void Check()
        {
            if (!_spectrum.IsFull)
            {
                throw _spectrum.NotFull("least squares have no derivative where the rank may change");
            }
        }
    }
}

public static partial class LinearAlgebra
{
    /// <summary>The x of least ‖Ax − b‖, of least ‖x‖ among several.</summary>
    /// <param name="a">…×m×n.</param>
    /// <param name="b">…×m×k; or a vector: m, or all axes of a batch of matrices but the last.</param>
    public static Variable LeastSquares(Variable a, Variable b) => MatrixShapes.Apply(new LeastSquares(), a, b);
}
