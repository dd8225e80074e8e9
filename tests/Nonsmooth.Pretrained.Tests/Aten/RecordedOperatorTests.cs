using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Pretrained.Tests.Aten;

/// <summary>The table's operators against those recorded from PyTorch 2.13, in double precision.</summary>
public sealed class RecordedOperatorTests
{
    [Fact]
    public void ValuesAndBothDerivativesAreThoseRecorded()
    {
        var outcome = Outcome.Of("samples.jsonl.gz", 1e-9, Decisions.Samples);
        TestContext.Current.TestOutputHelper?.WriteLine(outcome.ToString());
        Assert.True(outcome.Compared > 500, outcome.ToString());
        Assert.True(outcome.Different.Count == 0, outcome.ToString());
        Assert.True(outcome.Stale.Count == 0, $"decided, but no longer different: {string.Join(", ", outcome.Stale)}");
    }

    /// <summary>At ties, kinks, poles and infinities: every difference is decided.</summary>
    [Fact]
    public void DegenerateDifferencesAreDecided()
    {
        var outcome = Outcome.Of("degenerate.jsonl.gz", 1e-9, Decisions.Degenerate);
        TestContext.Current.TestOutputHelper?.WriteLine(outcome.ToString());
        Assert.True(outcome.Compared > 300, outcome.ToString());
        Assert.True(outcome.Different.Count == 0, outcome.ToString());
        Assert.True(outcome.Stale.Count == 0, $"decided, but no longer different: {string.Join(", ", outcome.Stale)}");
    }

    [Fact]
    public void TheDocumentListsEveryDecision()
    {
        var rows = Decisions.Samples.Concat(Decisions.Degenerate).GroupBy(d => d.Value).Select(group =>
            $"| {string.Join(", ", group.Select(d => d.Key.Replace("nn.functional.", "", StringComparison.Ordinal)).Order(StringComparer.Ordinal))} | {group.Key.Replace("|", "\\|", StringComparison.Ordinal)} |\n");
        GeneratedPart.Check("operators.md", "decisions", $"| recorded calls | what holds |\n|---|---|\n{string.Concat(rows)}");
    }
}
