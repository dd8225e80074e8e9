namespace Nonsmooth.Cli.Costs;

/// <summary>Puts nodes together by the first parts of their names, so that the table reads at a glance.</summary>
internal static class ModuleTable
{
    private const int _most = 25;
    private const int _fewest = 8;
    private const int _deepest = 4;

    /// <summary>The rows at a depth; without one, at most about 25 of them.</summary>
    /// <remarks>
    /// The deepest of the first levels with few enough rows is taken. Where that leaves hardly any, the next level is,
    /// with layers that multiply nothing put to the layer before them, and then neighbours put together.
    /// </remarks>
    public static IReadOnlyList<CostRow> Of(IReadOnlyList<CostRow> nodes, int? depth)
    {
        if (depth is { } asked)
        {
            return At(nodes, asked);
        }

        int chosen = Enumerable.Range(1, _deepest).LastOrDefault(d => Worthy(At(nodes, d)) <= _most, 1);
        var rows = At(nodes, chosen);
        return Worthy(rows) >= _fewest || Worthy(At(nodes, chosen + 1)) == Worthy(rows) ? rows : Chunks(Folded(At(nodes, chosen + 1)));
    }

    private static int Worthy(IReadOnlyList<CostRow> rows) => rows.Count(r => !r.IsFree);

    private static List<CostRow> At(IReadOnlyList<CostRow> nodes, int depth) =>
        [.. nodes.GroupBy(n => Prefix(n.Name, depth), StringComparer.Ordinal).Select(g => CostRow.Sum(g.Key, [.. g]))];

    private static List<CostRow> Folded(List<CostRow> rows)
    {
        var groups = new List<List<CostRow>>();
        foreach (var row in rows)
        {
            if (groups.Count > 0 && row.Macs.Dense == 0 && Siblings(groups[^1][0], row))
            {
                groups[^1].Add(row);
            }
            else
            {
                groups.Add([row]);
            }
        }

        return [.. groups.Select(Together)];
    }

    private static List<CostRow> Chunks(List<CostRow> rows)
    {
        for (int size = 1; ; size++)
        {
            var groups = new List<List<CostRow>>();
            foreach (var row in rows)
            {
                if (groups.Count > 0 && groups[^1].Count < size && Siblings(groups[^1][0], row))
                {
                    groups[^1].Add(row);
                }
                else
                {
                    groups.Add([row]);
                }
            }

            var chunks = groups.Select(Together).ToList();
            if (Worthy(chunks) <= _most || size == rows.Count)
            {
                return chunks;
            }
        }
    }

    private static bool Siblings(CostRow first, CostRow second) =>
        first.Name.Contains('.', StringComparison.Ordinal) && Parent(first.Name) == Parent(second.Name);

    // features.0 and features.3 together are features.0–3.
    private static CostRow Together(List<CostRow> rows) => rows.Count == 1
        ? rows[0]
        : CostRow.Sum($"{rows[0].Name.Split('–')[0]}–{Last(rows[^1].Name)}", rows);

    private static string Parent(string name) => name[..Math.Max(0, name.LastIndexOf('.'))];

    private static string Last(string name) => name[(name.LastIndexOf('.') + 1)..].Split('–')[^1];

    private static string Prefix(string name, int depth)
    {
        int end = -1;
        for (int i = 0; i < depth; i++)
        {
            end = name.IndexOf('.', end + 1);
            if (end < 0)
            {
                return name;
            }
        }

        return name[..end];
    }
}
