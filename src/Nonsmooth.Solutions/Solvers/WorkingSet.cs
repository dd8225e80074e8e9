namespace Nonsmooth.Solutions;

/// <summary>The coefficients that a problem with many is solved on: those whose correlations are the largest first, then those that violate the conditions.</summary>
/// <remarks>Source: Massias, Gramfort and Salmon (2018): working sets that grow twofold.</remarks>
internal sealed class WorkingSet
{
    private const int _first = 64;
    private readonly bool[] _in;

    public WorkingSet(double[] correlations, IEnumerable<int> with)
    {
        _in = new bool[correlations.Length];
        Add(with.Concat(Largest(correlations, Math.Min(_first, correlations.Length))));
    }

    /// <summary>The set, ascending.</summary>
    public int[] Columns { get; private set; } = [];

    /// <summary>Adds the worst of those outside whose correlation is above λ by more than its allowance; false where none is.</summary>
    public bool Grow(double[] correlations, double lambda, Func<int, double> allowance)
    {
        double[] excess = new double[correlations.Length];
        int violated = 0;
        for (int j = 0; j < excess.Length; j++)
        {
            if (!_in[j] && Math.Abs(correlations[j]) > lambda + allowance(j))
            {
                excess[j] = Math.Abs(correlations[j]) - lambda;
                violated++;
            }
        }

        Add(Largest(excess, Math.Min(violated, Columns.Length)));
        return violated > 0;
    }

    private void Add(IEnumerable<int> columns)
    {
        foreach (int j in columns)
        {
            _in[j] = true;
        }

        Columns = [.. Enumerable.Range(0, _in.Length).Where(j => _in[j])];
    }

    private static IEnumerable<int> Largest(double[] numbers, int count)
    {
        double[] keys = Array.ConvertAll(numbers, v => -Math.Abs(v));
        int[] order = [.. Enumerable.Range(0, numbers.Length)];
        Array.Sort(keys, order);
        return order.Take(count);
    }
}
