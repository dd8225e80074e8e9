namespace Nonsmooth.Solutions;

/// <summary>A regression's matrix as it was given, row by row, and what working sets need of it.</summary>
/// <param name="numbers">X, row-major.</param>
/// <param name="rows">Number of rows.</param>
/// <param name="columns">Number of columns.</param>
internal sealed class Design(double[] numbers, int rows, int columns)
{
    private double[]? _squares;

    public int Rows => rows;

    public int Columns => columns;

    /// <summary>‖X_j‖² of each column.</summary>
    public double[] Squares => _squares ??= Weighted(null);

    /// <summary>Σ w_i x_ij² of each column; of no weights with ones.</summary>
    public double[] Weighted(double[]? weights)
    {
        double[] sums = new double[columns];
        for (int i = 0; i < rows; i++)
        {
            var row = numbers.AsSpan(i * columns, columns);
            Lanes.AddSquares(weights is null ? 1 : weights[i], row, sums);
        }

        return sums;
    }

    /// <summary>Xᵀv.</summary>
    public double[] TransposeTimes(double[] v)
    {
        double[] products = new double[columns];
        Lanes.AddTransposed(numbers, v, products);
        return products;
    }

    /// <summary>Xβ, of which zeros are not read.</summary>
    public double[] Times(double[] beta)
    {
        int[] support = [.. Enumerable.Range(0, columns).Where(j => beta[j] != 0)];
        double[] values = Array.ConvertAll(support, j => beta[j]);
        double[] fitted = new double[rows];
        Lanes.Times(Part(support), values, fitted);
        return fitted;
    }

    /// <summary>Some columns, row-major.</summary>
    public double[] Part(IReadOnlyList<int> some)
    {
        double[] part = new double[rows * some.Count];
        for (int i = 0; i < rows; i++)
        {
            for (int k = 0; k < some.Count; k++)
            {
                part[(i * some.Count) + k] = numbers[(i * columns) + some[k]];
            }
        }

        return part;
    }

    /// <summary>PᵀWP + ridge of some columns P.</summary>
    public static double[] Gram(double[] part, int rows, int columns, double[] weights, double ridge)
    {
        double[] gram = new double[columns * columns];
        Lanes.AddGram(gram, columns, columns, part, columns, rows, weights);
        for (int i = 0; i < columns; i++)
        {
            gram[(i * columns) + i] += ridge;
            for (int j = 0; j < i; j++)
            {
                gram[(i * columns) + j] = gram[(j * columns) + i];
            }
        }

        return gram;
    }
}
