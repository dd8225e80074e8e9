using System.Globalization;
using System.Text.Json.Nodes;
using Nonsmooth.Engines.Judging;
using Nonsmooth.Engines.Recordings;
using Nonsmooth.Engines.Spellings;
using Nonsmooth.Tensors;

namespace Nonsmooth.Engines.Atlases;

/// <summary>A language that spellings are not written in: their trees are printed by templates.</summary>
/// <param name="Engine">The engine.</param>
/// <param name="Fence">What its programs are written in, as Markdown calls it.</param>
/// <param name="Operations">By operation how it is written over its operands, {0}, {1}, …</param>
/// <param name="Operand">How a number is written that stands for a tensor or a variable.</param>
/// <param name="Lines">The program: of the function's text, the arguments, the cotangent.</param>
/// <param name="IsOfArrays">Whether arrays can be written; where not, functions of one vector are written out entry by entry.</param>
public sealed record TreeLanguage(
    string Engine,
    string Fence,
    IReadOnlyDictionary<string, string> Operations,
    Func<string, string> Operand,
    Func<string, IReadOnlyList<RecordedArray>, IReadOnlyList<double>, string, string> Lines,
    bool IsOfArrays) : ILanguage
{
    // What stands after their first operand is a number: an exponent, a position, a value.
    private static readonly string[] _plain = ["power", "at", "clip", "norm", "norm0", "full", "maximum_scalar", "one_cold"];

    /// <inheritdoc/>
    public string Program(RecordedSpelling spelling, JudgedCell cell)
    {
        bool isMap = spelling.Kind == SpellingKind.Map;
        var tree = WrittenTree.Find(spelling.Written);
        IReadOnlyList<RecordedArray> arguments = isMap || !IsOfArrays
            ? [.. cell.Inputs.Select(x => new RecordedArray(new Shape(1), [x]))]
            : spelling.Inputs[cell.Format].First(p => p.Name == cell.Point).Arguments;
        return (isMap || IsOfArrays ? Text(tree) : EntryByEntry(tree, arguments.Count)) is { } text ? Lines(text, arguments, cell.Cotangent, cell.Format) : "";
    }

    internal static string Number(double x) => x.ToString("R", CultureInfo.InvariantCulture) is var text && text.AsSpan().ContainsAny('.', 'E') ? text : text + ".0";

    private string? Text(JsonNode? tree)
    {
        switch (tree)
        {
            case JsonValue number when number.TryGetValue(out double v):
                return Operand(Number(v));
            case JsonValue word when word.TryGetValue(out string? infinity):
                return infinity;
            case JsonObject o when o["x"] is { } index:
                return $"x{index}";
            case JsonObject o when o["list"] is JsonArray list && list.Select(Text).ToList() is var items && items.TrueForAll(i => i is not null):
                return $"[{string.Join(", ", items)}]";
            case JsonArray a when a[0]!.GetValue<string>() is var name && Operations.TryGetValue(name, out string? template):
                string?[] operands = [.. a.Skip(1).Select((t, i) => i > 0 && _plain.Contains(name) && t is JsonValue n && n.TryGetValue(out double plain) ? Number(plain) : Text(t))];
                return Array.TrueForAll(operands, o => o is not null) ? string.Format(CultureInfo.InvariantCulture, template, operands) : null;
            default:
                return null;
        }
    }

    // Of a vector's entries x0, x1, …: a text, an array of texts, or null where something is not known.
    private string? EntryByEntry(JsonNode? tree, int entries)
    {
        string[] x = [.. Enumerable.Range(0, entries).Select(i => $"x{i}")];
        return WrittenTree.Run(tree, [x], Apply) as string;

        object? Apply(string name, IReadOnlyList<object?> of)
        {
            if (of.Contains(null) || (name is "at" or "sum" && of[0] is not string[]))
            {
                return null;
            }

            if (name is "at" or "sum")
            {
                return name == "at" ? ((string[])of[0]!)[(int)(double)of[1]!] : Operand(string.Join(" + ", (string[])of[0]!));
            }

            object[] operands = [.. of.Select((o, i) => o is double v ? i > 0 && _plain.Contains(name) ? Number(v) : Operand(Number(v)) : o!)];
            return !Operations.TryGetValue(name, out string? template) ? null
                : operands.Any(o => o is string[]) ? Enumerable.Range(0, entries).Select(i => Written(template, [.. operands.Select(o => o is string[] all ? all[i] : o)])).ToArray()
                : Written(template, operands);
        }

        static string Written(string template, object[] operands) => string.Format(CultureInfo.InvariantCulture, template, operands);
    }
}
