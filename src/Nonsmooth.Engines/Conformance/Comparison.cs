using System.Globalization;
using Nonsmooth.Engines.Cells;
using Nonsmooth.Engines.Recordings;
using Nonsmooth.Engines.Spellings;

namespace Nonsmooth.Engines.Conformance;

/// <summary>A recording beside the answers of its preset, cell by cell.</summary>
/// <param name="Conventions">What was compared.</param>
/// <param name="Expressed">The spellings that have a program and an answer.</param>
/// <param name="Missing">The spellings with an answer that have no program, with the function that is missing.</param>
/// <param name="Cells">All cells: finite points, no subnormal number in argument, value or slope.</param>
public sealed record Comparison(
    EngineConventions Conventions,
    IReadOnlyList<string> Expressed,
    IReadOnlyDictionary<string, string> Missing,
    IReadOnlyList<Cell> Cells)
{
    private static readonly string[] _formats = ["f64", "f32"];

    /// <summary>Compares.</summary>
    /// <param name="conventions">What stands for the engine.</param>
    /// <param name="recording">What it answered.</param>
    /// <param name="list">What it was asked.</param>
    public static Comparison Of(EngineConventions conventions, Recording recording, IReadOnlyList<RecordedSpelling> list)
    {
        var asked = list.ToDictionary(s => s.Name, StringComparer.Ordinal);
        var expressed = new List<string>();
        var missing = new Dictionary<string, string>(StringComparer.Ordinal);
        var cells = new List<Cell>();
        foreach (var group in recording.Answers.Where(a => _formats.Contains(a.Format)).GroupBy(a => a.Spelling))
        {
            var spelling = SpellingCatalogue.Find(group.Key);
            var shapes = asked[group.Key].Inputs[group.First().Format][0].Arguments.Select(a => a.Shape).ToList();
            var expression = spelling.Express(conventions.Dialect, shapes);
            if (expression.Program is null)
            {
                missing.Add(group.Key, expression.Missing!);
                continue;
            }

            expressed.Add(group.Key);
            foreach (var answer in group)
            {
                var point = asked[group.Key].Inputs[answer.Format].First(p => p.Name == answer.Point);
                var program = spelling.Express(conventions.Dialect, [.. point.Arguments.Select(a => a.Shape)]).Program!;
                var ours = OurAnswer.Of(program, spelling.Kind, point, answer.Format, conventions.Preset.Selection, answer.Forward is not null);
                cells.AddRange(spelling.Kind == SpellingKind.Map ? SideBySide(answer, ours, point) : OneByOne(answer, ours, point));
            }
        }

        return new(conventions, expressed, missing, cells);
    }

    private static IEnumerable<Cell> SideBySide(Answer theirs, Answer ours, RecordedPoint points)
    {
        if (theirs.Value is not { } value)
        {
            yield break;
        }

        for (int i = 0; i < value.Data.Count; i++)
        {
            double[] point = [.. points.Arguments.Select(a => a.Data[i])];
            if (!point.All(double.IsFinite) || point.Append(value.Data[i]).Any(x => Closeness.IsSubnormal(x, theirs.Format)))
            {
                continue;
            }

            string name = string.Join(", ", point.Select(x => x.ToString("R", CultureInfo.InvariantCulture)));
            foreach (var (kind, argument, a, b) in Numbers(theirs, ours, i))
            {
                if (Made(theirs, name, kind, argument, 0, a, b) is { } cell)
                {
                    yield return cell;
                }
            }
        }
    }

    private static IEnumerable<(CellKind Kind, int Argument, double Theirs, double Ours)> Numbers(Answer theirs, Answer ours, int i)
    {
        yield return (CellKind.Value, 0, theirs.Value!.Data[i], ours.Value!.Data[i]);
        for (int a = 0; a < (theirs.Reverse?.Count ?? 0); a++)
        {
            yield return (CellKind.Reverse, a, theirs.Reverse![a]?[i] ?? 0, ours.Reverse![a]![i]);
        }

        for (int a = 0; a < (theirs.Forward?.Count ?? 0); a++)
        {
            yield return (CellKind.Forward, a, theirs.Forward![a][i], ours.Forward![a][i]);
        }
    }

    private static IEnumerable<Cell> OneByOne(Answer theirs, Answer ours, RecordedPoint point)
    {
        var inputs = point.Arguments.SelectMany(a => a.Data).ToList();
        if (theirs.Value is not { } value || !inputs.TrueForAll(double.IsFinite)
            || inputs.Concat(value.Data).Any(x => Closeness.IsSubnormal(x, theirs.Format)))
        {
            return [];
        }

        var cells = Entries(CellKind.Value, 0, value.Data, ours.Value!.Data);
        for (int a = 0; a < (theirs.Reverse?.Count ?? 0); a++)
        {
            cells = cells.Concat(Entries(CellKind.Reverse, a, theirs.Reverse![a] ?? [.. ours.Reverse![a]!.Select(_ => 0.0)], ours.Reverse![a]!));
        }

        return theirs.Forward is { } forward ? cells.Concat(Entries(CellKind.Forward, 0, forward[0], ours.Forward![0])) : cells;

        IEnumerable<Cell> Entries(CellKind kind, int argument, IReadOnlyList<double> a, IReadOnlyList<double> b) => a.Count == b.Count
            ? a.Select((x, i) => Made(theirs, point.Name, kind, argument, i, x, b[i])).OfType<Cell>()
            : throw new NonsmoothException($"{theirs.Spelling} at {point.Name}: {kind} has {a.Count} numbers in the recording and {b.Count} here");
    }

    private static Cell? Made(Answer at, string point, CellKind kind, int argument, int entry, double theirs, double ours) =>
        Closeness.IsSubnormal(theirs, at.Format) || Closeness.IsSubnormal(ours, at.Format)
            ? null
            : new(at.Spelling, at.Format, point, kind, argument, entry, theirs, ours, Closeness.Same(theirs, ours, at.Format));
}
