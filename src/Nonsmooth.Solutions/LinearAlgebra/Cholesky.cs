using MathNet.Numerics.LinearAlgebra;
using Nonsmooth.Arithmetic;
using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Solutions;

/// <summary>The lower triangular L with a positive diagonal and LLᵀ = S, of a positive definite S.</summary>
/// <remarks>
/// <para>Parameter S (n × n), of which the symmetric part counts; its cotangent is symmetric. dL = L·Φ(L⁻¹dS·L⁻ᵀ), Φ the lower triangle with
/// half the diagonal. Smooth where S is positive definite; a pivot that is not above 4·n·ε of its diagonal entry is refused.</para>
/// <para>Counts: n³/3, the derivative two triangular solves and two products. Source: Murray (2016).</para>
/// </remarks>
public sealed record Cholesky : MatrixMap
{
    /// <inheritdoc/>
    public override string Name => "cholesky";

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => Symmetric;

    /// <inheritdoc/>
    public override SolutionShapes Shapes(IReadOnlyList<Shape> parameters)
    {
        _ = MatrixShapes.Square(parameters[0], "S");
        return MatrixShapes.Of([parameters[0]]);
    }

    /// <inheritdoc/>
    public override OperationCount SolveCount(IReadOnlyList<Shape> parameters)
    {
        long n = parameters[0][0];
        return DenseCount.MultiplyAdds(((n * n * n) - n) / 6) + OperationCount.Of(ScalarOperation.Sqrt, n) + OperationCount.Of(ScalarOperation.Divide, n * (n - 1) / 2);
    }

    /// <inheritdoc/>
    public override OperationCount DerivativeCount(IReadOnlyList<Shape> parameters)
    {
        long n = parameters[0][0];
        return SolveCount(parameters) + DenseCount.MultiplyAdds(2 * n * n * n) + OperationCount.Of(ScalarOperation.Divide, 2 * n * n);
    }

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Variable> Equations(SolutionPiece piece)
    {
        var (s, l) = (piece.Parameters[0], piece.Values[0]);
        var gap = Functions.MatMul(l, l, transposeRight: true) - MatrixFormulas.Symmetric(s);
        return [Functions.Tril(gap) + Functions.Triu(l, 1)];
    }

    private protected override MatrixPoint At(Problem problem) => new Point(problem.Matrix(0));

    private sealed class Point(Matrix<double> s) : MatrixPoint
    {
        private readonly Matrix<double> _lower = Factor((s + s.Transpose()) / 2);

        public override IReadOnlyList<double[]> Values => [_lower.ToRowMajorArray()];

        public override double Condition => Math.Pow(_lower.Svd(false).ConditionNumber, 2);

        public override IReadOnlyList<double[]> Tangent(IReadOnlyList<double[]> tangents)
        {
            var d = Dense.RowMajor(s.RowCount, s.RowCount, tangents[0]);
            var half = Triangular.Solve(_lower, (d + d.Transpose()) / 2, false);
            return [(_lower * Triangular.Part(Triangular.Solve(_lower, half.Transpose(), false), false, 0.5)).ToRowMajorArray()];
        }

        public override IReadOnlyList<double[]> Cotangent(IReadOnlyList<double[]> cotangents)
        {
            var g = Dense.RowMajor(s.RowCount, s.RowCount, cotangents[0]);
            var half = Triangular.Solve(_lower, Triangular.Part(_lower.TransposeThisAndMultiply(g), false, 0.5), false, true);
            var whole = Triangular.Solve(_lower, half.Transpose(), false, true);
            return [((whole + whole.Transpose()) / 2).ToRowMajorArray()];
        }

        private static Matrix<double> Factor(Matrix<double> s)
        {
            int n = s.RowCount;
            var lower = Dense.Zero(n, n);
            for (int j = 0; j < n; j++)
            {
                for (int i = j; i < n; i++)
                {
                    double rest = s[i, j];
                    for (int k = 0; k < j; k++)
                    {
                        rest -= lower[i, k] * lower[j, k];
                    }

                    if (i == j && !(rest > 4 * n * SquareSystem.Precision * Math.Abs(s[j, j])))
                    {
                        throw new OutOfRangeException(
                            FormattableString.Invariant($"S is not positive definite: its pivot {j} is {rest:G3}, the diagonal entry {s[j, j]:G3}; add a multiple of the identity"), rest);
                    }

                    lower[i, j] = i == j ? Math.Sqrt(rest) : rest / lower[j, j];
                }
            }

            return lower;
        }
    }
}

public static partial class LinearAlgebra
{
    /// <summary>The lower triangular L with LLᵀ = S, of the symmetric part of S.</summary>
    /// <param name="s">…×n×n, positive definite.</param>
    public static Variable Cholesky(Variable s) => s.Builder.ApplyAll(new Cholesky(), s)[0];
}
