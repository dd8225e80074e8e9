using MathNet.Numerics.LinearAlgebra;
using Nonsmooth.Randomness;
using Nonsmooth.Tensors;
using static Nonsmooth.Solutions.Drawn;

namespace Nonsmooth.Solutions;

/// <summary>Functions of matrices: a row each.</summary>
internal static class MatrixRows
{
    public static IReadOnlyList<SolutionRow> Rows { get; } =
    [
        new(new LinearSolve(), r => [Apart(r, 4, 4), Normal(r, "B", 4, 2)]),
        new(new TriangularSolve(false), r => [Lower(r, 4), Normal(r, "B", 4, 2)]),
        new(new TriangularSolve(true, true), r => [Normal(r, "T", 4, 4), Normal(r, "B", 4, 1)]),
        new(new Cholesky(), r => [Definite(r, "S", 4, 0.5)]),
        new(new Determinant(), r => [Normal(r, "A", 4, 4)]),
        new(new LogDeterminant(), r => [Apart(r, 4, 4)]),
        new(new Inverse(), r => [Apart(r, 4, 4)]),
        new(new LeastSquares(), r => [Apart(r, 6, 3), Normal(r, "B", 6, 1)]),
        new(new LeastSquares(), r => [Apart(r, 3, 5), Normal(r, "B", 3, 2)]),
        new(new Qr(), r => [Apart(r, 5, 3)]),
        new(new Qr(), r => [Wide(r, 3, 5)]),
        new(new SymmetricEigenvalues(), r => [Spread(r, 4)]),
        new(new SymmetricEigen(), r => [Spread(r, 4)]),
        new(new EigenvalueSum(2), r => [Spread(r, 4)]),
        new(new SymmetricSqrt(), r => [Definite(r, "S", 4, 0.5)]),
        new(new SymmetricExp(), r => [Normal(r, "S", 4, 4)]),
        new(new SymmetricLog(), r => [Definite(r, "S", 4, 0.5)]),
        new(new SingularValues(), r => [Apart(r, 4, 3)]),
        new(new Svd(), r => [Apart(r, 5, 3)]),
        new(new Svd(), r => [Apart(r, 3, 4)]),
        new(new Polar(), r => [Apart(r, 5, 3)]),
        new(new Polar(), r => [Apart(r, 4, 4)]),
        new(new SingularValueSum(1), r => [Apart(r, 3, 4)]),
        new(new SingularValueSum(2), r => [Apart(r, 4, 4)]),
        new(new SingularValueSum(), r => [Apart(r, 4, 3)]),
        new(new RealEigenvalues(), r => [RealSpectrum(r, 4)]),
    ];

    /// <summary>Singular values about 0.8 apart, the least about 0.8, between random orthogonal matrices.</summary>
    private static Tensor<double> Apart(CounterRandom random, int rows, int columns)
    {
        int least = Math.Min(rows, columns);
        var (left, right) = (Basis(random, "U", rows), Basis(random, "V", columns));
        double[] jitter = Uniform(random, "values", -0.2, 0.2, least).Elements;
        var values = Matrix<double>.Build.Dense(rows, columns, (i, j) => i == j ? (0.8 * (i + 1)) + jitter[i] : 0);
        return Of((left * values).TransposeAndMultiply(right));
    }

    /// <summary>Eigenvalues about 0.8 apart, around 0, on a random orthogonal basis.</summary>
    private static Tensor<double> Spread(CounterRandom random, int size)
    {
        var basis = Basis(random, "V", size);
        return Of((basis * Eigenvalues(random, size)).TransposeAndMultiply(basis));
    }

    /// <summary>The same on a basis that is not orthogonal.</summary>
    private static Tensor<double> RealSpectrum(CounterRandom random, int size)
    {
        var basis = Dense.RowMajor(size, size, Apart(random, size, size).Elements);
        return Of(basis * Eigenvalues(random, size) * basis.Inverse());
    }

    private static Matrix<double> Eigenvalues(CounterRandom random, int size)
    {
        double[] jitter = Uniform(random, "eigenvalues", -0.2, 0.2, size).Elements;
        return Matrix<double>.Build.DiagonalOfDiagonalArray([.. jitter.Select((x, i) => (0.8 * (i - (0.5 * size))) + x)]);
    }

    private static Tensor<double> Lower(CounterRandom random, int size)
    {
        var (triangle, diagonal) = (Normal(random, "T", size, size), Uniform(random, "diagonal", 0.8, 2, size));
        return Tensor.Generate(triangle.Shape, e => e / size == e % size ? diagonal[e % size] : triangle[e]);
    }

    private static Tensor<double> Wide(CounterRandom random, int rows, int columns)
    {
        var (first, others) = (Apart(random, rows, rows), Normal(random, "others", rows, columns));
        return Tensor.Generate(others.Shape, e => e % columns < rows ? first[(e / columns * rows) + (e % columns)] : others[e]);
    }

    private static Matrix<double> Basis(CounterRandom random, string name, int size) =>
        Reflections.Decompose(Dense.RowMajor(size, size, Normal(random, name, size, size).Elements)).Q;

    private static Tensor<double> Of(Matrix<double> matrix) => Tensor.Of(new Shape(matrix.RowCount, matrix.ColumnCount), matrix.ToRowMajorArray());
}
