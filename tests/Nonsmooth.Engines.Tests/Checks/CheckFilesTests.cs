using System.Text.Json.Nodes;
using System.Xml.Linq;
using Nonsmooth.Engines.Checks;
using Nonsmooth.Engines.Judging;
using Nonsmooth.Engines.Protocol;
using Nonsmooth.Engines.Recordings;
using Nonsmooth.Engines.Spellings;

namespace Nonsmooth.Engines.Tests.Checks;

/// <summary>What other tools read of a check: of three spellings, one has a planted rule, one is right, one is answered by garbage.</summary>
public class CheckFilesTests
{
    private static readonly string _wrong = PlantedRules.All.First(r => r.Expected == "Outside").Spelling;
    private static readonly string _right = SpellingCatalogue.All.First(s => s.Function == "abs" && PlantedRules.All.All(r => r.Spelling != s.Name)).Name;
    private static readonly string _silent = PlantedRules.All[^1].Spelling;

    [Fact]
    public void JUnitHasACaseASpellingAndAFailureADeviation()
    {
        var suites = XDocument.Parse(CheckFiles.JUnit(Report())).Root!.Elements("testsuite").ToList();
        var cases = suites.Elements("testcase").ToDictionary(c => (string)c.Attribute("name")!);
        Assert.NotEmpty(cases[$"{_wrong}@f64"].Elements("failure"));
        Assert.Empty(cases[$"{_right}@f64"].Elements());
        Assert.Contains("garbage", (string)cases[$"{_silent}@f64"].Element("error")!.Attribute("message")!, StringComparison.Ordinal);
        Assert.All(suites, s => Assert.Equal(s.Elements("testcase").Count(), (int)s.Attribute("tests")!));
    }

    [Fact]
    public void SarifHasAResultADeviationAndARuleAKind()
    {
        var run = JsonNode.Parse(CheckFiles.Sarif(Report()))!["runs"]![0]!;
        string[] rules = [.. run["tool"]!["driver"]!["rules"]!.AsArray().Select(r => (string)r!["id"]!)];
        var results = run["results"]!.AsArray();
        Assert.All(results, r => Assert.Contains((string)r!["ruleId"]!, rules));
        Assert.Contains(results, r => (string)r!["locations"]![0]!["logicalLocations"]![0]!["name"]! == $"{_wrong}@f64");
        Assert.DoesNotContain(results, r => r!["suppressions"] is not null);
    }

    [Fact]
    public void WhatABaselineKnowsFailsNoMore()
    {
        var report = Report();
        var known = CheckFiles.ReadBaseline(CheckFiles.Baseline(report));
        var again = report with { Known = known };
        Assert.NotEmpty(report.New);
        Assert.Empty(again.New);
        Assert.Empty(again.Mended);
        Assert.All(JsonNode.Parse(CheckFiles.Sarif(again))!["runs"]![0]!["results"]!.AsArray(), r => Assert.True(r!["suppressions"] is not null || (string)r["ruleId"]! == "protocol"));
        Assert.NotEmpty(XDocument.Parse(CheckFiles.JUnit(again)).Descendants("skipped"));
        Assert.Equal(["gone"], (again with { Known = new HashSet<string>(known) { "gone" } }).Mended);
    }

    [Fact]
    public void WhatWasAnsweredBeforeAStopIsKept()
    {
        using var stop = new CancellationTokenSource();
        var list = Questions.Of([.. new[] { _right, _wrong }.Select(SpellingCatalogue.Find)], ["f64"]);
        var live = LiveRecording.Of("stopped", new PlantedEngine(), list, progress: (_, _) => stop.Cancel(), stop: stop.Token);
        Assert.Single(live.Answers);
        Assert.Contains("interrupted after 1 of", Assert.Single(live.Faults).Fault, StringComparison.Ordinal);
    }

    private static CheckReport Report()
    {
        var list = Questions.Of([.. new[] { _wrong, _right, _silent }.Select(SpellingCatalogue.Find)], ["f64"]);
        return CheckReport.Of(LiveRecording.Of("planted", new Silent(), list), list);
    }

    // Control characters of an engine are no part of XML.
    private sealed class Silent : IEngine
    {
        private readonly PlantedEngine _planted = new();

        public EngineHello Hello => _planted.Hello;

        public Answer Ask(Question question) => question.Spelling == _silent ? throw new EngineFaultException("garbage \u0001\u0007<&") : _planted.Ask(question);
    }
}
