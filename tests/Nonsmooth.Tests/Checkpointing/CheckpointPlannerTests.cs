using Nonsmooth.Checkpointing;

namespace Nonsmooth.Tests.Checkpointing;

public sealed class CheckpointPlannerTests
{
    [Trait("Speed", "Slow")]
    [Fact]
    public void ThePeakDoesNotRiseWhenTheBudgetShrinks()
    {
        var program = ConvolutionChain(10);
        var options = new CheckpointOptions();
        var frontier = CheckpointPlanner.Frontier(program, options);
        long most = frontier[0].Memory.Peak;
        long least = frontier[^1].Memory.Peak;
        Assert.Equal(LivenessSimulator.Simulate(program.Backprop(new BackpropOptions())).Peak, most);
        Assert.True(least * 2 < most, $"{least} of {most}");
        long peak = long.MaxValue;
        long extra = -1;
        for (int i = 0; i < 20; i++)
        {
            long budget = most - ((most - least) * i / 19);
            var planned = CheckpointPlanner.Plan(program, options with { MemoryBudget = budget });
            Assert.True(planned.Memory.Peak <= budget);
            Assert.True(planned.Memory.Peak <= peak);
            Assert.True(planned.Extra.Total >= extra);
            (peak, extra) = (planned.Memory.Peak, planned.Extra.Total);
            Assert.Equal(planned.Memory.Peak, LivenessSimulator.Simulate(planned.Gradient).Peak);
            Assert.Equal(program.Backprop(new BackpropOptions()).Count() + planned.Extra, planned.Gradient.Count());
        }
    }

    [Fact]
    public void ABudgetBelowTheLeastPeakIsRefusedWithIt()
    {
        var program = ConvolutionChain(4);
        long least = CheckpointPlanner.Frontier(program, new CheckpointOptions())[^1].Memory.Peak;
        var error = Assert.Throws<NonsmoothException>(() => CheckpointPlanner.Plan(program, new CheckpointOptions { MemoryBudget = least - 1 }));
        Assert.StartsWith(
            $"no checkpoint plan fits in {least - 1} bytes: the least achievable peak is {least} bytes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutABudgetNothingIsRecomputed()
    {
        var planned = CheckpointPlanner.Plan(ConvolutionChain(3), new CheckpointOptions());
        Assert.Equal(0, planned.Extra.Total);
        Assert.Equal(ConvolutionChain(3).Backprop(new BackpropOptions()).ToString(), planned.Gradient.ToString());
    }

    [Trait("Speed", "Slow")]
    [Fact]
    public void RandomNetworksFitInEveryBudgetThatIsAccepted()
    {
        for (int seed = 100; seed < 120; seed++)
        {
            var program = RandomNetworks.Create(seed, seed % 2 == 0, 6);
            var options = new CheckpointOptions { BytesPerReal = 2, Units = 40 };
            foreach (var planned in CheckpointPlanner.Frontier(program, options))
            {
                Assert.Equal(planned.Memory.Peak, LivenessSimulator.Simulate(planned.Gradient, 2).Peak);
                Assert.Equal(program.Backprop(options.Backprop).Count() + planned.Extra, planned.Gradient.Count());
            }
        }
    }

    private static Program ConvolutionChain(int layers)
    {
        var builder = new ProgramBuilder();
        var x = builder.Input("x", new Shape(8, 4, 16, 16));
        for (int i = 0; i < layers; i++)
        {
            x = Relu(Conv2d(x, builder.Input($"w{i}", new Shape(4, 4, 3, 3)), padding: 1));
        }

        return builder.Build([("loss", Square(x).Sum())]);
    }
}
