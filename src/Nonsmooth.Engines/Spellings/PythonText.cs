using System.Text.RegularExpressions;

namespace Nonsmooth.Engines.Spellings;

/// <summary>A spelling's source as Python: <c>static (e, x) => e.Relu(x)</c> is <c>lambda E, x: E.relu(x)</c>.</summary>
internal static partial class PythonText
{
    private static readonly Dictionary<string, string> _names = new(StringComparer.Ordinal)
    {
        ["Constant"] = "row",
        ["Row"] = "as_row",
        ["Column"] = "as_column",
        ["MatrixNormFro"] = "m_norm_fro",
        ["MatrixNorm1"] = "m_matrix_norm_1",
        ["MatrixNormInf"] = "m_matrix_norm_inf",
        ["LayerNorm"] = "layer_norm",
    };

    public static string Of(string source)
    {
        var parts = Lambda().Match(source);
        string body = Operation().Replace(parts.Groups[2].Value, m => "E." + Named(m.Groups[1].Value));
        return $"lambda E, {parts.Groups[1].Value}: {body}"
            .Replace("double.PositiveInfinity", "inf", StringComparison.Ordinal)
            .Replace("double.NegativeInfinity", "-inf", StringComparison.Ordinal)
            .Replace("null", "None", StringComparison.Ordinal)
            .Replace("true", "True", StringComparison.Ordinal);
    }

    /// <summary>A text without what only an engine needs: <c>lambda E, x: E.maximum(E.full(x, 0), x)</c> is <c>maximum(0, x)</c>.</summary>
    public static string Shown(string written) => Constant().Replace(written[(written.IndexOf(": ", StringComparison.Ordinal) + 2)..].Replace("E.m_", "", StringComparison.Ordinal).Replace("E.", "", StringComparison.Ordinal), "$1$2")
        .Replace("inf", "∞", StringComparison.Ordinal)
        .Replace('-', '−');

    private static string Named(string operation) => _names.TryGetValue(operation, out string? name) ? name : Hump().Replace(operation, "_").ToLowerInvariant();

    [GeneratedRegex(@"^static \(e, ([^)]*)\) => (.*)$", RegexOptions.Singleline)]
    private static partial Regex Lambda();

    [GeneratedRegex(@"\bfull\(\w+, ([^()]*)\)|\brow\(\w+, (\[[^\]]*\])\)")]
    private static partial Regex Constant();

    [GeneratedRegex(@"\be\.([A-Z]\w*)")]
    private static partial Regex Operation();

    [GeneratedRegex(@"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")]
    private static partial Regex Hump();
}
