using System.Text.RegularExpressions;

namespace Nonsmooth.Sources.Tests;

/// <summary>Each section of a specification that a comment or a document cites is in docs/spec.</summary>
public sealed partial class SpecificationTests
{
    private static readonly Dictionary<string, HashSet<string>> _sections = new(StringComparer.OrdinalIgnoreCase)
    {
        ["complexity"] = Sections("complexity.md"),
        ["reliability"] = Sections("reliability.md"),
        ["INNAprop"] = Sections("innaprop.md"),
    };

    [Fact]
    public void EverySectionThatIsCitedIsThere()
    {
        var missing = new List<string>();
        int cited = 0;
        foreach (string file in Repository.Files(".cs", "src", "tests", "bench", "samples").Concat(Repository.Files(".md", "docs")))
        {
            foreach (var (specification, section) in Cited(File.ReadAllText(file)))
            {
                cited++;
                if (!_sections[specification].Contains(section))
                {
                    missing.Add($"{Repository.Relative(file)}: {specification} specification, {section}");
                }
            }
        }

        Assert.Empty(missing);
        Assert.True(cited >= 60, $"only {cited} citations were read");
    }

    [Theory]
    [InlineData("/// see complexity\n    /// specification, 3.4b and 7.6 (F2), then 5.", "3.4b 7.6 F2")]
    [InlineData("reliability specification, 1.2 to 1.4, 4.6; 9", "1.2 1.4 4.6")]
    [InlineData("(complexity specification, section 5)", "5")]
    [InlineData("reliability specification, 7, F4 and F15.", "7 F4 F15")]
    [InlineData("the reliability specification says", "")]
    public void CitationsAreRead(string text, string expected) => Assert.Equal(expected, string.Join(' ', Cited(text).Select(c => c.Section)));

    [Fact]
    public void ItemsAndRowsOfASectionCanBeCited()
    {
        Assert.Contains("0.4", _sections["reliability"]);
        Assert.Contains("F10", _sections["complexity"]);
        Assert.DoesNotContain("1.3", _sections["complexity"]);
    }

    private static IEnumerable<(string Specification, string Section)> Cited(string text)
    {
        foreach (Match citation in Citation().Matches(LineEnd().Replace(text, " ")))
        {
            foreach (Match section in Section().Matches(citation.Groups[2].Value))
            {
                yield return (citation.Groups[1].Value, section.Value);
            }
        }
    }

    private static HashSet<string> Sections(string file)
    {
        var sections = new HashSet<string>(StringComparer.Ordinal);
        string current = "";
        foreach (string line in File.ReadLines(Path.Combine(Repository.Root, "docs", "spec", file)))
        {
            if (line.StartsWith("## ", StringComparison.Ordinal))
            {
                sections.Add(current = line.Split(' ')[1]);
            }
            else if (Item().Match(line) is { Success: true } item)
            {
                sections.Add($"{current}.{item.Groups[1].Value}");
            }
            else if (line.StartsWith("| F", StringComparison.Ordinal))
            {
                sections.UnionWith(Section().Matches(line.Split('|')[1]).Select(m => m.Value));
            }
        }

        return sections;
    }

    // A comment goes on behind its marks on the next line.
    [GeneratedRegex(@"\r?\n\s*(?:///|//|\*)?\s*")]
    private static partial Regex LineEnd();

    [GeneratedRegex(@"(complexity|reliability|INNAprop) specification,?((?:\s*(?:,|and|to|section|\(|\))?\s*(?:F?\d+(?:\.\d+[a-z]?)?))+)", RegexOptions.IgnoreCase)]
    private static partial Regex Citation();

    [GeneratedRegex(@"F?\d+(?:\.\d+[a-z]?)?")]
    private static partial Regex Section();

    [GeneratedRegex(@"^(\d+)\. ")]
    private static partial Regex Item();
}
