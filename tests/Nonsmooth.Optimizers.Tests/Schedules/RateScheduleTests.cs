using Nonsmooth.Optimizers.Schedules;

namespace Nonsmooth.Optimizers.Tests.Schedules;

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
    public void Linear_reaches_its_end_one_step_after_the_last()
    {
        Assert.Equal([0.1, 0.2, 0.3, 0.4, 0.5, 0.5], Rates(new LinearRate(0.1, 0.5, 4), 1, 2, 3, 4, 5, 50), Close);
        Assert.Equal([0.5, 0.3, 0.1], Rates(new LinearRate(0.5, 0.1, 2), 1, 2, 3), Close);
    }

    [Fact]
    public void Step_falls_after_every_so_many() =>
        Assert.Equal([1, 1, 0.1, 0.1, 0.01], Rates(new StepRate(1, 0.1, 2), 1, 2, 3, 4, 5), Close);

    [Fact]
    public void Warm_up_rises_to_the_first_rate_of_what_follows() =>
        Assert.Equal([0.1, 0.2, 0.2, 0.1, 0], Rates(new WarmupRate(2, new LinearRate(0.2, 0, 2)), 1, 2, 3, 4, 5), Close);

    [Fact]
    public void Warm_up_stable_decay_rises_stays_and_falls() =>
        Assert.Equal(
            [0.2, 0.4, 0.4, 0.4, 0.3, 0.2, 0.2],
            Rates(new WarmupStableDecayRate(0.4, 2, 6, 2, 0.2), 1, 2, 3, 4, 5, 6, 60),
            Close);

    [Theory]
    [InlineData("none")]
    [InlineData("0.25")]
    [InlineData("linear:0.1:2:1000")]
    [InlineData("cosine:0.3:100:0.01")]
    [InlineData("step:1:0.5:30")]
    [InlineData("warmup-cosine:0.3:10:100:0")]
    [InlineData("wsd:0.4:2:6:2:0.2")]
    [InlineData("exponential:0.4:0.5:10")]
    [InlineData("polynomial:0.4:0.1:10:2")]
    [InlineData("restarts:0.4:10:2:0.1")]
    [InlineData("one-cycle:0.4:29:99:0.04:0.001")]
    [InlineData("inverse-sqrt:0.4:10")]
    [InlineData("cyclic:0.1:0.4:10:20:0.5")]
    [InlineData("multistep:0.4:0.1:10:20:20")]
    public void Texts_read_back(string text) => Assert.Equal(text, ScheduleText.Write(ScheduleText.Parse(text)));

    [Fact]
    public void Inverse_root_rises_to_the_peak_and_falls() =>
        Assert.Equal([0.2, 0.4, 0.2, 0.1], Rates(new InverseSqrtRate(0.4, 2), 1, 2, 8, 32), Close);

    [Fact]
    public void Restarts_grow_as_long_as_there_are_steps()
    {
        Assert.Equal([0.4, 0.2, 0.4, 0.2, 0.4], Rates(new CosineRestartsRate(0.4, 2), 1, 2, 3, 4, 1_000_001), Close);
        Assert.Equal([0.4, 0.4, 0.2, 0.4], Rates(new CosineRestartsRate(0.4, 1, 2), 1, 2, 3, 4), Close);
        Assert.InRange(new CosineRestartsRate(0.4, 1_000_000, 1_000_000_000_000).RateAt(long.MaxValue), 0, 0.4);
    }

    [Fact]
    public void Joined_schedules_each_begin_at_their_first_step() =>
        Assert.Equal([0.1, 0.2, 0.3, 0.15], Rates(new JoinedRate(new LinearRate(0.1, 0.5, 4), 2, new StepRate(0.3, 0.5, 1)), 1, 2, 3, 4), Close);

    [Fact]
    public void Milestones_are_compared_by_value()
    {
        Assert.Equal(new MilestoneRate(1, 0.5, 3, 5), new MilestoneRate(1, 0.5, 3, 5));
        Assert.NotEqual(new MilestoneRate(1, 0.5, 3, 5), new MilestoneRate(1, 0.5, 3, 6));
        Refused("milestone is 2", () => new MilestoneRate(1, 0.5, 3, 2));
        Refused("milestone is 0", () => new MilestoneRate(1, 0.5, 0));
    }

    [Theory]
    [InlineData("linear:0.1:2", "'linear:0.1:2' is no schedule: give none, a number, linear:FROM:TO:STEPS")]
    [InlineData("square:1", "'square:1' is no schedule")]
    [InlineData("linear:a:2:10", "'linear:a:2:10' is no schedule")]
    [InlineData("linear:1:2:1.5", "number of steps is 1.5")]
    [InlineData("linear:-1:2:10", "from is -1")]
    public void Texts_that_are_none_are_named(string text, string message) =>
        Assert.StartsWith(message, Assert.Throws<NonsmoothException>(() => ScheduleText.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_rise_before_another_one_has_a_text()
    {
        IRateSchedule[] all = [new WarmupRate(3, new ConstantRate(1)), new WarmupRate(3, new CosineRate(0.1, 20)), new WarmupRate(1, new WarmupRate(2, new StepRate(1, 0.5, 3)))];
        Assert.All(all, schedule => Assert.Equal(schedule, ScheduleText.Parse(ScheduleText.Write(schedule))));
        Assert.Equal("rise:3:cosine:0.1:20:0", ScheduleText.Write(all[1]));
        Assert.Throws<NonsmoothException>(() => ScheduleText.Parse("rise:3:none"));
    }

    [Fact]
    public void Mistakes_are_named()
    {
        Refused("to is -1", () => new LinearRate(1, -1, 10));
        Refused("every is 0", () => new StepRate(1, 0.5, 0));
        Refused("warmup is -1", () => new WarmupRate(-1, new ConstantRate(1)));
        Refused("warmup is 11", () => new WarmupStableDecayRate(1, 11, 10, 0));
        Refused("decay is 6", () => new WarmupStableDecayRate(1, 5, 10, 6));
        Refused("step is 0", () => new LinearRate(1, 0, 10).RateAt(0));
        Refused("step is 0", () => new StepRate(1, 0.5, 10).RateAt(0));
        Refused("step is 0", () => new WarmupRate(1, new ConstantRate(1)).RateAt(0));
        Refused("step is 0", () => new WarmupStableDecayRate(1, 1, 10, 1).RateAt(0));
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
