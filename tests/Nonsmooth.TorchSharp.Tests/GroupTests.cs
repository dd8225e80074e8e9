using Nonsmooth.Optimizers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Nonsmooth.TorchSharp.Tests;

/// <summary>Groups, schedulers, closures, parameters that move, and what is refused.</summary>
public sealed class GroupTests : TorchSharpTest
{
    [Fact]
    public void GroupsHaveTheirOwnOptimizerAndRate()
    {
        Parameter[] together = [Drawn(1, 6), Drawn(2, 3, 2)];
        Parameter[] apart = [Drawn(1, 6), Drawn(2, 3, 2)];
        using var both = new KernelOptimizer([new KernelGroup([together[0]], lr: 0.1), new KernelGroup([together[1]], new LionOptions())], new AdamWOptions(), lr: 0.01);
        using var first = new KernelOptimizer([apart[0]], new AdamWOptions(), lr: 0.1);
        using var second = new KernelOptimizer([apart[1]], new LionOptions(), lr: 0.01);
        for (int step = 0; step < 4; step++)
        {
            Differentiate(together, step);
            Differentiate(apart, step);
            both.step();
            first.step();
            second.step();
        }

        Assert.Equal(0, Bits(Values(together), Values(apart)));
        Assert.Equal([0.1, 0.01], both.ParamGroups.Select(group => group.LearningRate));
        Assert.Equal(2, both.parameters().Count());
    }

    [Fact]
    public void MuonTakesMatricesAndLeavesTheHead()
    {
        using var model = nn.Sequential(nn.Linear(6, 8), nn.ReLU(), nn.Linear(8, 3));
        Parameter[] hidden = [.. model.parameters().Take(2)];
        Parameter[] head = [.. model.parameters().Skip(2)];
        using var grouped = new KernelOptimizer(
            [new KernelGroup(hidden), new KernelGroup(head, new AdamWOptions(), lr: 1e-3, matrices: false)],
            new MuonOptions(),
            lr: 5e-3);
        var inputs = ones(4, 6);
        double first = Loss();
        for (int step = 0; step < 20; step++)
        {
            grouped.step();
            Loss();
        }

        Assert.True(Loss() < first);
        Assert.Equal("momentum_buffer", ((KernelState)grouped.state_dict().State[0]).Tensors.Single().Name);
        Assert.Equal(["exp_avg", "exp_avg_sq"], ((KernelState)grouped.state_dict().State[2]).Tensors.Select(state => state.Name));

        double Loss()
        {
            grouped.zero_grad();
            using var loss = model.forward(inputs).square().mean();
            loss.backward();
            return loss.item<float>();
        }
    }

    [Fact]
    public void AGroupComesLater()
    {
        Parameter[] parameters = [Drawn(1, 6), Drawn(2, 6)];
        using var optimizer = new KernelOptimizer([parameters[0]], new SgdOptions(), lr: 0.5);
        optimizer.add_param_group(new ParamGroup { Parameters = [parameters[1]] });
        float[][] before = Values(parameters);
        Differentiate(parameters, 0);
        float[] gradient = parameters[1].grad!.data<float>().ToArray();
        optimizer.step();
        Assert.Equal(before[1].Zip(gradient).Select(v => v.First - (0.5f * v.Second)), Values(parameters)[1]);
    }

    [Fact]
    public void SchedulersOfTorchSharpSetTheRate()
    {
        Parameter[] parameters = [Drawn(1, 6)];
        using var optimizer = new KernelOptimizer(parameters, new SgdOptions { Momentum = 0 }, lr: 1);
        var schedule = optim.lr_scheduler.StepLR(optimizer, 1, gamma: 0.5);
        Differentiate(parameters, 0);
        float[] gradient = parameters[0].grad!.data<float>().ToArray();
        for (int epoch = 0; epoch < 3; epoch++)
        {
            float[] before = Values(parameters)[0];
            float rate = MathF.Pow(0.5f, epoch);
            optimizer.step();
            schedule.step();
            Assert.Equal(before.Zip(gradient).Select(v => v.First - (rate * v.Second)), Values(parameters)[0]);
        }

        Assert.Equal(0.125, optimizer.ParamGroups.Single().LearningRate);
        Assert.Equal(1, optimizer.ParamGroups.Single().InitialLearningRate);
    }

