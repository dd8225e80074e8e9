using System.Text.RegularExpressions;
using Nonsmooth.Engines.Atlases;
using Nonsmooth.Engines.Judging;
using Nonsmooth.Engines.Recordings;

namespace Nonsmooth.Engines.Tests.Atlases;

/// <summary>What each page of an atlas says first, and the frame that all have.</summary>
public sealed partial class AtlasPageTests
{
    private static readonly Recording _engine = new("engine-1", "Engine", "1", "eager", ["f64"], new Dictionary<string, string>(), []);

    [Fact]
    public void TheOverviewCountsRecordingsThatAreWrongSomewhere()
    {
        Assert.Equal("None of 1 recording of engines answers with a slope that cannot be right.", AtlasLeads.Overview(Atlas(Entry("right", 3))).Sentence);
        Assert.StartsWith("1 of 1 recording of engines answers somewhere with a slope that cannot be right: not a number,", AtlasLeads.Overview(Atlas(Entry("right", 3), Entry("zero", 1))).Sentence, StringComparison.Ordinal);
        Assert.Equal(("of those judged, right", "75 %"), AtlasLeads.Overview(Atlas(Entry("right", 3), Entry("zero", 1), Entry("unjudged", 9))).Figures[1]);
    }

    [Theory]
    [InlineData("No recording of an engine has a slope that cannot be right of f, in whatever way it is written.", "right", "conservative")]
    [InlineData("Written in some of 2 ways, f gets a slope that cannot be right in 1 of 3 recordings of engines: engine-1.", "right", "notfinite")]
    [InlineData("No recording of an engine has a slope that cannot be right of f, but in engine-1 its two ways to differentiate contradict each other.", "right", "split")]
    [InlineData("No answer about f could be judged.", "unjudged", "unjudged")]
    public void AFunctionIsRightOrNot(string sentence, params string[] findings) =>
        Assert.Equal(sentence, AtlasLeads.Function("f", 2, [.. findings.Select(f => Entry(f, 1))], 3).Sentence);

    [Fact]
    public void AnEngineIsCounted()
    {
        Assert.Equal("Of 3,004 answers of engine-1 that can be judged, 3,000 are right, and 4 have a slope that cannot be right.", AtlasLeads.Engine(_engine, [Entry("right", 3000), Entry("outside", 4)]).Sentence);
        Assert.Equal("Of 1 answer of engine-1 that can be judged, 1 is right, and none has a slope that cannot be right.", AtlasLeads.Engine(_engine, [Entry("rounded", 1)]).Sentence);
        Assert.Equal("No answer of engine-1 could be judged.", AtlasLeads.Engine(_engine, [Entry("unjudged", 1)]).Sentence);

        // Nearly all is not all.
        Assert.Equal("99.9 %", AtlasLeads.Engine(_engine, [Entry("right", 100_000), Entry("zero", 1)]).Figures[1].Value);
        Assert.Equal("100 %", AtlasLeads.Engine(_engine, [Entry("right", 100_000)]).Figures[1].Value);
    }

    [Fact]
    public void EveryPageHasTheFrame()
    {
        var pages = AtlasFiles.Of(Atlas(), "May 2026", ("made by", "nonsmooth 1 & more")).Where(f => f.Path.EndsWith(".html", StringComparison.Ordinal)).ToList();
        Assert.Equal(["changes.html", "engines/engine-1.html", "index.html", "report.html"], pages.Select(p => p.Path).Order(StringComparer.Ordinal));
        Assert.All(pages, page =>
        {
            Assert.All(
                (string[])["<html lang=\"en\">", "name=\"viewport\"", "<nav aria-label=\"Atlas\">", "<main>", "<p class=\"lead\">", "<dt>made by</dt><dd>nonsmooth 1 &amp; more</dd>", ", kink atlas</title>"],
                part => Assert.Contains(part, page.Content, StringComparison.Ordinal));
            Assert.Single(Regex.Matches(page.Content, "<h1>"));
            Assert.All(Heading().Matches(page.Content), m => Assert.Contains("scope=", m.Value, StringComparison.Ordinal));
            Assert.DoesNotContain(" style=", page.Content, StringComparison.Ordinal);
            Assert.DoesNotContain("http", page.Content, StringComparison.Ordinal);
        });
        Assert.Equal(pages.Count, pages.Select(p => Title().Match(p.Content).Value).Distinct().Count());
    }

    private static Atlas Atlas(params AtlasEntry[] entries) => new([_engine], [], [], entries, []);

    private static AtlasEntry Entry(string finding, int count) =>
        new("f", "f.a", "engine-1", AtlasFinding.All.Single(f => f.Id == finding), count, ["f64"], new JudgedCell("engine-1", "f.a", "f", "f64", "0", [0]));

    [GeneratedRegex("<th\\b[^>]*>")]
    private static partial Regex Heading();

    [GeneratedRegex("<title>.*</title>")]
    private static partial Regex Title();
}
