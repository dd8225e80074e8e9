using Nonsmooth.Docs.Tests.Pages;
using Nonsmooth.Sources.Tests;

namespace Nonsmooth.Docs.Tests;

/// <summary>Where the pages' links lead is there, in the repository as on the site.</summary>
public sealed class LinkTests
{
    public static TheoryData<string> Pages => [.. Page.All.Select(p => p.Name)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void EveryLinkLeadsSomewhere(string page) => Assert.Empty(Broken(Page.Read(page)));

    [Fact]
    public void ABrokenLinkIsFound() => Assert.Equal(
        ["nowhere.md", "kinks.md#nowhere", "#here"],
        Broken(Page.Parse("docs/x.md", "# There\n[a](nowhere.md) [b](kinks.md#nowhere) [c](#here)\n[d](#there) [e](kinks.md#how) [f](../samples/own.cs) [g](https://x.org) `[h](i)`\n```\n[j](k)\n```\n")));

    /// <summary>The table of contents has every page of docs, but records of decisions, which have a table of their own.</summary>
    [Fact]
    public void EveryPageIsInTheTableOfContents()
    {
        string contents = File.ReadAllText(Path.Combine(Repository.Root, "docs", "toc.yml"));
        Assert.All(
            Page.All.Where(p => p.Name.StartsWith("docs/", StringComparison.Ordinal) && !p.Name.StartsWith("docs/decisions/0", StringComparison.Ordinal) && !p.Name.StartsWith("docs/site/", StringComparison.Ordinal)),
            p => Assert.Contains($"href: {p.Name["docs/".Length..]}\n", contents, StringComparison.Ordinal));
    }

    // The landing page lies elsewhere on the site than in the repository: docfx checks it.
    private static IEnumerable<string> Broken(Page page) => page.Name == "docs/site/index.md" ? [] :
        from link in page.Links()
        let there = Path.Combine(Repository.Root, link.Path)
        let isOwn = link.Path == page.Name
        where !(isOwn || File.Exists(there) || Directory.Exists(there)) || (link.Anchor.Length > 0 && link.Path.EndsWith(".md", StringComparison.Ordinal) && !(isOwn ? page : Page.Read(link.Path)).Anchors().Contains(link.Anchor))
        select link.Link;
}
