using Nonsmooth.Optimizers.Workers;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Optimizers.Tests;

public sealed class EvaluationWeightsTests
{
    [Fact]
    public void Schedule_free_evaluates_the_average_and_trains_on_as_if_it_had_not()
    {
        using var pool = new WorkerPool(1);
        using var theta = new NativeTensor([1f, -2f, 3f]);
        using var unseen = new NativeTensor([7f]);
        using var slope = new NativeTensor([0.5f, -1f, 2f]);
        using Optimizer optimizer = new ScheduleFreeAdamWOptions().Build([theta.Slot("w"), unseen.Slot("u")], pool);
        double[] z = [1, -2, 3];
        double[] average = [1, -2, 3];
        for (int t = 1; t <= 6; t++)
        {
            optimizer.Step([slope.Address, 0], 0.1);
            for (int i = 0; i < 3; i++)
            {
                // A constant gradient has scaled size 1, so z walks and x is the mean of its points.
                z[i] -= 0.1 * Math.Sign(slope.Span[i]);
                average[i] += (z[i] - average[i]) / t;
            }
        }

        float[] training = theta.Span.ToArray();
        using (optimizer.UseEvaluationWeights())
        {
            for (int i = 0; i < 3; i++)
            {
                Assert.Equal(average[i], theta.Span[i], 2e-6);
            }

            Assert.Equal(7f, unseen.Span[0]);
        }

        Assert.Equal(training, theta.Span.ToArray());
    }

    [Fact]
    public void Other_optimizers_evaluate_what_they_train_and_groups_do_each_their_own()
    {
        using var pool = new WorkerPool(1);
        using var a = new NativeTensor([1f]);
        using var b = new NativeTensor([1f]);
        using var slope = new NativeTensor([1f]);
        var options = new GroupedOptions([ParameterGroup.Named(["a"], new ScheduleFreeAdamWOptions()), ParameterGroup.Rest(new AdamWOptions())]);
        using Optimizer optimizer = options.Build([a.Slot("a"), b.Slot("b")], pool);
        Assert.True(optimizer.HasEvaluationWeights);
        for (int i = 0; i < 3; i++)
        {
            optimizer.Step([slope.Address, slope.Address], 0.1);
        }

        (float first, float second) = (a.Span[0], b.Span[0]);
        EvaluationWeights weights = optimizer.UseEvaluationWeights();
        Assert.NotEqual(first, a.Span[0]);
        Assert.Equal(second, b.Span[0]);
        weights.Dispose();
        weights.Dispose();
        Assert.Equal(first, a.Span[0]);
    }
}
