using Nonsmooth.Training.Optimizers.Schedules;

namespace Nonsmooth.Training.Tests.Optimizers.Schedules;

public sealed class RateScheduleTests
{
    [Fact]
    public void Constant_stays() => Assert.Equal([0.1, 0.1], Rates(new ConstantRate(0.1), 1, 1_000_000));

    [Fact]
    public void Cosine_falls_from_the_peak_at_step_1_to_the_floor_after_the_last()
    {
        var schedule = new CosineRate(0.3, 4, 0.1);
        double root = 0.1 * Math.Sqrt(0.5);
        Assert.Equal([0.3, 0.2 + root, 0.2, 0.2 - root, 0.1, 0.1], Rates(schedule, 1, 2, 3, 4, 5, 50), Close);
    }

    [Fact]
    public void Warm_up_rises_linearly_then_falls_to_the_floor_at_the_last_step()
    {
        var schedule = new WarmupCosineRate(0.3, 3, 7, 0.1);
        double root = 0.1 * Math.Sqrt(0.5);
        Assert.Equal([0.1, 0.2, 0.3, 0.2 + root, 0.2, 0.2 - root, 0.1, 0.1], Rates(schedule, 1, 2, 3, 4, 5, 6, 7, 70), Close);
    }

    [Fact]
    public void Mistakes_are_named()
    {
        Refused("rate is NaN", () => new ConstantRate(double.NaN));
        Refused("peak is -1", () => new CosineRate(-1, 10));
        Refused("steps is 0", () => new CosineRate(1, 0));
        Refused("floor is -1", () => new WarmupCosineRate(1, 1, 10, -1));
        Refused("warmup is 10", () => new WarmupCosineRate(1, 10, 10));
        Refused("step is 0", () => new CosineRate(1, 10).RateAt(0));
        Refused("step is 0", () => new ConstantRate(1).RateAt(0));
        Refused("step is 0", () => new WarmupCosineRate(1, 1, 10).RateAt(0));
    }

    private static bool Close(double x, double y) => Math.Abs(x - y) < 1e-15;

    private static double[] Rates(IRateSchedule schedule, params long[] steps) => [.. steps.Select(schedule.RateAt)];

    private static void Refused(string part, Func<object> make) =>
        Assert.StartsWith(part, Assert.Throws<NonsmoothException>(() => { make(); }).Message, StringComparison.Ordinal);
}
