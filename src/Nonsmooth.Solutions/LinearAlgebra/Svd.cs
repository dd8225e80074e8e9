using MathNet.Numerics.LinearAlgebra;
using Nonsmooth.Arithmetic;
using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Solutions;

/// <summary>The thin singular value decomposition A = U·diag(σ)·Vᵀ.</summary>
/// <remarks>
/// <para>Parameter A (m × n), k = min(m, n); results U (m × k), σ (k, descending), V (n × k). The columns of U have the signs of <see cref="SymmetricEigen"/>'s vectors, and
/// those of V follow. Where singular values are equal or 0, U and V are some of many: the derivative is refused, unless no cotangent comes to them.
/// <see cref="SingularValues"/>, <see cref="Polar"/> and norms need no vectors and are defined there.</para>
/// <para>Counts: nominally 4mnk + 9k³ multiply-adds. Source: Townsend (2016).</para>
/// </remarks>
public sealed record Svd : MatrixMap
{
    /// <inheritdoc/>
    public override string Name => "svd";

    /// <inheritdoc/>
    public override string Border => "at singular values that are equal or 0 (refused), where the sign of a vector is undecided (a jump)";

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => One;

    /// <inheritdoc/>
    public override SolutionShapes Shapes(IReadOnlyList<Shape> parameters)
    {
        var (m, n) = MatrixShapes.Any(parameters[0], "A");
        int k = Math.Min(m, n);
        return MatrixShapes.Of([new Shape(m, k), new Shape(k), new Shape(n, k)]);
    }

    /// <inheritdoc/>
    public override OperationCount SolveCount(IReadOnlyList<Shape> parameters) => MatrixCount.Singular(parameters[0][0], parameters[0][1]);

    /// <inheritdoc/>
    public override OperationCount DerivativeCount(IReadOnlyList<Shape> parameters)
    {
        var (m, n) = ((long)parameters[0][0], (long)parameters[0][1]);
        long k = Math.Min(m, n);
        return SolveCount(parameters) + DenseCount.MultiplyAdds((2 * m * n * k) + (4 * (m + n) * k * k)) + OperationCount.Of(ScalarOperation.Divide, 2 * k * k);
    }

    private protected override bool Jumps => true;

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Variable> Equations(SolutionPiece piece)
    {
        var (a, u, v) = (piece.Parameters[0], piece.Values[0], piece.Values[2]);
        var values = piece.Values[1].Reshape(new Shape(1, u.Shape[1]));
        return
        [
            Functions.MatMul(a, v) - (u * values),
            (Functions.Square(u).Sum(0) - 1) * 0.5,
            Functions.MatMul(a, u, transposeLeft: true) - (v * values),
        ];
    }

    private protected override MatrixPoint At(Problem problem) => new Point(problem.Matrix(0));

    private sealed class Point(Matrix<double> a) : MatrixPoint
    {
        private readonly SingularValues.Point _values = new(a);

        public override IReadOnlyList<double[]> Values =>
            [Spectrum.ThinLeft.ToRowMajorArray(), Spectrum.Values, Spectrum.ThinRight.ToRowMajorArray()];

        public override IReadOnlyList<Margin> Margins => [.. _values.Margins, .. SymmetricSpectrum.SignMargins(Spectrum.ThinLeft, Spectrum.Values.Length)];

        public override double Condition => _values.Condition;

        public override Invertibility Invertibility => _values.Margins.Any(m => m.IsWeak) ? Invertibility.Fails : Invertibility.AllElements;

        private SingularSpectrum Spectrum => _values.Spectrum;

        // In the bases of all vectors, with M = UᵀdA·V: antisymmetric turns within the thin bases, and what leaves them.
        public override IReadOnlyList<double[]> Tangent(IReadOnlyList<double[]> tangents)
        {
            Check();
            double[] s = Spectrum.Values;
            var inside = Spectrum.Inside(tangents[0]);
            var left = Dense.Zero(a.RowCount, s.Length).MapIndexed(
                (i, j, _) => i >= s.Length ? inside[i, j] / s[j] : i == j ? 0 : ((inside[i, j] * s[j]) + (s[i] * inside[j, i])) * Gap(i, j), Zeros.Include);
            var right = Dense.Zero(a.ColumnCount, s.Length).MapIndexed(
                (i, j, _) => i >= s.Length ? inside[j, i] / s[j] : i == j ? 0 : ((s[i] * inside[i, j]) + (inside[j, i] * s[j])) * Gap(i, j), Zeros.Include);
            return [(Spectrum.Left * left).ToRowMajorArray(), [.. inside.Diagonal()], (Spectrum.Right * right).ToRowMajorArray()];
        }

        public override IReadOnlyList<double[]> Cotangent(IReadOnlyList<double[]> cotangents)
        {
            if (cotangents[0].All(c => c == 0) && cotangents[2].All(c => c == 0))
            {
                return _values.Cotangent([cotangents[1]]);
            }

            Check();
            double[] s = Spectrum.Values;
            int k = s.Length;
            var left = Spectrum.Left.TransposeThisAndMultiply(Dense.RowMajor(a.RowCount, k, cotangents[0]));
            var right = Spectrum.Right.TransposeThisAndMultiply(Dense.RowMajor(a.ColumnCount, k, cotangents[2]));
            var inside = Dense.Zero(a.RowCount, a.ColumnCount);
            for (int i = 0; i < a.RowCount; i++)
            {
                for (int j = 0; j < a.ColumnCount; j++)
                {
                    inside[i, j] = i == j ? cotangents[1][i]
                        : i < k && j < k ? Gap(i, j) * (((left[i, j] - left[j, i]) * s[j]) + (s[i] * (right[i, j] - right[j, i])))
                        : j < k ? left[i, j] / s[j]
                        : i < k ? right[j, i] / s[i] : 0;
                }
            }

            return [(Spectrum.Left * inside).TransposeAndMultiply(Spectrum.Right).ToRowMajorArray()];
        }

        private double Gap(int i, int j) => 1 / ((Spectrum.Values[j] - Spectrum.Values[i]) * (Spectrum.Values[j] + Spectrum.Values[i]));

        private void Check()
        {
            if (!Spectrum.IsFull)
            {
                throw Spectrum.NotFull("singular vectors have no derivative where a singular value is 0");
            }

            if (_values.Margins.FirstOrDefault(m => m.IsWeak) is { } tied)
            {
                throw new SingularSolutionException(
                    FormattableString.Invariant($"singular vectors have no derivative: singular value {tied.Constraint} of A equals another, {Spectrum.Values[tied.Constraint]:G6}; use a function that does not depend on their basis"),
                    tied.Distance / Spectrum.Values[0]);
            }
        }
    }
}

public static partial class LinearAlgebra
{
    /// <summary>The thin singular value decomposition A = U·diag(σ)·Vᵀ.</summary>
    /// <param name="a">…×m×n.</param>
    /// <returns>…×m×k, …×k (descending), …×n×k, k = min(m, n).</returns>
    public static (Variable Left, Variable Values, Variable Right) Svd(Variable a)
    {
        var results = a.Builder.ApplyAll(new Svd(), a);
        return (results[0], results[1], results[2]);
    }
}
