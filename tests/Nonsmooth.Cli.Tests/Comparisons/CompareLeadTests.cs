using Nonsmooth.Cli.Comparisons;
using Nonsmooth.Training.Comparisons;
using Nonsmooth.Training.Studies;

namespace Nonsmooth.Cli.Tests.Comparisons;

/// <summary>The first sentence of a comparison's page, in each case that a report allows.</summary>
public sealed class CompareLeadTests
{
    private static readonly ContenderReport _reference = Contender("adamw", ContenderVerdict.Reference);

    [Fact]
    public void OneIsBetterAnotherWorseAThirdAlike()
    {
        Says("innaprop ends with a lower test loss than adamw on net.", Contender("innaprop", ContenderVerdict.Lower));
        Says("a and b end with a lower test loss than adamw on net; c ends with a higher one; d cannot be told apart from it.", Contender("a", ContenderVerdict.Lower), Contender("b", ContenderVerdict.Lower), Contender("c", ContenderVerdict.Higher), Contender("d", ContenderVerdict.WithinNoise));
        Says("c ends with a higher test loss than adamw on net.", Contender("c", ContenderVerdict.Higher));
        Says("a, b and adamw cannot be told apart on net.", Contender("a", ContenderVerdict.WithinNoise), Contender("b", ContenderVerdict.WithinNoise));
        Says("Whether a ends better or worse than adamw cannot be told from 6 runs of each.", Contender("a", ContenderVerdict.CannotTell));
        Says("a ends with a lower test loss than adamw on net; whether b and c end better or worse than adamw cannot be told from 6 runs of each.", Contender("a", ContenderVerdict.Lower), Contender("b", ContenderVerdict.CannotTell), Contender("c", ContenderVerdict.CannotTell));
        Says("a and adamw cannot be told apart on net; whether b ends better or worse than adamw cannot be told from 6 runs of each.", Contender("a", ContenderVerdict.WithinNoise), Contender("b", ContenderVerdict.CannotTell));
    }

    [Fact]
    public void NothingToCompareIsSaid()
    {
        Says("adamw was run alone on net, so there is nothing to compare it with.");
        Assert.Equal("Nothing could be compared on net: with every rate that was tried the loss stopped being a number.", Lead(false, _reference with { Runs = [] }).Sentence);
        Assert.Equal("Nothing can be said yet: the comparison was stopped before any run was finished.", Lead(true, _reference with { Runs = [] }).Sentence);
        Assert.StartsWith("As far as it came before it was stopped: a and adamw cannot", Lead(true, _reference, Contender("a", ContenderVerdict.WithinNoise)).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void ThreeFiguresStandBesideIt()
    {
        var better = Contender("a", ContenderVerdict.Lower) with { TestLoss = new(6, 0.25, 0.1, 0.2, 0.3) };
        Assert.Equal([("lowest mean test loss, a", "0.25"), ("optimizers", "2"), ("runs of each, rates chosen alike", "6")], Lead(false, _reference, better).Figures);
        var diverged = _reference with { TestLoss = MeanDifference.Of([]) };
        Assert.Equal(("lowest mean test loss", "–"), Lead(false, diverged).Figures[0]);
    }

    private static void Says(string sentence, params ContenderReport[] others) => Assert.Equal(sentence, Lead(false, [.. others, _reference]).Sentence);

    private static Nonsmooth.Engines.Pages.Lead Lead(bool interrupted, params ContenderReport[] contenders) => CompareLead.Of(new CompareSheet(
        "net", "data", [], new ComparisonReport(new ComparisonPlan(contenders.Length, 3, 1, 6, 1, 10, 100, 10, 10), "adamw", null, 1, contenders, interrupted), "nonsmooth compare"));

    private static ContenderReport Contender(string label, ContenderVerdict verdict) => new()
    {
        Label = label,
        Trials = [],
        Chosen = null,
        AtEdge = false,
        Runs = [new() { Key = "", Contender = label, Tuning = false, Seed = 1, Eta = 1, Rate = 1, Steps = 1, Seconds = 1 }],
        TestLoss = new(6, 0.5, 0.1, 0.4, 0.6),
        TestAccuracy = new(6, 0.5, 0.1, 0.4, 0.6),
        Verdict = verdict,
    };
}
