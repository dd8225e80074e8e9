using Nonsmooth.Optimizers.Workers;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Optimizers.Tests;

public sealed class StepGuardTests
{
    [Fact]
    public void The_norm_is_of_all_gradients_after_unscaling_and_the_same_for_any_threads()
    {
        double? before = null;
        foreach (int threads in new[] { 1, 2, 5 })
        {
            using var pool = new WorkerPool(threads);
            using var large = new NativeTensor([.. NativeTensor.Numbers(200_003, 1).Select(x => x * 1e-5f)]);
            using var small = new NativeTensor([3e30f, -4e30f]);
            using var first = new NativeTensor(new float[200_003]);
            using var second = new NativeTensor(new float[2]);
            using var third = new NativeTensor(new float[2]);
            using Optimizer optimizer = new SgdOptions().Build([first.Slot("a"), second.Slot("b"), third.Slot("c")], pool);
            double norm = optimizer.Step([large.Address, small.Address, 0], 0, new StepGuard { GradientScale = -0.5 }).Norm;
            Assert.Equal(2.5e30, norm, 1e24);
            Assert.Equal(before ?? norm, norm);
            before = norm;
        }
    }

    [Fact]
    public void Clipping_and_unscaling_are_one_factor_of_the_plain_step()
    {
        using var pool = new WorkerPool(1);
        using var a = new NativeTensor([1f, 1f]);
        using var b = new NativeTensor([1f, 1f]);
        using var slope = new NativeTensor([300f, 400f]);
        using Optimizer guarded = new SgdOptions { Momentum = 0 }.Build([a.Slot("w")], pool);
        using Optimizer plain = new SgdOptions { Momentum = 0 }.Build([b.Slot("w")], pool);
        StepResult clipped = guarded.Step([slope.Address], 1, new StepGuard { GradientScale = 0.01, MaxNorm = 2.5 });
        Assert.Equal(new StepResult(5, 0.005, false), clipped);
        plain.Step([slope.Address], 1, 0.005);
        Assert.Equal(b.Span.ToArray(), a.Span.ToArray());
        Assert.Equal([-0.5f, -1f], a.Span.ToArray());
        Assert.Equal(0.01, guarded.Step([slope.Address], 0, new StepGuard { GradientScale = 0.01, MaxNorm = 6 }).Factor);
    }

    [Fact]
    public void A_guarded_step_allocates_nothing()
    {
        using var pool = new WorkerPool(2);
        using var theta = new NativeTensor(new float[100_000]);
        using var slope = new NativeTensor([.. NativeTensor.Numbers(100_000, 1)]);
        using Optimizer optimizer = new AdamWOptions().Build([theta.Slot("w")], pool);
        nint[] gradients = [slope.Address];
        var guard = new StepGuard { MaxNorm = 1 };
        Assert.Equal(0, SteadyAllocation.Of(() => optimizer.Step(gradients, 1e-3, guard), repeats: 100));
    }

    [Fact]
    public void Numbers_out_of_range_are_named()
    {
        Refused("gradient scale is 0", new StepGuard { GradientScale = 0 });
        Refused("gradient scale is NaN", new StepGuard { GradientScale = double.NaN });
        Refused("max norm is 0", new StepGuard { MaxNorm = 0 });
        Refused("max norm is NaN", new StepGuard { MaxNorm = double.NaN });
    }

    private static void Refused(string part, StepGuard guard) =>
        Assert.StartsWith(part, Assert.Throws<NonsmoothException>(guard.Validate).Message, StringComparison.Ordinal);
}
