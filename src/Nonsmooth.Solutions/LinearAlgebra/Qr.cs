using MathNet.Numerics.LinearAlgebra;
using Nonsmooth.Arithmetic;
using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Solutions;

/// <summary>A = QR with orthonormal columns Q and an upper triangular (or trapezoidal) R, with LAPACK's signs.</summary>
/// <remarks>
/// <para>Parameter A (m × n), k = min(m, n); results Q (m × k) and R (k × n). Each reflection makes an entry of R of the sign opposite to the entry that it
/// replaces; where nothing stands below that entry it stays, as in LAPACK. So signs jump where that entry is 0, and where all below it is 0 and could be other (at the identity): reported. With W = QᵀdA₁R₁⁻¹ of the first k columns and Ω = L(W) − L(W)ᵀ of its strict lower
/// triangle, dQ = QΩ + (1 − QQᵀ)dA₁R₁⁻¹ and dR = QᵀdA − ΩR. Smooth where the first k columns are independent; elsewhere Q is not unique, and the derivative is refused.</para>
/// <para>Counts: 2mk(n − k/3) multiply-adds with Q; the derivative with the singular values of R, which tell whether columns are dependent. Source: Walter and Lehmann (2018); Roberts and Roberts (2020) for wide matrices.</para>
/// </remarks>
public sealed record Qr : MatrixMap
{
    /// <inheritdoc/>
    public override string Name => "qr";

    /// <inheritdoc/>
    public override string Border => "at dependent columns (refused), where a reflected entry or all below it is 0 (a jump)";

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => One;

    /// <inheritdoc/>
    public override SolutionShapes Shapes(IReadOnlyList<Shape> parameters)
    {
        var (m, n) = MatrixShapes.Any(parameters[0], "A");
        int k = Math.Min(m, n);
        return MatrixShapes.Of([new Shape(m, k), new Shape(k, n)]);
    }

    /// <inheritdoc/>
    public override OperationCount SolveCount(IReadOnlyList<Shape> parameters)
    {
        var (m, n, k) = Sizes(parameters);
        return DenseCount.MultiplyAdds((2 * m * k * n) - (2 * k * k * k / 3)) + OperationCount.Of(ScalarOperation.Sqrt, k) + OperationCount.Of(ScalarOperation.Divide, k);
    }

    /// <inheritdoc/>
    public override OperationCount DerivativeCount(IReadOnlyList<Shape> parameters)
    {
        var (m, n, k) = Sizes(parameters);
        return SolveCount(parameters) + MatrixCount.Singular(k, k) + DenseCount.MultiplyAdds((3 * m * k * k) + (2 * k * k * n) + (m * k * n));
    }

    private protected override bool Jumps => true;

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Variable> Equations(SolutionPiece piece)
    {
        var (a, q, r) = (piece.Parameters[0], piece.Values[0], piece.Values[1]);
        int k = q.Shape[1];
        return
        [
            a - Functions.MatMul(q, r),
            Functions.Triu(Functions.MatMul(q, q, transposeLeft: true)) + Functions.Tril(r.Slice(1, 0, k), -1),
        ];
    }

    private protected override MatrixPoint At(Problem problem) => new Point(problem.Matrix(0));

    private static (long M, long N, long K) Sizes(IReadOnlyList<Shape> parameters) =>
        (parameters[0][0], parameters[0][1], Math.Min(parameters[0][0], parameters[0][1]));

    private sealed class Point : MatrixPoint
    {
        private readonly Matrix<double> _q;
        private readonly Matrix<double> _r;
        private readonly Matrix<double> _first;
        private readonly double[] _lengths;
        private double _independence = double.NaN;

        public Point(Matrix<double> a)
        {
            (_q, _r, double[] borders) = Reflections.Decompose(a);
            int k = _q.ColumnCount;
            _first = _r.SubMatrix(0, k, 0, k);
            _lengths = [.. a.EnumerateColumns().Take(k).Select(c => c.L2Norm())];
            Margins = [.. borders.Select((b, i) => new Margin(i, b, IsZero(b, i), IsZero(b, i)))];

            bool IsZero(double x, int column) => Math.Abs(x) <= 4 * Math.Max(a.RowCount, k) * SquareSystem.Precision * _lengths[column];
        }

