namespace Nonsmooth.Tests.Cost.BruteForce;

/// <summary>What the analysis says of a program against what its gradient does, operation by operation.</summary>
public sealed class BruteForceTests
{
    private static readonly Dictionary<string, CountedCase> _cases =
        ((CountedCase[])[.. ConvolutionCases.All(), .. PoolingCases.All(), .. ProductCases.All(), .. ElementwiseCases.All(), .. SecondOrderCases.All(), .. RandomCases.All(24)])
        .ToDictionary(c => c.Name);

    public static TheoryData<string> Names => [.. _cases.Keys];

    [Trait("Speed", "Slow")]
    [Theory]
    [MemberData(nameof(Names))]
    public void TotalsAreWhatTheCountingScalarCounts(string name)
    {
        var given = _cases[name];
        var report = CostAnalysis.Analyze(given.Program, new CostOptions { WithRespectTo = given.WithRespectTo });
        var gradient = given.Program.Backprop(new BackpropOptions { WithRespectTo = given.WithRespectTo });
        var value = given.Program.Prune();
        Assert.Empty(report.Uncounted);
        Assert.Equal(Run(given, value), report.Forward.Operations);
        Assert.Equal(Run(given, gradient), report.Forward.Operations + report.Backward.Operations);
        Assert.True(report.Forward.Operations.Total > 0);
        Assert.Equal(report.Forward, report.Nodes.Aggregate(Work.Zero, (sum, n) => sum + n.Forward));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void MultiplyAddsAreTheTaps(string name)
    {
        var given = _cases[name];
        var report = CostAnalysis.Analyze(given.Program, new CostOptions { WithRespectTo = given.WithRespectTo });
        var (forward, backward) = NaiveMultiplyAdds.Of(given.Program, given.WithRespectTo);
        Assert.Equal(forward, report.Forward.MultiplyAdds);
        Assert.Equal(backward, report.Backward.MultiplyAdds);
    }

    [Fact]
    public void AnAdditionThatBelongsToNoNodeIsNotLeftOutInSilence()
    {
        var builder = new ProgramBuilder();
        var y = Exp(builder.Input("w", new Shape(3)));
        var program = builder.Build([("once", y), ("twice", y)]);
        var report = CostAnalysis.Analyze(program);
        Assert.Equal(6, program.Backprop(new BackpropOptions()).Count().Total - report.Forward.Operations.Total);
        Assert.Equal(3, report.Backward.Operations.Total);
        Assert.Equal("add", Assert.Single(report.Uncounted));
    }

    [Fact]
    public void ThereAreEnoughCases() => Assert.True(_cases.Count >= 100, $"{_cases.Count}");

    private static OperationCount Run(CountedCase given, Program program)
    {
        var inputs = given.Draw(program);
        var raw = Counted.Measure(() => Interpreter.Evaluate<Counted>(program, inputs));
        var count = Counted.Measure(() => Interpreter.Evaluate<Counted>(program, inputs, Vary));
        Assert.Equal(raw.Total, count.Total);
        return count;
    }

    // An output that no tap reaches is the number 0, which a later node reads as a value and not as its own constant.
    private static void Vary(Node node, IReadOnlyList<Tensor> results)
    {
        foreach (var result in results.OfType<Tensor<Counted>>())
        {
            for (int i = 0; i < result.Elements.Length; i++)
            {
                result.Elements[i] = Counted.Variable(Counted.ToDouble(result.Elements[i]));
            }
        }
    }
}
