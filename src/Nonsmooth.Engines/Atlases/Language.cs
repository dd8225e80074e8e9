using System.Globalization;
using System.Text.RegularExpressions;
using Nonsmooth.Engines.Judging;
using Nonsmooth.Engines.Recordings;
using Nonsmooth.Engines.Spellings;

namespace Nonsmooth.Engines.Atlases;

/// <summary>How a cell is shown again in an engine's own language: a few lines of Python that a maintainer can run.</summary>
/// <param name="Engine">The engine.</param>
/// <param name="Operations">What the operations E are called there.</param>
/// <param name="Begin">Imports.</param>
/// <param name="Format">What a format is called.</param>
/// <param name="Run">The lines that run <c>f</c>: of the arguments, the format and the cotangent.</param>
public sealed partial record Language(
    string Engine, IReadOnlyDictionary<string, string> Operations, string Begin, Func<string, string> Format, Func<string, string, string, string> Run) : ILanguage
{
    /// <inheritdoc/>
    public string Fence => "python";

    /// <inheritdoc/>
    public string Program(RecordedSpelling spelling, JudgedCell cell)
    {
        var parts = Head().Match(spelling.Written);
        string[] names = [.. parts.Groups[1].Value.Split(", ")];
        string body = parts.Groups[2].Value;
        var helpers = new List<string>();
        bool isWhole = true;
        body = Operation().Replace(body, m =>
        {
            string name = m.Groups[1].Value;
            if (!Operations.TryGetValue(name, out string? own))
            {
                isWhole = false;
                return m.Value;
            }

            if (!own.StartsWith("lambda", StringComparison.Ordinal))
            {
                return own;
            }

            string line = $"{name}_ = {own}";
            if (!helpers.Contains(line))
            {
                helpers.Add(line);
            }

            return name + "_";
        });
        var lines = new List<string> { Begin };
        if (!isWhole)
        {
            lines.Add($"from adapter import E  # E is that of engines/{Engine.ToLowerInvariant()}.py");
        }

        if (body.Contains("inf", StringComparison.Ordinal))
        {
            lines.Add("inf = float('inf')");
        }

        lines.AddRange(helpers);
        lines.Add($"f = lambda {string.Join(", ", names)}: {body}");
        lines.Add(Run($"[{string.Join(", ", Arguments(spelling, cell))}]", Format(cell.Format), List(cell.Cotangent, cell.Value.Count == 1 && spelling.Kind == SpellingKind.Vector && IsScalar(spelling, cell))));
        return string.Join('\n', lines);
    }

    private static bool IsScalar(RecordedSpelling spelling, JudgedCell cell) => cell.Value.Count == 1 && spelling.Kind == SpellingKind.Vector;

    private static IEnumerable<string> Arguments(RecordedSpelling spelling, JudgedCell cell)
    {
        var arrays = spelling.Kind == SpellingKind.Map ? null : spelling.Inputs[cell.Format].First(p => p.Name == cell.Point).Arguments;
        int start = 0;
        for (int a = 0; a < (arrays?.Count ?? cell.Inputs.Count); a++)
        {
            var shape = arrays?[a].Shape.AsSpan().ToArray() ?? [1];
            int count = shape.Aggregate(1, (x, y) => x * y);
            yield return Nested([.. cell.Inputs.Skip(start).Take(count)], shape);
            start += count;
        }
    }

    private static string Nested(double[] data, int[] shape) => shape.Length <= 1
        ? List(data, false)
        : $"[{string.Join(", ", Enumerable.Range(0, shape[0]).Select(i => Nested(data[(i * (data.Length / shape[0]))..((i + 1) * (data.Length / shape[0]))], shape[1..])))}]";

    private static string List(IReadOnlyList<double> data, bool scalar) => scalar
        ? Number(data[0])
        : $"[{string.Join(", ", data.Select(Number))}]";

    private static string Number(double x)
    {
        string text = x.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().ContainsAny('.', 'E') ? text : text + ".0";
    }

    [GeneratedRegex(@"^lambda E, ([^:]*): (.*)$")]
    private static partial Regex Head();

    [GeneratedRegex(@"\bE\.(\w+)")]
    private static partial Regex Operation();
}
