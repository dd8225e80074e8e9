using MathNet.Numerics.LinearAlgebra;
using Nonsmooth.Arithmetic;
using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Solutions;

/// <summary>The eigenvalues and eigenvectors of a symmetric matrix, S = VΛVᵀ.</summary>
/// <remarks>
/// <para>Parameter S (n × n), of which the symmetric part counts; results λ (n, ascending) and V (n × n), a column each, with a positive product with
/// (1.62, 1.24, 1.85, …), 1 and the fractions of multiples of the golden ratio: a column is unique up to its sign, any convention jumps somewhere, and this one not at matrices of simple numbers. dV = V(F ∘ VᵀdS·V), Fᵢⱼ = 1/(λⱼ − λᵢ). Where eigenvalues are equal, V is one of many bases: the
/// derivative is refused, unless no cotangent comes to V. <see cref="SymmetricEigenvalues"/>, <see cref="SymmetricSqrt"/> and the like need no eigenvectors and are defined there.</para>
/// <para>Counts: nominally 9n³ multiply-adds, the derivative products. Source: Magnus (1985).</para>
/// </remarks>
public sealed record SymmetricEigen : MatrixMap
{
    /// <inheritdoc/>
    public override string Name => "eigh";

    /// <inheritdoc/>
    public override string Border => "at equal eigenvalues (refused), where the sign of a vector is undecided (a jump)";

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => Symmetric;

    /// <inheritdoc/>
    public override SolutionShapes Shapes(IReadOnlyList<Shape> parameters) =>
        MatrixShapes.Of([new Shape(MatrixShapes.Square(parameters[0], "S")), parameters[0]]);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Variable> Equations(SolutionPiece piece)
    {
        var (s, values, vectors) = (piece.Parameters[0], piece.Values[0], piece.Values[1]);
        int n = s.Shape[0];
        return
        [
            (Functions.Square(vectors).Sum(0) - 1) * 0.5,
            Functions.MatMul(MatrixFormulas.Symmetric(s), vectors) - (vectors * values.Reshape(new Shape(1, n))),
        ];
    }

    /// <inheritdoc/>
    public override OperationCount SolveCount(IReadOnlyList<Shape> parameters) => MatrixCount.Eigen(parameters[0][0]);

    /// <inheritdoc/>
    public override OperationCount DerivativeCount(IReadOnlyList<Shape> parameters)
    {
        long n = parameters[0][0];
        return MatrixCount.Eigen(n) + MatrixCount.Turned(n) + DenseCount.MultiplyAdds(n * n * n) + OperationCount.Of(ScalarOperation.Divide, n * (n - 1));
    }

    private protected override bool Jumps => true;

    private protected override MatrixPoint At(Problem problem) => new Point(problem.Matrix(0));

    private sealed class Point(Matrix<double> s) : MatrixPoint
    {
        private readonly SymmetricSpectrum _spectrum = new(s);

        public override IReadOnlyList<double[]> Values => [_spectrum.Values, _spectrum.Vectors.ToRowMajorArray()];

        public override IReadOnlyList<Margin> Margins =>
            [.. _spectrum.Clusters.Margins, .. SymmetricSpectrum.SignMargins(_spectrum.Vectors, s.RowCount)];

        public override double Condition => _spectrum.Condition;

        public override Invertibility Invertibility => Tied is null ? Invertibility.AllElements : Invertibility.Fails;

        private (int Start, int End)? Tied => _spectrum.Clusters.All.Where(c => c.End - c.Start > 1).Cast<(int, int)?>().FirstOrDefault();

        public override IReadOnlyList<double[]> Tangent(IReadOnlyList<double[]> tangents)
        {
            Check();
            var inside = _spectrum.Inside(tangents[0]);
            return [[.. inside.Diagonal()], (_spectrum.Vectors * inside.MapIndexed(Turned)).ToRowMajorArray()];
        }

        public override IReadOnlyList<double[]> Cotangent(IReadOnlyList<double[]> cotangents)
        {
            int n = s.RowCount;
            if (cotangents[1].All(c => c == 0))
            {
                return [_spectrum.Outside(_spectrum.Clusters.Means(cotangents[0]))];
            }

            Check();
            var inside = _spectrum.Vectors.TransposeThisAndMultiply(Dense.RowMajor(n, n, cotangents[1])).MapIndexed(Turned);
            return [_spectrum.Outside(inside + Matrix<double>.Build.DiagonalOfDiagonalArray(cotangents[0]))];
        }

        private double Turned(int i, int j, double x) => i == j ? 0 : x / (_spectrum.Values[j] - _spectrum.Values[i]);

        private void Check()
        {
            if (Tied is var (start, end))
            {
                throw new SingularSolutionException(
                    FormattableString.Invariant($"eigenvectors have no derivative: eigenvalues {start} to {end - 1} of S are equal, {_spectrum.Values[start]:G6}; use a function that does not depend on their basis"),
                    (_spectrum.Values[end - 1] - _spectrum.Values[start]) / Math.Max(_spectrum.Size, double.Epsilon));
            }
        }
    }
}

public static partial class LinearAlgebra
{
    /// <summary>The eigenvalues, ascending, and eigenvectors of the symmetric part of a matrix.</summary>
    /// <param name="s">…×n×n.</param>
    /// <returns>…×n and …×n×n, an eigenvector a column.</returns>
    public static (Variable Values, Variable Vectors) SymmetricEigen(Variable s)
    {
        var results = s.Builder.ApplyAll(new SymmetricEigen(), s);
        return (results[0], results[1]);
    }
}
