using System.Globalization;
using Nonsmooth.Compiled;
using Nonsmooth.Testing;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Tests.Compiled;

/// <summary>What docs/compiled.md says of the dictionary and shows.</summary>
public sealed class CompiledDocumentTests
{
    [Fact]
    public void TheDocumentListsTheFunctionsThatAreLeft()
    {
        string[] left = [.. StandardDictionary.Rows
            .Where(r => CompiledProgram<double>.Of(Examples.Program(r), new CompileOptions { MostUnrolled = 1 << 16 }).Interpreted.Count > 0).Select(r => r.Function.Name)];
        string share = string.Create(
            CultureInfo.InvariantCulture, $"{left.Length} of {StandardDictionary.Rows.Count} rows, {100.0 * left.Length / StandardDictionary.Rows.Count:F0} %");
        GeneratedPart.Check("compiled.md", "interpreted", $"{string.Join(", ", left.Distinct().Order(StringComparer.Ordinal).Select(n => $"`{n}`"))}: {share}.");
    }

    [Fact]
    public void TheDocumentsCodeIsThatOfTheSample()
    {
        string root = AppContext.BaseDirectory;
        while (!Directory.Exists(Path.Combine(root, "samples")))
        {
            root = Path.GetDirectoryName(root)!;
        }

        string document = File.ReadAllText(Path.Combine(root, "docs", "compiled.md"));
        int start = document.IndexOf("```csharp\n", StringComparison.Ordinal) + 10;
        string code = document[start..document.IndexOf("```", start, StringComparison.Ordinal)];
        Assert.Contains(code, File.ReadAllText(Path.Combine(root, "samples", "compiled.cs")), StringComparison.Ordinal);
    }
}