    [Fact]
    public void AClosureGivesTheLoss()
    {
        var parameter = Drawn(1, 6);
        using var optimizer = new KernelOptimizer([parameter], new AdamWOptions(), lr: 0.01);
        double before = double.PositiveInfinity;
        for (int step = 0; step < 5; step++)
        {
            using var loss = optimizer.step(() =>
            {
                optimizer.zero_grad();
                var value = parameter.square().sum();
                value.backward();
                return value;
            });
            Assert.True(loss.item<float>() < before);
            before = loss.item<float>();
        }
    }

    [Fact]
    public void WithoutAGradientAParameterStays()
    {
        Parameter[] parameters = [Drawn(1, 6), Drawn(2, 6)];
        float[][] before = Values(parameters);
        using var optimizer = new KernelOptimizer(parameters, new AdamWOptions(), lr: 0.01);
        Differentiate([parameters[0]], 0);
        optimizer.step();
        Assert.Equal(before[1], Values(parameters)[1]);
        Assert.NotEqual(before[0], Values(parameters)[0]);
        Assert.Equal([1L, 0L], optimizer.state_dict().State.Select(state => ((KernelState)state).Steps));
    }

    [Fact]
    public void AParameterThatMovedKeepsItsStates()
    {
        Parameter[] moved = [Drawn(1, 6)];
        Parameter[] still = [Drawn(1, 6)];
        using var first = new KernelOptimizer(moved, new AdamWOptions(), lr: 0.01);
        using var second = new KernelOptimizer(still, new AdamWOptions(), lr: 0.01);
        for (int step = 0; step < 4; step++)
        {
            using (no_grad())
            {
                moved[0].set_(moved[0].detach().clone());
            }

            Differentiate(moved, step);
            Differentiate(still, step);
            first.step();
            second.step();
        }

        Assert.Equal(0, Bits(Values(moved), Values(still)));
    }

    [Fact]
    public void AGradientOfAnotherLayoutOrTypeIsRead()
    {
        Parameter[] parameters = [Drawn(1, 4, 3)];
        using var transposed = tensor(Numbers(5, 12)).reshape(3, 4).t();
        float[] before = Values(parameters)[0];
        using var optimizer = new KernelOptimizer(parameters, new SgdOptions(), lr: 1);
        parameters[0].grad = transposed;
        optimizer.step();
        Assert.Equal(before.Zip(transposed.contiguous().data<float>().ToArray()).Select(v => v.First - v.Second), Values(parameters)[0]);
    }

    [Fact]
    public void EvaluationWeightsArePutBack()
    {
        Parameter[] parameters = [Drawn(1, 6)];
        using var optimizer = new KernelOptimizer(parameters, new ScheduleFreeAdamWOptions(), lr: 0.1);
        for (int step = 0; step < 3; step++)
        {
            Differentiate(parameters, step);
            optimizer.step();
        }

        float[] training = Values(parameters)[0];
        using (optimizer.UseEvaluationWeights())
        {
            Assert.NotEqual(training, Values(parameters)[0]);
        }

        Assert.Equal(training, Values(parameters)[0]);
    }

    [Fact]
    public void WhatCannotBeUsedIsNamed()
    {
        Refuses("float64|Float64", () => _ = new Innaprop([nn.Parameter(zeros(2, dtype: ScalarType.Float64))]));
        Refuses("not contiguous", () => _ = new Innaprop([nn.Parameter(zeros(2, 3).t())]));
        Refuses("alpha", () => _ = new Innaprop([Drawn(1, 2)], alpha: -1));
        Refuses("rate", () => _ = new Innaprop([Drawn(1, 2)], lr: double.NaN));
        var parameter = Drawn(1, 2);
        Refuses("two groups", () => _ = new KernelOptimizer([new KernelGroup([parameter]), new KernelGroup([parameter])], new SgdOptions(), 0.1));
        using var optimizer = new Innaprop([parameter]);
        Refuses("AdamW", () => optimizer.add_param_group(new AdamW.ParamGroup([Drawn(2, 2)])));
        Refuses("CPU", () => optimizer.to(new Device(DeviceType.CUDA)));
        using var other = new KernelOptimizer([Drawn(3, 2)], new LionOptions(), 0.1);
        Refuses("lion", () => optimizer.load_state_dict(other.state_dict()));
        using var longer = new Innaprop([Drawn(3, 5)]);
        Refuses("5", () => optimizer.load_state_dict(longer.state_dict()));
    }

    private static void Refuses(string named, Action action) =>
        Assert.Matches($"(?i){named}", Assert.ThrowsAny<NonsmoothException>(action).Message);
}
