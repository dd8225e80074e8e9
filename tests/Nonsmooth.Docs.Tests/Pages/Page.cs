using System.Text.RegularExpressions;
using Nonsmooth.Sources.Tests;

namespace Nonsmooth.Docs.Tests.Pages;

/// <summary>A page of Markdown, as far as tests need it: blocks, links, headings.</summary>
internal sealed partial record Page(string Name, IReadOnlyList<Block> Blocks, string Prose)
{
    /// <summary>What is read by people: the pages at the root and those of docs, engines and bench.</summary>
    public static IReadOnlyList<Page> All { get; } =
    [
        .. Directory.EnumerateFiles(Repository.Root, "*.md").Concat(Repository.Files(".md", "docs", "engines", "bench")).Select(Repository.Relative).Order(StringComparer.Ordinal).Select(Read),
    ];

    /// <summary>Where its relative links lead: a path from the root and an anchor, empty if there is none.</summary>
    public IEnumerable<(string Link, string Path, string Anchor)> Links() =>
        from match in Link().Matches(CodeSpan().Replace(Prose, "")).Cast<Match>()
        let link = match.Groups[1].Value
        where !link.Contains("://", StringComparison.Ordinal) && !link.StartsWith("mailto:", StringComparison.Ordinal)
        let parts = link.Split('#', 2)
        let path = parts[0].Length == 0 ? Name : Repository.Relative(Path.GetFullPath(Path.Combine(Repository.Root, Path.GetDirectoryName(Name)!, parts[0])))
        select (link, path, parts.Length == 2 ? parts[1] : "");

    /// <summary>What a link may name after a number sign.</summary>
    public IReadOnlySet<string> Anchors() =>
        Heading().Matches(Prose).Select(m => NotInAnchor().Replace(m.Groups[1].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-')).ToHashSet(StringComparer.Ordinal);

    /// <summary>Commands that stand in the prose.</summary>
    public IEnumerable<string> Spans() => CodeSpan().Matches(Prose).Select(m => m.Groups[1].Value);

    /// <summary>A page of the repository.</summary>
    public static Page Read(string name) => Parse(name, File.ReadAllText(Path.Combine(Repository.Root, name)));

    /// <summary>A page from its text.</summary>
    public static Page Parse(string name, string text)
    {
        List<Block> blocks = [];
        List<string> prose = [], notes = [];
        string[] lines = text.ReplaceLineEndings("\n").Split('\n');
        bool follows = false;
        for (int i = 0; i < lines.Length; i++)
        {
            if (Fence().Match(lines[i]) is { Success: true } fence)
            {
                int start = i;
                int end = Array.FindIndex(lines, i + 1, l => l.Trim() == fence.Groups["fence"].Value);
                Assert.True(end > 0, $"{name}:{start + 1}: the block does not end");
                int indent = fence.Groups["indent"].Length;
                blocks.Add(new Block(fence.Groups["language"].Value, string.Join('\n', lines[(start + 1)..end].Select(l => l[Math.Min(indent, l.Length)..])), start + 1, [.. notes], follows));
                notes.Clear();
                (i, follows) = (end, true);
            }
            else if (lines[i].StartsWith("<!--", StringComparison.Ordinal))
            {
                int end = Array.FindIndex(lines, i, l => l.EndsWith("-->", StringComparison.Ordinal));
                notes.Add(string.Join('\n', lines[i..(end + 1)])[4..^3].Trim());
                i = end;
            }
            else
            {
                prose.Add(lines[i]);
                if (lines[i].Length > 0)
                {
                    notes.Clear();
                    follows = false;
                }
            }
        }

        return new Page(name, blocks, string.Join('\n', prose));
    }

    [GeneratedRegex(@"^(?<indent> *)(?<fence>`{3,})(?<language>[a-z]*)$")]
    private static partial Regex Fence();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"`([^`]+)`")]
    private static partial Regex CodeSpan();

    [GeneratedRegex(@"^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\p{L}\p{N}\p{M} _-]")]
    private static partial Regex NotInAnchor();
}
