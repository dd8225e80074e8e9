namespace Nonsmooth.Engines.Judging;

/// <summary>What an engine answers in two ways at one point: in two formats, or for two spellings of one function.</summary>
/// <param name="Recording">The engine.</param>
/// <param name="Function">The function.</param>
/// <param name="Sides">The answers, each with all the cells that share it: at least two.</param>
/// <param name="Points">At how many points they differ.</param>
/// <remarks>
/// Nothing is said where a value is not right, where nothing is said of a slope, or where a rounded point or a flushed number explains it. At a kink both
/// sides may be Clarke subgradients: a disagreement is no fault, but whoever moves from one to the other changes the gradient.
/// </remarks>
public sealed record Disagreement(string Recording, string Function, IReadOnlyList<IReadOnlyList<JudgedCell>> Sides, int Points)
{
    /// <summary>The formats of one spelling that disagree: one a recording and spelling, at the point where most slopes are met.</summary>
    public static IReadOnlyList<Disagreement> OfFormats(IEnumerable<JudgedCell> cells) => Of(cells, c => (c.Recording, c.Spelling, c.Function), _ => "");

    /// <summary>The spellings of one function that disagree in one format: one a recording and function, at the point where most slopes are met.</summary>
    public static IReadOnlyList<Disagreement> OfSpellings(IEnumerable<JudgedCell> cells) => Of(cells, c => (c.Recording, "", c.Function), c => c.Format);

    private static IReadOnlyList<Disagreement> Of(IEnumerable<JudgedCell> cells, Func<JudgedCell, (string Recording, string Spelling, string Function)> by, Func<JudgedCell, string> apart) =>
    [
        .. cells.Where(IsTold).GroupBy(by).Select(g =>
        {
            var points = g.GroupBy(c => (apart(c), string.Join(' ', c.Inputs.Select(x => BitConverter.DoubleToInt64Bits(x))), c.Cotangent.Count))
                .Select(p => Parted([.. p])).Where(s => s.Count > 1).ToList();
            return points.Count == 0 ? null : new Disagreement(g.Key.Recording, g.Key.Function, points.MaxBy(p => p.Count)!, points.Count);
        }).OfType<Disagreement>(),
    ];

    private static bool IsTold(JudgedCell cell) => cell.Reverse.Count > 0 && cell.Reason is null
        && cell.ValueFinding is ValueFinding.Right or ValueFinding.Rounded
        && cell.ReverseFinding is not (SlopeFinding.NotJudged or SlopeFinding.Moved or SlopeFinding.Flushed);

    // A cell joins the first side that it is one with, in the coarser of the two formats.
    private static List<IReadOnlyList<JudgedCell>> Parted(IReadOnlyList<JudgedCell> cells)
    {
        var sides = new List<List<JudgedCell>>();
        foreach (var cell in cells)
        {
            if (sides.FirstOrDefault(s => IsSame(s[0], cell)) is { } side)
            {
                side.Add(cell);
            }
            else
            {
                sides.Add([cell]);
            }
        }

        return [.. sides];
    }

    private static bool IsSame(JudgedCell a, JudgedCell b)
    {
        double share = Math.Max(FormatScale.Of(a.Format).Loose, FormatScale.Of(b.Format).Loose);
        double size = a.Reverse.Concat(b.Reverse).Where(double.IsFinite).Select(Math.Abs).Append(1).Max();
        return a.Reverse.Zip(b.Reverse).All(p => p.First.Equals(p.Second) || Math.Abs(p.First - p.Second) <= share * size);
    }
}