        public override IReadOnlyList<Margin> Margins { get; }

        public override IReadOnlyList<double[]> Values => [_q.ToRowMajorArray(), _r.ToRowMajorArray()];

        public override double Condition => IsIndependent ? _first.Svd(false).ConditionNumber : double.PositiveInfinity;

        public override Invertibility Invertibility => IsIndependent ? Invertibility.AllElements : Invertibility.Fails;

        // The least singular value over the largest, of columns of length 1: of dependent ones no entry of R need be near 0, where those before are nearly dependent too.
        private double Independence
        {
            get
            {
                if (double.IsNaN(_independence))
                {
                    _independence = _lengths.Min() == 0 ? 0 : 1 / _first.MapIndexed((_, j, x) => x / _lengths[j]).Svd(false).ConditionNumber;
                }

                return _independence;
            }
        }

        private bool IsIndependent => Independence > 64 * Math.Max(_q.RowCount, _q.ColumnCount) * SquareSystem.Precision;

        public override IReadOnlyList<double[]> Tangent(IReadOnlyList<double[]> tangents)
        {
            Check();
            var d = Dense.RowMajor(_q.RowCount, _r.ColumnCount, tangents[0]);
            var divided = Divided(First(d));
            var turned = _q.TransposeThisAndMultiply(divided);
            var lower = Triangular.Part(turned, false, 0);
            var skew = lower - lower.Transpose();
            return
            [
                (divided + (_q * (skew - turned))).ToRowMajorArray(),
                (_q.TransposeThisAndMultiply(d) - (skew * _r)).MapIndexed((i, j, x) => j < i ? 0 : x).ToRowMajorArray(),
            ];
        }

        // With G of Q and H of R: QM + (1 − QQᵀ)GR₁⁻ᵀ in the first columns, where M is the sum of transposed maps; QH in the others.
        public override IReadOnlyList<double[]> Cotangent(IReadOnlyList<double[]> cotangents)
        {
            Check();
            int k = _q.ColumnCount;
            var g = Dense.RowMajor(_q.RowCount, k, cotangents[0]);
            var h = Dense.RowMajor(k, _r.ColumnCount, cotangents[1]).MapIndexed((i, j, x) => j < i ? 0 : x);
            var s = _q.TransposeThisAndMultiply(g) - h.TransposeAndMultiply(_r);
            var skewed = Triangular.Part(s - s.Transpose(), false, 0);
            var inside = (_q * skewed) + g - (_q * _q.TransposeThisAndMultiply(g));
            var back = _q * h;
            back.SetSubMatrix(0, 0, First(back) + Triangular.Solve(_first, inside.Transpose(), true).Transpose());
            return [back.ToRowMajorArray()];
        }

        private Matrix<double> First(Matrix<double> wide) => wide.SubMatrix(0, wide.RowCount, 0, _q.ColumnCount);

        // MR₁⁻¹.
        private Matrix<double> Divided(Matrix<double> m) => Triangular.Solve(_first, m.Transpose(), true, true).Transpose();

        private void Check()
        {
            if (!IsIndependent)
            {
                throw new SingularSolutionException(
                    FormattableString.Invariant($"Q has no derivative: the first {_q.ColumnCount} columns of A are dependent, with a least singular value of {Independence:G2} of the largest at length 1"), Independence);
            }
        }
    }
}

public static partial class LinearAlgebra
{
    /// <summary>Q of orthonormal columns and upper triangular R with A = QR.</summary>
    /// <param name="a">…×m×n.</param>
    /// <returns>…×m×k and …×k×n, k = min(m, n).</returns>
    public static (Variable Q, Variable R) Qr(Variable a)
    {
        var results = a.Builder.ApplyAll(new Qr(), a);
        return (results[0], results[1]);
    }
}
