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
}
