namespace Nonsmooth.Cli.Output;

/// <summary>What comma-separated files need.</summary>
internal static class Csv
{
    /// <summary>A field as it is written: in quotes where it has a comma, a quote or a line's end.</summary>
    public static string Field(string text) =>
        text.AsSpan().ContainsAny(",\"\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
