using Nonsmooth.Cli.Clusters;
using Nonsmooth.Cli.Costs;
using Nonsmooth.Cost;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Cli.Tests.Costs;

/// <summary>The first sentence of a page of costs, in each case that a sheet allows.</summary>
public sealed class CostLeadTests
{
    private static readonly CostSheet _sheet = Sheet("lenet5", 64);

    [Fact]
    public void TheCountIsSaidInWords()
    {
        var lead = CostLead.Of(_sheet);
        Assert.Equal("One step of training lenet5 on 64 examples takes 48.5 million multiply-adds before the optimizer's own: the way back costs 1.69 times the way forward; no time was measured.", lead.Sentence);
        Assert.Equal([("multiply-adds a step", "48.5 M"), ("way back ÷ way forward", "1.69"), ("kept from forward to backward", "2.2 MiB")], lead.Figures);
        Assert.Contains("on 1 example takes 758,520 multiply-adds", CostLead.Of(Sheet("lenet5", 1)).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void TimesAreSaidToBeMeasuredOrPredicted()
    {
        var measured = CostLead.Of(_sheet with { Milliseconds = new(1, 2, 5, 6) });
        Assert.EndsWith("forward, and both take 3.0 ms here.", measured.Sentence, StringComparison.Ordinal);
        Assert.Equal(("time here", "3.0 ms"), measured.Figures[2]);
        var predicted = CostLead.Of(_sheet with { Milliseconds = new(null, null, 5, 6) });
        Assert.EndsWith("forward, and both are predicted to take 11.0 ms here.", predicted.Sentence, StringComparison.Ordinal);
        Assert.Equal(("predicted time", "11.0 ms"), predicted.Figures[2]);
    }

    [Fact]
    public void WhatIsNotCountedMakesItALeast()
    {
        var lead = CostLead.Of(_sheet with { Coverage = new Coverage(13, ["fc1.linear"], []) });
        Assert.Contains("takes at least 48.5 million multiply-adds", lead.Sentence, StringComparison.Ordinal);
        Assert.Equal("at least 48.5 M", lead.Figures[0].Value);
    }

    [Fact]
    public void WithoutProductsOperationsAreCounted()
    {
        var lead = CostLead.Of(_sheet with { Macs = new(0, 0, 0, 0), Ratio = null });
        Assert.Contains("takes 98.4 million operations before", lead.Sentence, StringComparison.Ordinal);
        Assert.Contains("costs 1.69 times", lead.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void RanksHelpOrDoNot()
    {
        Assert.Equal("Training net is foreseen to be fastest on 4 of up to 4 ranks: 1.0 s a step, 3 times as fast as on one.", CostLead.Of(Scaling((1, 3), (2, 1.6), (4, 1))).Sentence);
        Assert.Equal("Training net is foreseen to be fastest on 2 of up to 4 ranks: 2.0 s a step, 1.5 times as fast as on one.", CostLead.Of(Scaling((1, 3), (2, 2), (4, 4))).Sentence);
        Assert.Equal("More ranks, up to 4, are not foreseen to make training net faster: the step of 3.0 s on one is the shortest.", CostLead.Of(Scaling((1, 3), (2, 3.5), (4, 4))).Sentence);
        Assert.Equal("On one rank a step of net is foreseen to take 3.0 s.", CostLead.Of(Scaling((1, 3))).Sentence);
    }

    private static CostSheet Sheet(string name, int batch)
    {
        var network = Models.Find(name);
        return CostSheet.Of(network, network.Build(batch), 1, null, CostExtras.None);
    }

    private static ScalingSheet Scaling(params (int Ranks, double Step)[] rows) => new(
        "net", 64, 64, "1", 1, 1, 1, 1, "given", ClusterFile.Of(new ClusterModel(LinkModel.Parse("5us:100Gb/s")!)), null, 1, 1,
        [new ScalingWay(ReductionKind.Tree, 1, 1, [.. rows.Select(r => new ScalingRow(r.Ranks, 0, 0, 0, 0, 0, r.Step, rows[0].Step / r.Step, 1, 0, r.Step))])], [], null);
}
