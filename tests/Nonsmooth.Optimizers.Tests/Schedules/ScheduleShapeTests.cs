using Nonsmooth.Optimizers.Schedules;

namespace Nonsmooth.Optimizers.Tests.Schedules;

public sealed class ScheduleShapeTests
{
    public static TheoryData<string, long, IRateSchedule> Shapes => new()
    {
        { "cosine", 0, new CosineRate(0.5, 100) },
        { "cosine:0.1", 0, new CosineRate(0.5, 100, 0.05) },
        { "cosine:0.1", 10, new WarmupCosineRate(0.5, 10, 100, 0.05) },
        { "linear", 0, new LinearRate(0.5, 0, 100) },
        { "LINEAR:0.2", 10, new WarmupRate(10, new LinearRate(0.5, 0.1, 90)) },
        { "step:0.1:30", 0, new StepRate(0.5, 0.1, 30) },
        { "step:0.1:0.25", 5, new WarmupRate(5, new StepRate(0.5, 0.1, 25)) },
        { "wsd:20", 10, new WarmupStableDecayRate(0.5, 10, 100, 20) },
        { "wsd:0.2:0.1", 0, new WarmupStableDecayRate(0.5, 0, 100, 20, 0.05) },
        { "constant", 10, new WarmupRate(10, new ConstantRate(0.5)) },
        { "polynomial:2:0.1", 10, new WarmupRate(10, new PolynomialRate(0.5, 0.05, 90, 2)) },
        { "exponential:0.01", 0, new ExponentialRate(0.5, 0.01, 100) },
        { "restarts:0.1:2:0.1", 0, new CosineRestartsRate(0.5, 10, 2, 0.05) },
        { "milestones:0.1:0.5:75", 0, new MilestoneRate(0.5, 0.1, 50, 75) },
        { "one-cycle", 0, new OneCycleRate(0.5, 29, 99) },
        { "inverse-sqrt", 10, new InverseSqrtRate(0.5, 10) },
        { "inverse-sqrt", 0, new InverseSqrtRate(0.5, 1) },
        { "linear:0.1:2:1000", 0, new LinearRate(0.1, 2, 1000) },
        { "cosine:0.1:50", 5, new WarmupRate(5, new CosineRate(0.1, 50)) },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void TheRunGivesWhatTheTextLeavesOut(string text, long warmup, IRateSchedule expected) =>
        Assert.Equal(expected, ScheduleShape.Make(text, 0.5, warmup, 100));

    [Theory]
    [InlineData("constant", false)]
    [InlineData("step:0.1:30", false)]
    [InlineData("wsd:0.2:0.1", false)]
    [InlineData("cosine:0.1:50", true)]
    [InlineData("linear:0.1:2:1000", true)]
    public void TextsWithRatesOfTheirOwnAreTold(string text, bool own) => Assert.Equal(own, ScheduleShape.HasOwnRates(text));

    [Fact]
    public void AConstantRateNeedsNoSchedule() => Assert.Null(ScheduleShape.Make("constant", 0.5, 0, 100));

    [Theory]
    [InlineData("cosin", "give constant, cosine[:FINAL], ")]
    [InlineData("step:0.1", "give constant, ")]
    [InlineData("none", "give constant, ")]
    [InlineData("cosine:x", "give constant, ")]
    [InlineData("step:0.1:1.5", "number of steps is 1.5: give a whole number, or a share of the run below 1")]
    [InlineData("wsd:0", "number of steps is 0: ")]
    [InlineData("linear:-1", "to is -1: give a finite number of at least 0")]
    [InlineData("linear:1:2:x", "'linear:1:2:x' is no schedule")]
    public void WhatIsNoneIsRefused(string text, string message) =>
        Assert.StartsWith(message, Assert.Throws<NonsmoothException>(() => ScheduleShape.Check(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void AWarmUpIsShorterThanTheRun() => Assert.Equal(
        "warmup is 100: give at least 0 and fewer than the 100 steps",
        Assert.Throws<NonsmoothException>(() => ScheduleShape.Make("linear", 0.5, 100, 100)).Message);
}
