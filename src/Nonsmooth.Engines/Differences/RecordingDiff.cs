using System.Globalization;
using System.Text.RegularExpressions;
using Nonsmooth.Engines.Judging;
using Nonsmooth.Engines.Recordings;
using Nonsmooth.Engines.Spellings;

namespace Nonsmooth.Engines.Differences;

/// <summary>What differs between two recordings: two versions of an engine, or two ways in which it runs.</summary>
/// <param name="First">The first.</param>
/// <param name="Second">The second.</param>
/// <param name="Compared">How many numbers both answered.</param>
/// <param name="Cells">Those that differ.</param>
/// <param name="Answerable">Spellings that only one of the two answers.</param>
/// <param name="Causes">The differences that are no rounding, grouped by the operation that they come from.</param>
public sealed partial record RecordingDiff(
    string First, string Second, long Compared, IReadOnlyList<ChangedCell> Cells, IReadOnlyList<string> Answerable, IReadOnlyList<DiffCause> Causes)
{
    /// <summary>Compares what both answered.</summary>
    public static RecordingDiff Between(Recording first, Recording second, IReadOnlyList<RecordedSpelling> list)
    {
        var asked = list.ToDictionary(s => s.Name, StringComparer.Ordinal);
        var other = second.Answers.ToDictionary(a => (a.Spelling, a.Format, a.Point));
        var cells = new List<ChangedCell>();
        long compared = 0;
        var both = new HashSet<string>(StringComparer.Ordinal);
        foreach (var a in first.Answers.Where(a => asked.ContainsKey(a.Spelling)))
        {
            if (other.TryGetValue((a.Spelling, a.Format, a.Point), out var b))
            {
                both.Add(a.Spelling);
                foreach (var (cell, isSame) in Numbers(a, b, asked[a.Spelling]))
                {
                    compared++;
                    if (!isSame)
                    {
                        cells.Add(cell);
                    }
                }
            }
        }

        string[] alone = [.. first.Answers.Select(a => a.Spelling).Except(second.Answers.Select(a => a.Spelling)).Select(s => $"{s} in {first.Name} only"), .. second.Answers.Select(a => a.Spelling).Except(first.Answers.Select(a => a.Spelling)).Select(s => $"{s} in {second.Name} only")];
        return new(first.Name, second.Name, compared, cells, alone, Grouped([.. cells.Where(c => !c.IsRounding)], [.. both.Select(s => asked[s])]));
    }

    private static IEnumerable<(ChangedCell Cell, bool IsSame)> Numbers(Answer a, Answer b, RecordedSpelling spelling)
    {
        var format = FormatScale.Of(a.Format);
        var point = spelling.Inputs[a.Format].First(p => p.Name == a.Point);
        bool isMap = spelling.Kind == SpellingKind.Map;
        foreach (var (kind, x, y) in Lists(a, b))
        {
            for (int i = 0; i < Math.Min(x.Count, y.Count); i++)
            {
                double[] inputs = isMap ? [.. point.Arguments.Select(p => p.Data[i])] : [.. point.Arguments.SelectMany(p => p.Data)];
                bool isSame = x[i].Equals(y[i]) || x[i] == y[i];
                double size = Math.Max(1, Math.Max(Math.Abs(x[i]), Math.Abs(y[i])));
                bool isRounding = Math.Abs(x[i] - y[i]) <= format.Loose * size || inputs.Any(v => v != 0 && format.IsTiny(v));
                yield return (
                    new(a.Spelling, a.Format, isMap ? string.Join(", ", inputs.Select(v => v.ToString("R", CultureInfo.InvariantCulture))) : a.Point, kind, x[i], y[i], inputs.All(double.IsFinite), isRounding),
                    isSame);
            }
        }
    }

    private static IEnumerable<(string Kind, IReadOnlyList<double> A, IReadOnlyList<double> B)> Lists(Answer a, Answer b)
    {
        if (a.Value is { } x && b.Value is { } y)
        {
            yield return ("value", x.Data, y.Data);
        }

        for (int i = 0; i < Math.Min(a.Reverse?.Count ?? 0, b.Reverse?.Count ?? 0); i++)
        {
            var (p, q) = (a.Reverse![i], b.Reverse![i]);
            if (p is not null || q is not null)
            {
                yield return ("reverse", p ?? [.. q!.Select(_ => 0.0)], q ?? [.. p!.Select(_ => 0.0)]);
            }
        }

        for (int i = 0; i < Math.Min(a.Forward?.Count ?? 0, b.Forward?.Count ?? 0); i++)
        {
            yield return ("forward", a.Forward![i], b.Forward![i]);
        }
    }

    // The operation that most changed spellings have and fewest unchanged ones; then the same of what is left. A change at points
    // that are not finite is one of its own only where nothing else changed.
    private static List<DiffCause> Grouped(IReadOnlyList<ChangedCell> cells, IReadOnlyList<RecordedSpelling> both)
    {
        var finite = cells.Where(c => c.IsFinite).Select(c => c.Spelling).ToHashSet(StringComparer.Ordinal);
        var causes = new List<DiffCause>();
        foreach (var part in cells.GroupBy(c => finite.Contains(c.Spelling)).OrderByDescending(g => g.Key))
        {
            var changed = part.Select(c => c.Spelling).ToHashSet(StringComparer.Ordinal);
            var operations = both.ToDictionary(s => s.Name, s => Operation().Matches(s.Written).Select(m => Family(m.Groups[1].Value)).Where(o => o is not ("full" or "row" or "stack")).Append(s.Name).ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal);
            var left = changed.ToHashSet(StringComparer.Ordinal);
            while (left.Count > 0)
            {
                string best = left.SelectMany(s => operations[s]).Distinct().MaxBy(o =>
                    left.Count(s => operations[s].Contains(o)) - (0.4 * operations.Count(s => !changed.Contains(s.Key) && s.Value.Contains(o))))!;
                string[] mine = [.. left.Where(s => operations[s].Contains(best)).Order(StringComparer.Ordinal)];
                left.ExceptWith(mine);
                causes.Add(new(best, part.Key, mine, [.. part.Where(c => mine.Contains(c.Spelling))]));
            }
        }

        return causes;
    }

    // One function over all, an axis, or axis 0.
    private static string Family(string operation) => operation switch
    {
        "max0" or "amax0" or "amax" or "max_axis" => "max",
        "amin" => "min",
        "sort0" or "sort_descending" or "gather_argsort" => "sort",
        "topk_last" => "topk",
        "norm0" => "norm",
        "median0" => "median",
        "logsumexp0" => "logsumexp",
        "max_pool1d" or "max_pool2d_ceil" or "max_by_pool" or "relu_by_pool" => "max_pool2d",
        _ => operation,
    };

    [GeneratedRegex(@"\bE\.(\w+)")]
    private static partial Regex Operation();
}

