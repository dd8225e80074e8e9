namespace Nonsmooth.Compiled;

/// <summary>Results that add the same products, each from a base of its own.</summary>
/// <param name="From">For each product, how far its number is from a row's base.</param>
/// <param name="Columns">For each product, which row of the matrix of columns it is with.</param>
/// <param name="Bases">For each result row, where its numbers begin.</param>
/// <param name="To">For each result row, where it stands among all.</param>
internal sealed record GatheredRows(int[] From, int[] Columns, int[] Bases, int[] To);

/// <summary>A product of a matrix that is gathered from a tensor with one whose columns are side by side: what a convolution and its adjoints are.</summary>
/// <param name="Rows">The result rows, those that add the same products together.</param>
/// <param name="Count">How many result rows.</param>
/// <param name="Width">How many columns.</param>
/// <param name="Terms">How many rows the matrix of columns has.</param>
/// <param name="Column">Where in the second argument entry (row, column) of that matrix is.</param>
/// <param name="Result">Where in the result entry (row, column) goes.</param>
internal sealed record GatheredProduct(GatheredRows[] Rows, int Count, int Width, int Terms, Func<int, int, int> Column, Func<int, int, int> Result)
{
    /// <summary>Puts the rows of one key together.</summary>
    /// <param name="rows">For each row its key and its base.</param>
    /// <param name="terms">For a row the products of its key: how far from its base, and with which row of columns.</param>
    public static GatheredRows[] Grouped<TKey>(IEnumerable<(TKey Key, int Base)> rows, Func<int, IEnumerable<(int From, int Column)>> terms)
        where TKey : notnull
    {
        var groups = new Dictionary<TKey, (int First, List<int> Bases, List<int> To)>();
        int row = 0;
        foreach (var (key, origin) in rows)
        {
            if (!groups.TryGetValue(key, out var group))
            {
                groups.Add(key, group = (row, [], []));
            }

            group.Bases.Add(origin);
            group.To.Add(row++);
        }

        return [.. groups.Values.Select(g =>
        {
            var own = terms(g.First).ToArray();
            return new GatheredRows([.. own.Select(t => t.From)], [.. own.Select(t => t.Column)], [.. g.Bases], [.. g.To]);
        })];
    }
}
