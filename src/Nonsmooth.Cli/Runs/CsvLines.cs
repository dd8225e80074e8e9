using System.Globalization;

namespace Nonsmooth.Cli.Runs;

/// <summary>The lines of a file of comma-separated values that a run appends to; the last may be cut.</summary>
internal sealed class CsvLines
{
    private const long Longest = 1 << 30;
    private readonly string _path;
    private readonly Dictionary<string, int> _columns;

    private CsvLines(string path, string[] lines)
    {
        _path = path;
        _columns = lines.Length == 0 ? [] : Fields(lines[0]).Select((name, i) => (name, i)).DistinctBy(c => c.name).ToDictionary(c => c.name, c => c.i, StringComparer.Ordinal);
        Rows = [.. lines.Skip(1).Select((line, i) => new Row(this, Fields(line), i + 2))];
    }

    /// <summary>The lines after the headings.</summary>
    public IReadOnlyList<Row> Rows { get; }

    /// <summary>Whether the file ended in half a line, which is passed over.</summary>
    public bool IsCut { get; private init; }

    /// <summary>Reads a file; null where there is none.</summary>
    /// <exception cref="NonsmoothException">It cannot be read.</exception>
    public static CsvLines? TryRead(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        string text = RunFiles.Read(path, Longest);
        int end = text.LastIndexOf('\n') + 1;
        return new CsvLines(path, text[..end].Split('\n', StringSplitOptions.RemoveEmptyEntries)) { IsCut = end < text.Length };
    }

    // A site's name may have commas, and is in quotes then; no name has quotes.
    private static string[] Fields(string line)
    {
        string[] parts = line.Split('"');
        return parts.Length == 1 ? line.Split(',')
            : [.. string.Concat(parts.Select((p, i) => i % 2 == 0 ? p : p.Replace(',', '\0'))).Split(',').Select(f => f.Replace('\0', ','))];
    }

    /// <summary>A line.</summary>
    internal sealed class Row(CsvLines lines, string[] fields, int number)
    {
        /// <summary>A text of a column.</summary>
        public string Text(string column) =>
            lines._columns.TryGetValue(column, out int i) && i < fields.Length ? fields[i] : throw Broken(column);

        /// <summary>A number of a column.</summary>
        public double Number(string column) =>
            double.TryParse(Text(column), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : throw Broken(column);

        /// <summary>A whole number of a column.</summary>
        public long Whole(string column) =>
            long.TryParse(Text(column), NumberStyles.None, CultureInfo.InvariantCulture, out long value) ? value : throw Broken(column);

        /// <summary>A number of a column, null where it is empty or an earlier release did not write it.</summary>
        public double? TryNumber(string column) => Has(column) ? Number(column) : null;

        /// <summary>The same, whole.</summary>
        public long? TryWhole(string column) => Has(column) ? Whole(column) : null;

        private bool Has(string column) => lines._columns.TryGetValue(column, out int i) && i < fields.Length && fields[i].Length > 0;

        private NonsmoothException Broken(string column) =>
            new($"line {number} of '{lines._path}' has no {column} that can be read: delete the line, or use another copy");
    }
}
