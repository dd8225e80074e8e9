using MathNet.Numerics.LinearAlgebra;

namespace Nonsmooth.Solutions.Tests.Reports;

/// <summary>Matrices with given eigenvalues or singular values, between random orthogonal ones.</summary>
internal static class PlantedMatrices
{
    /// <summary>A symmetric matrix.</summary>
    public static Tensor<double>[] Symmetric(CounterRandom random, params double[] eigenvalues)
    {
        var v = Orthogonal(random, "V", eigenvalues.Length);
        return [Of((v * Matrix<double>.Build.DiagonalOfDiagonalArray(eigenvalues)).TransposeAndMultiply(v))];
    }

    /// <summary>Any matrix.</summary>
    public static Tensor<double>[] Any(CounterRandom random, int rows, int columns, params double[] values)
    {
        var between = Matrix<double>.Build.Dense(rows, columns, (i, j) => i == j ? values[i] : 0);
        return [Of((Orthogonal(random, "U", rows) * between).TransposeAndMultiply(Orthogonal(random, "V", columns)))];
    }

    public static Tensor<double> Of(Matrix<double> matrix) => Tensor.Of(new Shape(matrix.RowCount, matrix.ColumnCount), matrix.ToRowMajorArray());

    private static Matrix<double> Orthogonal(CounterRandom random, string name, int size) =>
        Dense.RowMajor(size, size, Drawn.Normal(random, name, size, size).Elements).QR().Q;
}
