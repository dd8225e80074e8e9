using System.Globalization;
using System.Reflection;
using System.Text;
using Nonsmooth.Dictionary;
using Nonsmooth.Engines.Conformance;
using Nonsmooth.Engines.Deviations;
using Nonsmooth.Engines.Tests.Recordings;
using Nonsmooth.Selections;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Engines.Tests.Conformance;

/// <summary>Tables of docs/engines.md and docs/selections.md against what they are made from; with <c>NONSMOOTH_ACCEPT=1</c> they are written anew.</summary>
public class DocsTests
{
    public static TheoryData<DeviationCause> Causes => [.. Enum.GetValues<DeviationCause>()];

    [Trait("Speed", "Slow")]
    [Fact]
    public void TheConformanceTableIsTheMeasuredOne() => GeneratedPart.Check(
        "engines.md", "conformance", ConformanceText.Table(EngineTable.All.Select(e => ConformanceRow.Of(RealRecordings.Compare(e.Recording)))));

    [Theory]
    [MemberData(nameof(Causes))]
    public void EveryDeviationIsListed(DeviationCause cause) => GeneratedPart.Check("engines.md", cause.ToString(), ConformanceText.Names(cause));

    [Trait("Speed", "Slow")]
    [Fact]
    public void MissingFunctionsAreListed()
    {
        var missing = EngineTable.All.SelectMany(e => RealRecordings.Compare(e.Recording).Missing)
            .GroupBy(m => m.Value).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => $"| {g.Key} | {string.Join(", ", g.Select(m => m.Key).Distinct().Order(StringComparer.Ordinal))} |\n");
        GeneratedPart.Check("engines.md", "missing", "| function | spellings |\n|---|---|\n" + string.Concat(missing));
    }

    [Fact]
    public void TheTableOfPresetsIsTheCodes()
    {
        var text = new StringBuilder($"| key | {string.Join(" | ", Presets.All.Select(p => p.Name))} |\n");
        text.Append('|').Insert(text.Length, "---|", Presets.All.Count + 1).Append('\n');
        foreach (var key in StandardDictionary.Keys)
        {
            string usual = Show(key.DefaultRule);
            text.Append(CultureInfo.InvariantCulture, $"| `{key.Name}` | {usual} | ")
                .AppendJoin(" | ", Presets.All.Skip(1).Select(p => Show(key.RuleOf(p.Selection)) is var own && own == usual ? "·" : own))
                .Append(" |\n");
        }

        GeneratedPart.Check("selections.md", "presets", text.ToString());
    }

    // The keys' views among the selection's properties have their names.
    [Fact]
    public void TheTableOfKeysIsTheCodes()
    {
        string[] views = [.. typeof(Selection).GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(p => p.Name)];
        var properties = typeof(SelectionKeys).GetProperties().Where(p => p.GetValue(null) is SelectionKey).ToDictionary(p => (SelectionKey)p.GetValue(null)!, p => p.Name);
        Assert.Equal(SelectionKeys.All, properties.Keys);
        Assert.All(properties.Values, name => Assert.Contains(name, views));
        var text = new StringBuilder("| key | property | what is chosen | the default, or the first other | functions |\n|---|---|---|---|---|\n");
        foreach (var key in StandardDictionary.Keys)
        {
            string property = properties.TryGetValue(key, out string? name) ? $"`{name}`" : "–";
            var readers = StandardDictionary.Rows.Where(r => r.Function.Keys.Contains(key)).Select(r => r.Function.Name).Distinct().Order(StringComparer.Ordinal).ToList();
            text.Append(CultureInfo.InvariantCulture, $"| `{key.Name}` | {property} | {key.Topic} | {key.Sides} | {(readers.Count == 0 ? "solutions" : string.Join(", ", readers.Select(r => $"`{r}`")))} |\n");
        }

        GeneratedPart.Check("selections.md", "keys", text.ToString());
    }

    private static string Show(object rule) => Convert.ToString(rule, CultureInfo.InvariantCulture)!;
}
