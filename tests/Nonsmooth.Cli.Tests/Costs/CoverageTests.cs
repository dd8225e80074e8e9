using Nonsmooth.Cli.Costs;
using Nonsmooth.Cli.Documents;

namespace Nonsmooth.Cli.Tests.Costs;

public sealed class CoverageTests
{
    [Fact]
    public void WhatIsNotCountedIsNamed()
    {
        Assert.Equal("all 1,234 nodes counted", new Coverage(1234, [], []).Line);
        Assert.Equal("2 of 3 nodes not counted, and the totals leave them out: a, b", new Coverage(3, ["a", "b"], []).Line);
    }

    [Fact]
    public void TheVerdictWarnsOfIt()
    {
        var network = Nonsmooth.Training.Networks.Models.Find("lenet5");
        var sheet = CostSheet.Of(network, network.Build(1), 1, null, CostExtras.None);
        Assert.Equal("Every node is counted.", CostWords.Verdict(sheet)[^1]);
        sheet = sheet with { Coverage = new Coverage(13, ["fc1.linear"], []) };
        Assert.Equal("Beware: 1 of 13 nodes not counted, and the totals leave them out: fc1.linear.", CostWords.Verdict(sheet)[^1]);
        Assert.Contains("Beware: 1 of 13", HtmlWriter.Of(CostDocument.Of(sheet, modules: false)), StringComparison.Ordinal);
    }
}
