namespace Nonsmooth.Tests.Cost.Budgets;

public sealed class CostBudgetTests
{
    [Fact]
    public void WhatDoesNotGrowPasses()
    {
        var budget = CostBudget.Of(Report(100));
        Report(100).ShouldNotExceed(budget);
        Report(80).ShouldNotExceed(budget);
        Report(104).ShouldNotExceed(budget, tolerance: 0.05);
        Assert.Empty(budget.Growth(Report(100)));
    }

    [Fact]
    public void FivePercentMoreFailsInOneLineThatNamesWhatGrew()
    {
        var budget = CostBudget.Of(Report(100));
        var failure = Assert.Throws<CostBudgetException>(() => Report(105).ShouldNotExceed(budget, tolerance: 0.05));
        Assert.Equal("the cost grew: ", Assert.Throws<CostBudgetException>(() => Report(105).ShouldNotExceed(budget)).Message[..15]);
        Assert.DoesNotContain('\n', failure.Message);
        Assert.StartsWith("the cost grew by 5 % or more: ", failure.Message, StringComparison.Ordinal);
        Assert.Contains("forward multiply-adds 2,000 → 2,100 (+5 %)", failure.Message, StringComparison.Ordinal);
        Assert.Contains("backward multiply-adds 2,000 → 2,100 (+5 %)", failure.Message, StringComparison.Ordinal);
        Assert.Equal(
            ["forward multiply-adds", "backward multiply-adds", "forward operations", "backward operations", "parameters"],
            failure.Growth.Select(g => g.Figure).Where(f => !f.EndsWith("bytes", StringComparison.Ordinal)));
    }

    [Fact]
    public void OneMoreNodeIsNamedThoughItIsSmall()
    {
        var budget = CostBudget.Of(Report(100));
        var growth = budget.Growth(Report(100, relu: true));
        Assert.Contains(growth, g => g.Figure == "saved words");
        Assert.Contains(growth, g => g.Figure == "forward bytes");
        Assert.DoesNotContain(growth, g => g.Figure.Contains("multiply-adds", StringComparison.Ordinal));
    }

    [Fact]
    public void AnUncountedNodeIsNeverTolerated()
    {
        var report = Report(100);
        var failure = Assert.Throws<CostBudgetException>(
            () => (report with { Uncounted = ["mystery"] }).ShouldNotExceed(CostBudget.Of(report), tolerance: 9));
        Assert.Contains("uncounted nodes 0 → 1;", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TheRatioIsHeldWhereTheBackwardSweepGrew()
    {
        var report = Report(100);
        var now = CostBudget.Of(report);
        var cheaper = now with { ForwardOperations = (long)(1.06 * now.ForwardOperations), BackwardOperations = (long)(0.98 * now.BackwardOperations) };
        Assert.Equal(["(forward + backward) / forward operations"], cheaper.Growth(report, 0.025).Select(g => g.Figure));
        Assert.Empty((cheaper with { BackwardOperations = now.BackwardOperations }).Growth(report));
    }

    [Fact]
    public void IsKeptAsJsonToTheUnit()
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("nonsmooth-budget").FullName, "budget.json");
        var budget = CostBudget.Of(Report(100)) with { ForwardMultiplyAdds = 145_824_153_601 };
        budget.Save(path);
        Assert.Equal(budget, CostBudget.Load(path));
        Assert.Contains("\"forwardMultiplyAdds\": 145824153601,\n", File.ReadAllText(path), StringComparison.Ordinal);
        Assert.Throws<CostBudgetException>(() => Report(1_000_000).ShouldNotExceed(path));
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\n\"forwardMacs\": 3}")]
    public void WhatIsNoBudgetIsRefusedInOneLine(string json)
    {
        var failure = Assert.Throws<NonsmoothException>(() => CostBudget.FromJson(json));
        Assert.StartsWith("this is no cost budget (", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
    }

    [Fact]
    public void AMissingFileSaysHowToWriteOne()
    {
        var failure = Assert.Throws<NonsmoothException>(() => CostBudget.Load("nowhere.json"));
        Assert.Equal("there is no cost budget nowhere.json: write one with CostBudget.Of(report).Save(path)", failure.Message);
    }

    [Theory]
    [InlineData(-0.01)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void AToleranceIsAFraction(double tolerance) =>
        Assert.Throws<NonsmoothException>(() => Report(10).ShouldNotExceed(CostBudget.Of(Report(10)), tolerance));

    [Fact]
    public void TheSameOnTenRunsAndAnyThread()
    {
        var budgets = new CostBudget[10];
        Parallel.For(0, budgets.Length, i => budgets[i] = CostBudget.Of(Report(100)));
        Assert.All(budgets, budget => Assert.Equal(budgets[0], budget));
    }

    private static CostReport Report(int width, bool relu = false)
    {
        var builder = new ProgramBuilder();
        var x = builder.Input("x", new Shape(2, 10));
        var weight = builder.Input("weight", new Shape(width, 10), InputRole.Parameter);
        var made = Linear(x, weight);
        made = relu ? Relu(made) : made;
        return CostAnalysis.Analyze(builder.Build([("loss", made.Sum())]));
    }
}
