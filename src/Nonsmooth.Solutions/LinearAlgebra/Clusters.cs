namespace Nonsmooth.Solutions;

/// <summary>Ordered eigenvalues or singular values, of which those that are equal to rounding are one cluster.</summary>
internal sealed class Clusters
{
    private readonly (int Start, int End)[] _of;

    /// <summary>Neighbours within the tolerance are of one cluster.</summary>
    public Clusters(double[] values, double tolerance)
    {
        _of = new (int, int)[values.Length];
        for (int start = 0, end; start < values.Length; start = end)
        {
            end = start + 1;
            while (end < values.Length && Math.Abs(values[end] - values[end - 1]) <= tolerance)
            {
                end++;
            }

            Array.Fill(_of, (start, end), start, end - start);
        }

        Least = Enumerable.Range(1, Math.Max(0, values.Length - 1)).Where(i => _of[i].Start == i)
            .Select(i => Math.Abs(values[i] - values[i - 1])).DefaultIfEmpty(double.PositiveInfinity).Min();
        Margins = [.. values.Select((v, i) => new Margin(
            i, new[] { i - 1, i + 1 }.Where(j => j >= 0 && j < values.Length).Select(j => Math.Abs(v - values[j])).DefaultIfEmpty(double.PositiveInfinity).Min(), IsTied(i), IsTied(i)))];
    }

    /// <summary>The least distance of two clusters; ∞ of one.</summary>
    public double Least { get; }

    /// <summary>A margin a value: the distance of the nearest other one, weak where they are equal.</summary>
    public IReadOnlyList<Margin> Margins { get; }

    /// <summary>The clusters, as ranges of positions.</summary>
    public IEnumerable<(int Start, int End)> All => _of.Distinct();

    /// <summary>Whether another value is equal.</summary>
    public bool IsTied(int i) => _of[i].End - _of[i].Start > 1;

    /// <summary>Whether two values are equal.</summary>
    public bool AreEqual(int i, int j) => _of[i] == _of[j];

    /// <summary>Each weight replaced by the mean over its cluster.</summary>
    public double[] Means(IReadOnlyList<double> weights) =>
        [.. _of.Select(c => c.End - c.Start == 1 ? weights[c.Start] : Enumerable.Range(c.Start, c.End - c.Start).Average(i => weights[i]))];
}
