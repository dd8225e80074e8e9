namespace Nonsmooth.Cli.Documents;

/// <summary>Which columns of a table a page shows, and how wide: texts wrap first, then columns are left out, the least important first.</summary>
/// <param name="Shown">The columns shown, by index.</param>
/// <param name="Widths">The width of each of them, in characters.</param>
/// <param name="LeftOut">The headings of the others.</param>
internal sealed record TableLayout(IReadOnlyList<int> Shown, IReadOnlyList<int> Widths, IReadOnlyList<string> LeftOut)
{
    private const int _leastText = 12, _mostOfWord = 16, _mostOfName = 26;

    /// <summary>What stands between the columns and before the first.</summary>
    private const int _gap = 3, _edge = 1;

    /// <summary>The layout of a table on a page.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="cells">Their cells, row by row.</param>
    /// <param name="page">Characters of a line.</param>
    public static TableLayout Of(IReadOnlyList<Column> columns, IReadOnlyList<string[]> cells, int page)
    {
        int[] whole = [.. columns.Select((c, i) => cells.Select(row => row[i]).Append(c.Heading).Max(text => text.Split('\n').Max(line => line.Length)))];
        int[] least = [.. columns.Select((c, i) => Math.Min(whole[i], Least(c, i == 0, cells.Select(row => row[i]))))];
        List<int> shown = [.. Enumerable.Range(0, columns.Count)];
        int Free() => page - _edge - shown.Sum(i => least[i] + _gap);
        while (Free() < 0 && shown.Count > 1)
        {
            shown.Remove(shown.Skip(1).OrderBy(i => columns[i].Priority).ThenByDescending(i => i).First());
        }

        int free = Free(), left = shown.Count;
        int[] widths = [.. least];
        foreach (int i in shown.OrderBy(i => whole[i] - least[i]))
        {
            int more = Math.Min(whole[i] - least[i], free / left--);
            (widths[i], free) = (Math.Max(1, least[i] + more), free - more);
        }

        return new(shown, [.. shown.Select(i => widths[i])], [.. columns.Where((_, i) => !shown.Contains(i)).Select(c => c.Heading)]);
    }

    // Numbers stay whole; of a text, short words do.
    private static int Least(Column column, bool isFirst, IEnumerable<string> cells) => column.IsNumber
        ? Math.Max(cells.Append("").Max(cell => cell.Length), Math.Min(_mostOfWord, Wrapped.LongestPiece(column.Heading)))
        : Math.Clamp(cells.Append(column.Heading).Max(Wrapped.LongestWord), _leastText, isFirst ? _mostOfName : _mostOfWord);
}
