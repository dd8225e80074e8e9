namespace Nonsmooth.Solutions.Tests.Transport;

public sealed class EntropicTransportTests
{
    [Trait("Speed", "Slow")]
    [Theory]
    [InlineData(1.0)]
    [InlineData(0.1)]
    [InlineData(0.01)]
    [InlineData(0.002)]
    public void MarginalsHoldAtEveryTemperature(double epsilon)
    {
        for (ulong seed = 0; seed < 5; seed++)
        {
            var problem = Samples.Masses(new CounterRandom(seed), 20, 15).ToArray();
            problem[3] = Tensor.Of(Shape.Scalar, new[] { epsilon });
            var solution = new EntropicTransport().Report(problem)[0].Solution;
            var plan = Dense.RowMajor(20, 15, solution.Values[0]);
            Projections.ValueTests.Close(problem[1].Elements, plan.RowSums().ToArray(), 1e-13);
            Projections.ValueTests.Close(problem[2].Elements, plan.ColumnSums().ToArray(), 1e-13);
            Assert.Equal(0, solution.Values[2][^1]);
            Assert.All(Enumerable.Range(0, 300), e => Assert.Equal(
                solution.Values[0][e], Math.Exp((solution.Values[1][e / 15] + solution.Values[2][e % 15] - problem[0][e]) / epsilon), 1e-12));
        }
    }

    // ⟨cost, P⟩ − ε·entropy has the gradient P in the cost and f in a, up to a constant (the envelope theorem).
    [Fact]
    public void TheValuesGradientIsThePlan()
    {
        var problem = Samples.Masses(new CounterRandom(3), 4, 5);
        var report = new EntropicTransport().Report(problem)[0];
        double[] plan = report.Solution.Values[0];
        double epsilon = problem[3][0];

        // Of ⟨cost, P⟩ + ε·ΣP(log P − 1): through P, cost + ε·log P, and P through the cost itself.
        double[] through = [.. plan.Select((p, e) => problem[0][e] + (epsilon * Math.Log(p)))];
        var gradient = report.Derivative.Cotangent([through, new double[4], new double[5]]);
        Projections.ValueTests.Close(new double[20], gradient[0], 1e-12);

        // Scaling both masses scales P: what is left in a are the potentials, with b's share of the scale.
        double average = problem[2].Elements.Zip(report.Solution.Values[2], (b, g) => b * g).Sum();
        Projections.ValueTests.Close([.. report.Solution.Values[1].Select(f => f + average)], gradient[1], 1e-12);
    }
}
