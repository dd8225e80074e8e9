using System.Text.RegularExpressions;

namespace Nonsmooth.Tests.Documents;

/// <summary>What docs/theory.md names is there: each test, each file of code, and both for each theorem.</summary>
public sealed partial class TheoryTests
{
    private static readonly string _root = Root();
    private static readonly string _text = File.ReadAllText(Path.Combine(_root, "docs", "theory.md"));

    [Fact]
    public void EveryTestThatIsNamedExists()
    {
        var methods = TestMethods();
        var named = Named().Matches(_text).Select(m => m.Groups[1].Value).Distinct().ToList();
        Assert.True(named.Count >= 30, $"{named.Count} tests are named");
        Assert.All(named, name => Assert.True(methods.Contains(name), $"docs/theory.md names {name}, which no test is"));
    }

    [Fact]
    public void ANameThatIsWrittenOtherwiseIsNoTest()
    {
        var methods = TestMethods();
        Assert.Contains("TheoryTests.EveryTestThatIsNamedExists", methods);
        Assert.DoesNotContain("TheoryTests.Root", methods);
    }

    [Fact]
    public void EveryFileThatIsLinkedExists() => Assert.All(
        Link().Matches(_text).Select(m => m.Groups[1].Value),
        link => Assert.True(File.Exists(Path.Combine(_root, "docs", link)), $"docs/theory.md links {link}, which is no file"));

    [Fact]
    public void EveryTheoremHasItsSourceCodeTestAndFailure()
    {
        var theorems = _text.Split("\n### ").Skip(1).ToList();
        Assert.True(theorems.Count >= 15);
        foreach (string theorem in theorems)
        {
            string name = theorem.Split('\n')[0];
            Assert.All(
                new[] { "**Says**", "**Source**", "**Code**", "**Test**", "**Fails**" },
                part => Assert.True(theorem.Contains($"- {part}: ", StringComparison.Ordinal) || theorem.Contains($"- {part},", StringComparison.Ordinal), $"{name} has no {part}"));
            Assert.Matches(Named(), theorem[theorem.IndexOf("- **Test**", StringComparison.Ordinal)..]);
        }
    }

    // By reading the sources: the tests of all projects, without referring to them.
    private static HashSet<string> TestMethods()
    {
        var methods = new HashSet<string>(StringComparer.Ordinal);
        foreach (string file in Directory.EnumerateFiles(Path.Combine(_root, "tests"), "*Tests.cs", SearchOption.AllDirectories))
        {
            string text = File.ReadAllText(file);
            string owner = Path.GetFileNameWithoutExtension(file);
            if (text.Contains($"class {owner}", StringComparison.Ordinal))
            {
                methods.UnionWith(Method().Matches(text).Select(m => $"{owner}.{m.Groups[1].Value}"));
            }
        }

        return methods;
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Nonsmooth.slnx")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }

    [GeneratedRegex(@"`(\w+Tests\.\w+)`")]
    private static partial Regex Named();

    [GeneratedRegex(@"\]\(([^)#]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"\[(?:Fact|Theory)[^\]]*\](?:\s*\[[^\]]*(?:\[[^\]]*\][^\]]*)*\])*\s*(?://[^\n]*\s*)*public (?:async )?(?:void|Task) (\w+)\(")]
    private static partial Regex Method();
}
