using Nonsmooth.Docs.Tests.Pages;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Docs.Tests;

/// <summary>The C# that pages show is compiled and run, and prints what the page says it does.</summary>
[Trait("Speed", "Slow")]
public sealed class SnippetTests
{
    // Tutorials' files are run where tutorials are followed.
    public static TheoryData<string> Pages => [.. Page.All.Where(p => p.Blocks.Any(b => b.Language == "csharp" && b.Note("file") is null)).Select(p => p.Name)];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task EverySnippetRuns(string name)
    {
        var page = Page.Read(name);
        using var folder = new TemporaryFolder();
        string assembly = SampleProgram.Compile("page-" + Path.GetFileNameWithoutExtension(name), Snippets.Program(page));
        var printed = (await SampleProgram.Run(folder.Path, [assembly])).Split(Snippets.Mark).Skip(1).Select(part => part.Split('\n', 2)).ToDictionary(p => p[0].Trim(), p => p[1]);
        for (int i = 0; i < page.Blocks.Count; i++)
        {
            if (page.Blocks[i] is { Language: "text", Follows: true } shown && page.Blocks[i - 1] is { Language: "csharp" } before)
            {
                string output = printed[$"{before.Line}"];
                Assert.True(Expected.Missing(shown, output) is null, $"{name}:{shown.Line}: '{Expected.Missing(shown, output)}' is not in\n{output}");
            }
        }
    }

    /// <summary>What is not run or not compiled says why.</summary>
    [Fact]
    public void EveryExemptionHasAReason() => Assert.All(
        Page.All.SelectMany(p => p.Blocks).SelectMany(b => b.Notes).Where(n => n.StartsWith("not ", StringComparison.Ordinal)),
        n => Assert.Matches(@"^not (run|compiled|followed|checked): .{10,}", n));
}
