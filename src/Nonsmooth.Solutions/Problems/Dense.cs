using MathNet.Numerics.LinearAlgebra;

namespace Nonsmooth.Solutions;

/// <summary>Matrices from and to row-major numbers.</summary>
internal static class Dense
{
    public static Matrix<double> RowMajor(int rows, int columns, double[] numbers) =>
        Matrix<double>.Build.Dense(rows, columns, Lanes.Transposed(rows, columns, numbers));

    /// <summary>A matrix's numbers, row-major; a copy.</summary>
    public static double[] Numbers(Matrix<double> matrix) =>
        matrix.AsColumnMajorArray() is { } columns ? Lanes.Transposed(matrix.ColumnCount, matrix.RowCount, columns) : matrix.ToRowMajorArray();

    public static Matrix<double> Zero(int rows, int columns) => Matrix<double>.Build.Dense(rows, columns);

    /// <summary>The rows of a matrix at the given positions; it may be none.</summary>
    public static Matrix<double> Rows(Matrix<double> matrix, IReadOnlyList<int> rows) =>
        Matrix<double>.Build.Dense(rows.Count, matrix.ColumnCount, (i, j) => matrix[rows[i], j]);

    /// <summary>The columns of a matrix at the given positions; it may be none.</summary>
    public static Matrix<double> Columns(Matrix<double> matrix, IReadOnlyList<int> columns) =>
        Matrix<double>.Build.Dense(matrix.RowCount, columns.Count, (i, j) => matrix[i, columns[j]]);

    /// <summary>Numbers at some places of so many; 0 at the others.</summary>
    public static double[] Spread(int count, int[] places, IReadOnlyList<double> numbers)
    {
        double[] all = new double[count];
        for (int i = 0; i < places.Length; i++)
        {
            all[places[i]] = numbers[i];
        }

        return all;
    }

    /// <summary>The largest absolute value; 0 of none.</summary>
    public static double Largest(IEnumerable<double> numbers) => numbers.Select(Math.Abs).DefaultIfEmpty(0).Max();

    /// <summary>The Euclidean length of some arrays together.</summary>
    public static double Length(IEnumerable<double[]> arrays) => Math.Sqrt(arrays.Sum(a => a.Sum(x => x * x)));

    /// <summary>The Euclidean distance of some arrays from as many others.</summary>
    public static double Distance(IReadOnlyList<double[]> left, IReadOnlyList<double[]> right) =>
        Length(left.Zip(right, (a, b) => a.Zip(b, (x, y) => x - y).ToArray()));
}
