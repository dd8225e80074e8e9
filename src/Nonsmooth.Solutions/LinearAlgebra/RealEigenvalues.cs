using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;
using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Solutions;

/// <summary>The eigenvalues of a matrix that need not be symmetric, ascending, where all of them are real and simple.</summary>
/// <remarks>
/// <para>Parameter A (n × n). dλᵢ = wᵢᵀdA·vᵢ/wᵢᵀvᵢ with left and right eigenvectors. Complex eigenvalues, and such as rounding A could make equal (as near as 64·n·ε·‖A‖ times the condition
/// of one of them, ‖wᵢ‖‖vᵢ‖/|wᵢᵀvᵢ|), are refused: beside them the eigenvalues are not Lipschitz, or not real.</para>
/// <para>Counts: nominally 25n³ multiply-adds. Source: Wilkinson (1965).</para>
/// </remarks>
public sealed record RealEigenvalues : MatrixMap
{
    /// <inheritdoc/>
    public override string Name => "eigvals_real";

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => One;

    /// <inheritdoc/>
    public override SolutionShapes Shapes(IReadOnlyList<Shape> parameters) => MatrixShapes.Of([new Shape(MatrixShapes.Square(parameters[0], "A"))]);

    /// <inheritdoc/>
    public override OperationCount SolveCount(IReadOnlyList<Shape> parameters) => MatrixCount.Schur(parameters[0][0]);

    /// <inheritdoc/>
    public override OperationCount DerivativeCount(IReadOnlyList<Shape> parameters)
    {
        long n = parameters[0][0];
        return MatrixCount.Schur(n) + DenseCount.Factor(n) + (n * DenseCount.Refined(n)) + MatrixCount.Turned(n);
    }

    private protected override MatrixPoint At(Problem problem) => new Point(problem.Matrix(0));

    private sealed class Point : MatrixPoint
    {
        private readonly double[] _values;
        private readonly Matrix<double> _right;
        private readonly Matrix<double> _left;
        private readonly double[] _conditions;
        private readonly double _least;

        public Point(Matrix<double> a)
        {
            int n = a.RowCount;
            var eigen = Decomposed(a);
            var complex = eigen.EigenValues.FirstOrDefault(v => v.Imaginary != 0);
            if (complex.Imaginary != 0)
            {
                throw new OutOfRangeException(
                    FormattableString.Invariant($"A has the eigenvalues {complex.Real:G6} ± {Math.Abs(complex.Imaginary):G6}i: give a matrix whose eigenvalues are real"), Math.Abs(complex.Imaginary));
            }

            int[] order = [.. Enumerable.Range(0, n).OrderBy(i => eigen.EigenValues[i].Real)];
            _values = [.. order.Select(i => eigen.EigenValues[i].Real)];
            _right = Dense.Columns(eigen.EigenVectors, order);
            var system = new SquareSystem(_right);
            double unit = 64 * n * SquareSystem.Precision * a.L2Norm();
            if (system.IsSingular)
            {
                throw NotSimple("eigenvectors of A are dependent", system.Regularity);
            }

            _left = system.SolveTransposed(Matrix<double>.Build.DenseIdentity(n));
            _conditions = [.. Enumerable.Range(0, n).Select(i => _left.Column(i).L2Norm() * _right.Column(i).L2Norm())];
            _least = Enumerable.Range(1, n - 1).Select(i => _values[i] - _values[i - 1]).DefaultIfEmpty(double.PositiveInfinity).Min();
            for (int i = 1; i < n; i++)
            {
                if (_values[i] - _values[i - 1] <= unit * Math.Max(_conditions[i], _conditions[i - 1]))
                {
                    throw NotSimple(FormattableString.Invariant($"eigenvalues {i - 1} and {i} of A are equal to rounding, {_values[i]:G6}"), _values[i] - _values[i - 1]);
                }
            }
        }

        public override IReadOnlyList<double[]> Values => [_values];

        public override IReadOnlyList<Margin> Margins => [];

        /// <summary>The largest of an eigenvalue's, times how near the next one is.</summary>
        public override double Condition => _conditions.Max() * Math.Max(1, _values.Max(Math.Abs) * _conditions.Max() / _least);

        public override IReadOnlyList<double[]> Tangent(IReadOnlyList<double[]> tangents) =>
            [[.. (_left.TransposeThisAndMultiply(Dense.RowMajor(_values.Length, _values.Length, tangents[0])) * _right).Diagonal()]];

        public override IReadOnlyList<double[]> Cotangent(IReadOnlyList<double[]> cotangents) =>
            [(_left * Matrix<double>.Build.DiagonalOfDiagonalArray(cotangents[0])).TransposeAndMultiply(_right).ToRowMajorArray()];

        private static MathNet.Numerics.LinearAlgebra.Factorization.Evd<double> Decomposed(Matrix<double> a)
        {
            try
            {
                return a.Evd(Symmetricity.Asymmetric);
            }
            catch (NonConvergenceException e)
            {
                throw new NotConvergedException($"the eigenvalues were not found: {e.Message}");
            }
        }

        private static SingularSolutionException NotSimple(string what, double residual) =>
            new($"{what}: eigenvalues that are not simple have no derivative; a symmetric matrix has its own function", residual);
    }
}

public static partial class LinearAlgebra
{
    /// <summary>The eigenvalues, ascending, where all are real and simple.</summary>
    /// <param name="a">…×n×n.</param>
    /// <returns>…×n.</returns>
    public static Variable RealEigenvalues(Variable a) => a.Builder.ApplyAll(new RealEigenvalues(), a)[0];
}
