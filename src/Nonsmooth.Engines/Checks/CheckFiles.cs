using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Nonsmooth.Engines.Checks;

/// <summary>A check as files that other tools read.</summary>
public static class CheckFiles
{
    /// <summary>The keys of all deviations, one a line, sorted: a baseline.</summary>
    public static string Baseline(CheckReport report) =>
        "# deviations that are known: nonsmooth check --baseline fails on others only\n"
        + string.Concat(report.Deviations.Select(d => d.Key).Distinct().Order(StringComparer.Ordinal).Select(k => k + "\n"));

    /// <summary>The keys of a baseline.</summary>
    public static IReadOnlySet<string> ReadBaseline(string text) =>
        text.Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0 && l[0] != '#').ToHashSet(StringComparer.Ordinal);

    /// <summary>JUnit's XML: a suite a function, a case a spelling and format.</summary>
    public static string JUnit(CheckReport report)
    {
        var bad = report.New.ToLookup(d => (d.Spelling, d.Format));
        var known = report.Deviations.Where(d => report.Known.Contains(d.Key)).Select(d => (d.Spelling, d.Format)).ToHashSet();
        var suites = report.Cells.GroupBy(c => c.Function).Select(suite =>
        {
            var cases = suite.GroupBy(c => (c.Spelling, c.Format)).Select(c => new XElement(
                "testcase",
                new XAttribute("classname", suite.Key),
                new XAttribute("name", $"{c.Key.Spelling}@{c.Key.Format}"),
                bad[c.Key].Select(d => new XElement("failure", new XAttribute("type", d.Kind), new XAttribute("message", PlainText.Of(d.Line)))),
                known.Contains(c.Key) && !bad[c.Key].Any() ? new XElement("skipped", new XAttribute("message", "known, by the baseline")) : null)).ToList();
            return new XElement(
                "testsuite",
                new XAttribute("name", suite.Key),
                new XAttribute("tests", cases.Count),
                new XAttribute("failures", cases.Count(c => c.Elements("failure").Any())),
                cases);
        }).ToList();
        if (report.Recording.Faults.Count > 0)
        {
            suites.Add(new XElement(
                "testsuite",
                new XAttribute("name", "protocol"),
                new XAttribute("tests", report.Recording.Faults.Count),
                new XAttribute("errors", report.Recording.Faults.Count),
                report.Recording.Faults.Select(f => new XElement("testcase", new XAttribute("classname", "protocol"), new XAttribute("name", PlainText.Of(f.Question)), new XElement("error", new XAttribute("message", PlainText.Of(f.Fault)))))));
        }

        return new XDocument(new XElement("testsuites", new XAttribute("name", $"{report.Recording.Engine} {report.Recording.Version}"), suites)) + "\n";
    }

    /// <summary>SARIF 2.1.0: a result a deviation, faults too; known ones are suppressed.</summary>
    public static string Sarif(CheckReport report) => new JsonObject
    {
        ["$schema"] = "https://json.schemastore.org/sarif-2.1.0.json",
        ["version"] = "2.1.0",
        ["runs"] = new JsonArray(new JsonObject
        {
            ["tool"] = new JsonObject
            {
                ["driver"] = new JsonObject
                {
                    ["name"] = "nonsmooth check",
                    ["rules"] = new JsonArray([.. report.Deviations.Select(d => d.Kind).Append("protocol").Distinct().Select(k => (JsonNode)new JsonObject { ["id"] = k })]),
                },
            },
            ["results"] = new JsonArray(
            [
                .. report.Deviations.Select(d => (JsonNode)Result(d.Kind, d.Line, $"{d.Spelling}@{d.Format}", report.Known.Contains(d.Key))),
                .. report.Recording.Faults.Select(f => (JsonNode)Result("protocol", f.Fault, f.Question, false)),
            ]),
        }),
    }.ToJsonString(new() { WriteIndented = true });

    private static JsonObject Result(string rule, string message, string name, bool known)
    {
        var result = new JsonObject
        {
            ["ruleId"] = rule,
            ["level"] = rule is "another-function" ? "warning" : "error",
            ["message"] = new JsonObject { ["text"] = message },
            ["locations"] = new JsonArray(new JsonObject { ["logicalLocations"] = new JsonArray(new JsonObject { ["name"] = name, ["kind"] = "function" }) }),
            ["partialFingerprints"] = new JsonObject { ["spelling/v1"] = string.Create(CultureInfo.InvariantCulture, $"{name} {rule}") },
        };
        if (known)
        {
            result["suppressions"] = new JsonArray(new JsonObject { ["kind"] = "external" });
        }

        return result;
    }
}
