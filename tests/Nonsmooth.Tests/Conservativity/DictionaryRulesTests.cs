using System.Diagnostics;
using Nonsmooth.Conservativity;
using Nonsmooth.Testing;

namespace Nonsmooth.Tests.Conservativity;

public sealed class DictionaryRulesTests(ITestOutputHelper output)
{
    private static readonly bool _all = Environment.GetEnvironmentVariable("NONSMOOTH_TRIALS") == "1";

    [Trait("Speed", "Slow")]
    [Fact]
    public void EveryFunctionUnderEveryPresetIsWhatItsTheoremSays()
    {
        var watch = Stopwatch.StartNew();
        var runs = new Dictionary<string, RuleVerdict>();
        var wrong = new List<string>();
        int cases = 0, points = 0, loops = 0, unsettled = 0;
        double largest = 0;
        var labels = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var kinked = _all ? new ConservativityOptions { Points = 192, Loops = 24 } : new ConservativityOptions { Points = 48, Loops = 2 };
        var smooth = _all ? new ConservativityOptions() : new ConservativityOptions { Points = 4, Loops = 1 };
        foreach (var row in StandardDictionary.Rows.Where(IsReal))
        {
            foreach (var preset in Presets.All)
            {
                // Presets that derive the same program make the same rule: it is run once.
                string key = $"{row} {Derived(row, preset.Selection)}";
                if (!runs.TryGetValue(key, out var verdict))
                {
                    verdict = ConservativityTest.Of(row.Function, row.Arguments, preset.Selection, row.Function.Regularity == Regularity.Smooth ? smooth : kinked);
                    runs.Add(key, verdict);
                    (points, loops, unsettled) = (points + verdict.Points, loops + verdict.Loops, unsettled + verdict.Unsettled);
                    largest = Math.Max(largest, verdict.Largest);
                }

                cases++;
                string label = $"{verdict.Label}{(verdict.IsProved ? ", proved" : "")}";
                labels[label] = labels.GetValueOrDefault(label) + 1;
                var expected = Expected(row, preset.Selection);
                if (verdict.Label != expected || (expected == RuleLabel.Conservative && !verdict.IsProved))
                {
                    wrong.Add($"{row} under {preset.Name}: expected {expected}, {verdict}");
                }
            }
        }

        Assert.Contains(runs.Values, v => v.Label == RuleLabel.NotConservative);
        output.WriteLine($"{cases} rules of {StandardDictionary.Rows.Count(IsReal)} functions, {runs.Count} different programs, {points} points, {loops} loops, {unsettled} unsettled, largest gap {largest:E1}, {watch.Elapsed.TotalSeconds:F1} s");
        output.WriteLine(string.Join("; ", labels.Select(l => $"{l.Key}: {l.Value}")));
        Assert.Empty(wrong);
    }

    // What the theorem says, where the function names one; smooth functions and composites are conservative by theirs.
    private static RuleLabel Expected(DictionaryRow row, Selection selection) =>
        row.Function.Regularity == Regularity.NotPathDifferentiable ? RuleLabel.NoField
        : row.Function.Regularity != Regularity.Smooth && row.Function.Grounds(selection) is { Holds: false } ? RuleLabel.NotConservative
        : RuleLabel.Conservative;

    private static bool IsReal(DictionaryRow row) => row.Arguments.Any(a => a.Type.Kind == ElementKind.Real)
        && row.Function.InferTypes([.. row.Arguments.Select(a => a.Type)]).Any(t => t.Kind == ElementKind.Real);

    private static string Derived(DictionaryRow row, Selection selection) => string.Join(
        ' ', Examples.Program(row).Backprop(new BackpropOptions { Selection = selection }).Nodes.Select(n => $"{n.Function} {string.Join(',', n.Arguments)}"));
}
