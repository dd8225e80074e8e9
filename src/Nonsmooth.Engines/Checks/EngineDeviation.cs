using Nonsmooth.Engines.Judging;

namespace Nonsmooth.Engines.Checks;

/// <summary>What is inadmissible in one spelling and format of an engine.</summary>
/// <param name="Spelling">The spelling.</param>
/// <param name="Function">Its function.</param>
/// <param name="Format">The format.</param>
/// <param name="Kind">What it is: outside, zero, not-finite, another-function, reverse-forward.</param>
/// <param name="Cells">Where: the first is the witness.</param>
public sealed record EngineDeviation(string Spelling, string Function, string Format, string Kind, IReadOnlyList<JudgedCell> Cells)
{
    /// <summary>What a baseline knows it by.</summary>
    public string Key => $"{Spelling}@{Format} {Kind}";

    /// <summary>One line: where, what the engine answers, what is right.</summary>
    public string Line
    {
        get
        {
            var cell = Cells[0];
            string right = cell.Witness is { Pieces: [var piece, ..] } && Kind is not "another-function"
                ? $"a piece has {Show(piece.Gradient)}" : $"right is {Show(cell.RightValue)}";
            string answered = Kind switch
            {
                "another-function" or "value-not-finite" => $"value {Show(cell.Value)}",
                "reverse-forward" => $"reverse {Show(cell.Reverse)}, forward {Show(cell.Forward)}",
                _ => cell.ReverseFinding >= cell.ForwardFinding || cell.Forward.Count == 0 ? $"gradient {Show(cell.Reverse)}" : $"forward {Show(cell.Forward)}",
            };
            return $"{Spelling} in {Format} at {(cell.Point.Length > 0 ? cell.Point : Show(cell.Inputs))}: {answered}; {(Kind == "reverse-forward" ? "the modes contradict each other" : right)}{(Cells.Count > 1 ? $" ({Cells.Count} points)" : "")}";
        }
    }

    /// <summary>Everything inadmissible among judged cells, by spelling, format and kind.</summary>
    public static IReadOnlyList<EngineDeviation> Of(IEnumerable<JudgedCell> cells) =>
        [.. cells.SelectMany(c => Kinds(c).Select(k => (Cell: c, Kind: k)))
            .GroupBy(x => (x.Cell.Spelling, x.Cell.Function, x.Cell.Format, x.Kind))
            .Select(g => new EngineDeviation(g.Key.Spelling, g.Key.Function, g.Key.Format, g.Key.Kind, [.. g.Select(x => x.Cell)]))];

    private static IEnumerable<string> Kinds(JudgedCell cell)
    {
        if (cell.ValueFinding == ValueFinding.AnotherFunction)
        {
            yield return "another-function";
        }

        if (cell.ValueFinding == ValueFinding.NotFinite && !cell.IsAsWritten)
        {
            yield return "value-not-finite";
        }

        if (cell.Worst is SlopeFinding.Outside or SlopeFinding.Zero || (cell.Worst == SlopeFinding.NotFinite && !cell.IsAsWritten))
        {
            yield return cell.Worst switch { SlopeFinding.Zero => "zero", SlopeFinding.NotFinite => "not-finite", _ => "outside" };
        }
        else if (cell.IsSplit && !cell.IsAsWritten)
        {
            yield return "reverse-forward";
        }
    }

    private static string Show(IReadOnlyList<double> x) => x.Count == 1
        ? Number(x[0])
        : $"({string.Join(", ", x.Take(6).Select(Number))}{(x.Count > 6 ? ", …" : "")})";

    private static string Number(double x) => x.ToString("G6", System.Globalization.CultureInfo.InvariantCulture);
}