/// <summary>Differences that come from one operation.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="IsFinite">Whether at finite points too.</param>
/// <param name="Spellings">The spellings.</param>
/// <param name="Cells">The numbers.</param>
public sealed record DiffCause(string Operation, bool IsFinite, IReadOnlyList<string> Spellings, IReadOnlyList<ChangedCell> Cells)
{
    /// <summary>One line: the operation, the mode, from what to what, where.</summary>
    public string Line
    {
        get
        {
            var shown = Cells.Where(c => c.IsFinite == IsFinite).ToList();
            string kinds = string.Join("; ", shown.GroupBy(c => c.Kind).OrderBy(g => g.Key == "forward").Select(g => $"{g.Key} {string.Join(", ", g.GroupBy(c => c.Step).OrderByDescending(s => s.Count()).Take(2).Select(s => s.Key))}"));
            string where = shown.GroupBy(c => c.Point).OrderByDescending(g => g.Count()).First().Key;
            string also = IsFinite && Cells.Any(c => !c.IsFinite) ? ", and where a number is not finite" : "";
            return $"{Operation}: {kinds}, as at {where}{also}; {Spellings.Count} {(Spellings.Count == 1 ? "spelling" : "spellings")}: {string.Join(", ", Spellings.Take(4))}{(Spellings.Count > 4 ? ", …" : "")}";
        }
    }
}
