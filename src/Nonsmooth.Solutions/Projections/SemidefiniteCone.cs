using MathNet.Numerics.LinearAlgebra;
using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.Solutions;

/// <summary>The projection of a symmetric matrix on the positive semidefinite cone: negative eigenvalues become 0.</summary>
/// <remarks>
/// <para>Parameter Z (n × n). Its symmetric part counts; a matrix that differs from it by more than <see cref="Asymmetry"/> is refused.
/// Result X (n × n), and a state an eigenvalue in ascending order: 1 negative, 2 zero (weakly active), 0 positive. With Z = VΛVᵀ, dX = V(Ω ∘ VᵀdZV)Vᵀ, where Ω
/// has the divided differences of max(0, ·): 1 of two positive, 0 of two negative eigenvalues, λ/(λ − μ) of λ > 0 > μ.</para>
/// <para>Kinks where Z is singular. One-sided: among eigenvectors of the eigenvalue 0 the direction is projected on the cone in turn.</para>
/// <para>Counts: an eigendecomposition, nominally 9n³ multiply-adds, and products. Source: Sun and Sun (2002); Malick and Sendov (2006).</para>
/// </remarks>
public sealed record SemidefiniteCone : ExactMap
{
    /// <summary>How much two mirrored entries may differ, of the largest entry. Default 1e-6, so that rounded matrices pass.</summary>
    public double Asymmetry { get; init; } = 1e-6;

    /// <inheritdoc/>
    public override string Name => "semidefinite_projection";

    /// <inheritdoc/>
    public override string Border => "where an eigenvalue is 0";

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => [new("Z", 2)];

    /// <inheritdoc/>
    public override SolutionShapes Shapes(IReadOnlyList<Shape> parameters) => parameters[0][0] == parameters[0][1] && parameters[0][0] > 0
        ? new([parameters[0]], new Shape(parameters[0][0]))
        : throw new ShapeException($"Z is {parameters[0]}: give a square matrix of at least one row");

    /// <inheritdoc/>
    public override Solution Solve(Problem problem)
    {
        CheckSymmetric(problem.Matrix(0));
        var spectrum = new SymmetricSpectrum(problem.Matrix(0));
        double[] values = spectrum.Values;
        double size = Weak * spectrum.Size;
        return new Solution(
            [spectrum.Outside(Array.ConvertAll(values, v => Math.Max(0, v)))],
            Array.ConvertAll(values, v => Math.Abs(v) <= size ? 2L : v < 0 ? 1 : 0))
        {
            Residual = 0,
        };
    }

    /// <inheritdoc/>
    public override SolutionDerivative Differentiate(Problem problem, Solution solution, ActivityRule weak)
    {
        var spectrum = new SymmetricSpectrum(problem.Matrix(0));
        return new SemidefiniteDerivative(spectrum.Values, spectrum.Vectors, solution.State, weak);
    }

    /// <inheritdoc/>
    public override OperationCount SolveCount(IReadOnlyList<Shape> parameters)
    {
        long n = parameters[0][0];
        return DenseCount.MultiplyAdds(11 * n * n * n) + OperationCount.Of(ScalarOperation.Maximum, n);
    }

    /// <inheritdoc/>
    public override OperationCount DerivativeCount(IReadOnlyList<Shape> parameters)
    {
        long n = parameters[0][0];
        return DenseCount.MultiplyAdds(13 * n * n * n) + OperationCount.Of(ScalarOperation.Multiply, n * n) + OperationCount.Of(ScalarOperation.Divide, n * n);
    }

    /// <summary>The positive part of a symmetric matrix.</summary>
    internal static Matrix<double> Positive(Matrix<double> matrix)
    {
        var spectrum = new SymmetricSpectrum(matrix);
        return Dense.RowMajor(matrix.RowCount, matrix.RowCount, spectrum.Outside(Array.ConvertAll(spectrum.Values, v => Math.Max(0, v))));
    }

    internal static double[] RowMajor(Matrix<double> matrix) => [.. ((matrix + matrix.Transpose()) / 2).Enumerate()];

    private void CheckSymmetric(Matrix<double> z)
    {
        double size = Dense.Largest(z.Enumerate());
        var (i, j, worst) = (z - z.Transpose()).EnumerateIndexed().MaxBy(e => e.Item3);
        if (worst > Asymmetry * size)
        {
            throw new NotSymmetricException(
                FormattableString.Invariant($"Z is {z[i, j]} at {i}, {j} and {z[j, i]} at {j}, {i}: give a symmetric matrix, (Z + Zᵀ)/2"), worst, [i, j]);
        }
    }
}

public static partial class Solve
{
    /// <summary>The projection of a symmetric matrix on the positive semidefinite cone.</summary>
    public static Variable SemidefiniteCone(Variable z) => z.Builder.ApplyAll(new SemidefiniteCone(), z)[0];
}
