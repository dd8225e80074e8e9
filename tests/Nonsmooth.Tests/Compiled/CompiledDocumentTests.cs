using System.Globalization;
using Nonsmooth.Compiled;
using Nonsmooth.Testing;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Tests.Compiled;

/// <summary>What docs/compiled.md and docs/sparse.md say of the dictionary and show.</summary>
public sealed class CompiledDocumentTests
{
    [Fact]
    public void TheDocumentListsTheFunctionsThatAreLeft()
    {
        var compiled = StandardDictionary.Rows.Select(r => (r.Function.Name, Program: CompiledProgram<double>.Of(Examples.Program(r)))).ToArray();
        string text = string.Create(CultureInfo.InvariantCulture, $"""
            Interpreted, {Share(p => p.Interpreted.Count > 0)}

            Own loops, {Share(p => p.OwnLoops.Count > 0)}
            """);
        GeneratedPart.Check("compiled.md", "interpreted", text);

        string Share(Func<CompiledProgram<double>, bool> holds)
        {
            string[] names = [.. compiled.Where(c => holds(c.Program)).Select(c => c.Name)];
            string list = names.Length == 0 ? "none" : string.Join(", ", names.Distinct().Order(StringComparer.Ordinal).Select(n => $"`{n}`"));
            return string.Create(CultureInfo.InvariantCulture, $"{names.Length} of {compiled.Length} rows ({100.0 * names.Length / compiled.Length:F0} %): {list}.");
        }
    }

    [Theory]
    [InlineData("compiled")]
    [InlineData("sparse")]
    public void TheDocumentsCodeIsThatOfTheSample(string name)
    {
        string root = AppContext.BaseDirectory;
        while (!Directory.Exists(Path.Combine(root, "samples")))
        {
            root = Path.GetDirectoryName(root)!;
        }

        string document = File.ReadAllText(Path.Combine(root, "docs", $"{name}.md"));
        int start = document.IndexOf("```csharp\n", StringComparison.Ordinal) + 10;
        string code = document[start..document.IndexOf("```", start, StringComparison.Ordinal)];
        Assert.Contains(code, File.ReadAllText(Path.Combine(root, "samples", $"{name}.cs")), StringComparison.Ordinal);
    }
}
