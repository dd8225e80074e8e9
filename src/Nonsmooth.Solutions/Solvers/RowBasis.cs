namespace Nonsmooth.Solutions;

/// <summary>Rows as they come, orthonormalised: of each whether it depends on those before it, and how.</summary>
/// <remarks>Twice projected, which is as good as reflections (Giraud, Langou, Rozložník, 2005).</remarks>
internal sealed class RowBasis(int columns)
{
    private readonly List<double[]> _units = [];
    private readonly List<double[]> _shares = [];

    /// <summary>The shares of the rows kept so far in a new one that they span up to a tolerance; null where they do not, and then it is kept.</summary>
    public double[]? Dependence(ReadOnlySpan<double> row, double tolerance)
    {
        double[] left = row.ToArray();
        double[] along = new double[_units.Count + 1];
        for (int pass = 0; pass < 2; pass++)
        {
            for (int k = 0; k < _units.Count; k++)
            {
                double share = Lanes.Dot(_units[k], left);
                along[k] += share;
                Lanes.Add(-share, _units[k], left);
            }
        }

        double length = Math.Sqrt(Lanes.Dot(left, left));
        if (length > tolerance && _units.Count < columns)
        {
            along[^1] = length;
            _units.Add(Array.ConvertAll(left, v => v / length));
            _shares.Add(along);
            return null;
        }

        // Rows are sums of units by a triangle of shares: which of the rows are these sums of units?
        double[] rows = new double[_units.Count];
        for (int k = rows.Length - 1; k >= 0; k--)
        {
            rows[k] = along[k] / _shares[k][k];
            for (int j = 0; j < k; j++)
            {
                along[j] -= rows[k] * _shares[k][j];
            }
        }

        return rows;
    }
}
