using System.Globalization;
using Nonsmooth.Cli.Documents;
using Nonsmooth.Files;
using Nonsmooth.Reliability.Families;

namespace Nonsmooth.Cli.Studies;

/// <summary>Draws as CSV, each appended when it is done, so that a later run does the others. Ranks finish them in any order.</summary>
internal sealed class DrawLog
{
    private const string Head = "setting,images,draw,first_batch,batches,at_kinks";

    private readonly string? _path;
    private readonly Dictionary<string, SortedDictionary<int, AffectedDraw>> _known = [];

    /// <summary>Reads the draws of earlier runs; nothing is kept without a path.</summary>
    /// <exception cref="NonsmoothException">The file cannot be read, or is no such file.</exception>
    public DrawLog(string? path)
    {
        _path = path;
        if (path is null || !File.Exists(path))
        {
            return;
        }

        try
        {
            // A run that was killed may have left half a line, which is measured again.
            string text = InputFile.ReadText(path, "log of draws", 1 << 28);
            string whole = text[..(text.LastIndexOf('\n') + 1)];
            if (whole.Length > 0 && !whole.StartsWith(Head + "\n", StringComparison.Ordinal))
            {
                throw new FormatException($"it does not begin with {Head}");
            }

            foreach (string line in whole.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1))
            {
                Read(line);
            }

            if (whole.Length < text.Length)
            {
                File.WriteAllText(path, whole);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or OverflowException)
        {
            throw new NonsmoothException($"'{path}' is no log of draws: {e.Message}", e);
        }
    }

    /// <summary>The draws that are known of a setting, by their numbers.</summary>
    public IReadOnlyList<AffectedDraw> Of(string setting, int images) =>
        _known.TryGetValue(Key(setting, images), out var draws) ? [.. draws.Values] : [];

    /// <summary>Appends a draw.</summary>
    public void Add(string setting, int images, AffectedDraw draw)
    {
        if (_path is null)
        {
            return;
        }

        string[] fields =
        [
            setting, Text(images), Text(draw.Draw), draw.FirstBatch is { } first ? Text(first) : "", Text(draw.Batches), Text(draw.AtKinks),
        ];
        bool fresh = !File.Exists(_path) || new FileInfo(_path).Length == 0;
        File.AppendAllText(_path, $"{(fresh ? Head + "\n" : "")}{string.Join(',', fields.Select(CsvWriter.Field))}\n");
    }

    private static string Key(string setting, int images) => $"{CsvWriter.Field(setting)},{Text(images)}";

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    private void Read(string line)
    {
        string[] fields = line.Split(',');
        if (fields.Length < 6)
        {
            throw new FormatException($"'{line}' is no draw");
        }

        string key = string.Join(',', fields[..^4]);
        var draw = new AffectedDraw(
            int.Parse(fields[^4], CultureInfo.InvariantCulture),
            fields[^3].Length == 0 ? null : int.Parse(fields[^3], CultureInfo.InvariantCulture),
            int.Parse(fields[^2], CultureInfo.InvariantCulture),
            long.Parse(fields[^1], CultureInfo.InvariantCulture));
        if (!_known.TryGetValue(key, out var draws))
        {
            _known[key] = draws = [];
        }

        if (draw.Draw < 0 || !draws.TryAdd(draw.Draw, draw))
        {
            throw new FormatException($"draw {draw.Draw} of {key} is there twice, or is none");
        }
    }
}
