using System.Collections.Concurrent;
using Nonsmooth.Engines.Conformance;
using Nonsmooth.Engines.Recordings;
using Nonsmooth.Engines.Spellings;

namespace Nonsmooth.Engines.Judging;

/// <summary>Judges recordings.</summary>
public static class Judge
{
    /// <summary>Every answer of some recordings, point by point, by spelling and then by recording.</summary>
    /// <param name="recordings">The recordings.</param>
    /// <param name="list">What they were asked; spellings that the catalogue lacks are left out.</param>
    public static IReadOnlyList<JudgedCell> Of(IReadOnlyList<Recording> recordings, IReadOnlyList<RecordedSpelling> list)
    {
        var answers = recordings.SelectMany(r => r.Answers.Select(a => (Recording: r, Answer: a))).ToLookup(x => x.Answer.Spelling, StringComparer.Ordinal);
        var known = new ConcurrentDictionary<string, IReadOnlyList<JudgedCell>>(StringComparer.Ordinal);
        Parallel.ForEach(list.OrderByDescending(s => s.Kind), s => known[s.Name] = Of(s, [.. answers[s.Name]]));
        return [.. list.SelectMany(s => known[s.Name])];
    }

    private static IReadOnlyList<JudgedCell> Of(RecordedSpelling asked, IReadOnlyList<(Recording Recording, Answer Answer)> answers)
    {
        var judge = new SpellingJudge(SpellingCatalogue.Find(asked.Name));
        return [.. answers.GroupBy(a => a.Recording.Name).SelectMany(g => Another([.. g.SelectMany(x => judge.Of(
            x.Recording.Name,
            x.Answer,
            asked.Inputs[x.Answer.Format].First(p => p.Name == x.Answer.Point),
            EngineTable.All.FirstOrDefault(e => e.Recording == x.Recording.Name)?.Dialect))]))];
    }

    // Another function at one point is another function: nothing is held against its slopes at points where the values agree.
    // In 16 bits alone it is the same one, out of its depth.
    private static IEnumerable<JudgedCell> Another(IReadOnlyList<JudgedCell> cells)
    {
        bool isAnother = cells.Any(c => c.ValueFinding == ValueFinding.AnotherFunction && c.Format is "f64" or "f32");
        foreach (var cell in cells)
        {
            var convention = Conventions.All.FirstOrDefault(c => c.Covers(cell) && (!c.IsForward || (cell.ForwardFinding == SlopeFinding.Zero && cell.ReverseFinding < SlopeFinding.Conservative)));
            bool isLost = cell.ValueFinding == ValueFinding.AnotherFunction && !isAnother;
            bool isHeld = cell.Worst is SlopeFinding.Conservative or SlopeFinding.Zero or SlopeFinding.Outside || cell.IsSplit;
            if (isLost)
            {
                yield return cell with { ValueFinding = ValueFinding.Rounded, Reason = "the value is lost in 16 bits" };
            }
            else if (isHeld && (isAnother || convention is not null))
            {
                yield return cell with
                {
                    ReverseFinding = convention is { IsForward: true } ? cell.ReverseFinding : SlopeFinding.NotJudged,
                    ForwardFinding = SlopeFinding.NotJudged,
                    IsSplit = false,
                    Reason = convention?.What ?? "the value is another function's",
                    Witness = null,
                };
            }
            else
            {
                yield return cell.ValueFinding == ValueFinding.AnotherFunction ? cell with { Reason = convention?.What ?? cell.Reason } : cell;
            }
        }
    }
}
