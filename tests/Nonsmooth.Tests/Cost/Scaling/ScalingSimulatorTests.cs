using Nonsmooth.Randomness;

namespace Nonsmooth.Tests.Cost.Scaling;

public sealed class ScalingSimulatorTests
{
    private static readonly GradientTimeline _timeline = new(0.1, 0.02, [new("b", 0.07, 8_000_000), new("a", 0.1, 4_000_000)]);
    private static readonly ClusterModel _cluster = new(new(10e-6, 1e-10));
    private static readonly ScalingOptions _options = new() { Shards = 4096 };

    [Fact]
    public void WithoutStragglersEveryStepIsTheForecast()
    {
        foreach (int ranks in (int[])[1, 64, 4096])
        {
            var forecast = StepForecast.Of(_timeline, _cluster, ranks, _options);
            var steps = ScalingSimulator.Run(_timeline, _cluster, ranks, new Stragglers(), 3, _options);
            Assert.Equal(forecast.Step, steps.Mean, 1e-12);
            Assert.Equal(forecast.Step, steps.Slow, 1e-12);
            Assert.Equal(forecast.ExposedShare, steps.ExposedShare, 1e-12);
            Assert.Equal(0, steps.WaitingShare);
        }
    }

    [Fact]
    public void ARankThatStaysTwiceAsSlowHoldsAllUp()
    {
        var free = new ClusterModel(new(0, 0));
        var planned = StepForecast.Of(_timeline, free, 4, _options);
        var steps = ScalingSimulator.Run(_timeline, free, 4, new Stragglers { Slow = [1, 2] }, 5, _options);
        Assert.Equal(2 * planned.Step, steps.Mean, 1e-9);

        // Three of four wait for half of the time.
        Assert.Equal(3.0 / 8, steps.WaitingShare, 1e-12);
    }

    /// <summary>The largest of R lognormal factors has the mean that integration gives.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(256)]
    public void TheSlowestOfManyIsAsStatisticsSays(int ranks)
    {
        const double spread = 0.1;
        var steps = ScalingSimulator.Run(_timeline, new ClusterModel(new(0, 0)), ranks, new Stragglers { Spread = spread }, 4000, _options);
        double mean = steps.Mean / StepForecast.Of(_timeline, new ClusterModel(new(0, 0)), ranks, _options).Step;

        // The mean of the largest of R normal numbers z, as the integral of exp(σz − σ²/2) over the density R φ(z) Φ(z)^(R − 1).
        double expected = 0, below = 0;
        const double dz = 1e-3;
        for (double z = -8; z < 8; z += dz)
        {
            double density = Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI);
            double next = below + (density * dz);
            expected += Math.Exp((spread * z) - (spread * spread / 2)) * (Math.Pow(next, ranks) - Math.Pow(below, ranks));
            below = next;
        }

        Assert.Equal(expected, mean, 0.005);
    }

    [Fact]
    public void TheSameSeedGivesTheSameStepsAndARankItsFactorWhateverTheirNumber()
    {
        var stragglers = new Stragglers { Spread = 0.2 };
        Assert.Equal(Run(stragglers), Run(stragglers));
        Assert.NotEqual(Run(stragglers), Run(stragglers with { Random = new CounterRandom(2) }));
        double[] means = [.. ((int[])[1, 4, 16, 64]).Select(r => ScalingSimulator.Run(_timeline, new ClusterModel(new(0, 0)), r, stragglers, 50, _options).Mean * r)];
        Assert.Equal(means.Order(), means);

        SimulatedSteps Run(Stragglers s) => ScalingSimulator.Run(_timeline, _cluster, 32, s, 20, _options);
    }

    [Fact]
    public void WhatCannotBeIsRefused()
    {
        Assert.Throws<NonsmoothException>(() => new Stragglers { Spread = -1 });
        Assert.Throws<NonsmoothException>(() => new Stragglers { Slow = [1, 0] });
        Assert.Throws<ArgumentOutOfRangeException>(() => ScalingSimulator.Run(_timeline, _cluster, 2, new Stragglers(), 0, _options));
        Assert.Throws<NonsmoothException>(() => new ScalingOptions { Shards = 6 });
        Assert.Throws<NonsmoothException>(() => new ScalingOptions { BucketBytes = 0 });
    }
}
