using Nonsmooth.Optimizers.Schedules;

namespace Nonsmooth.Optimizers.Tests.Recorded;

/// <summary>A schedule of another library and its equal here.</summary>
/// <param name="Name">Library, name and settings as recorded.</param>
/// <param name="Ours">The schedule.</param>
/// <param name="Until">How many of the 50 recorded rates it has.</param>
/// <param name="Reason">Why not all of them.</param>
internal sealed record RecordedScheduleRow(string Name, IRateSchedule Ours, int Until = 50, string Reason = "");

internal static class RecordedScheduleRows
{
    private const string Function = "any function of the step is an IRateSchedule of one's own";

    public static RecordedScheduleRow[] All { get; } =
    [
        new("torch StepLR step_size=7 gamma=0.5", new StepRate(0.1, 0.5, 7)),
        new("torch StepLR step_size=10 gamma=0.1", new StepRate(0.1, 0.1, 10)),
        new("torch MultiStepLR milestones=[5, 20, 21] gamma=0.3", new MilestoneRate(0.1, 0.3, 5, 20, 21)),
        new("torch ConstantLR factor=0.25 total_iters=6", new MilestoneRate(0.025, 4, 6)),
        new("torch LinearLR start_factor=0.1 end_factor=1.0 total_iters=12", new LinearRate(0.01, 0.1, 12)),
        new("torch LinearLR", new LinearRate(0.1 / 3, 0.1, 5)),
        new("torch ExponentialLR gamma=0.93", new ExponentialRate(0.1, 0.93)),
        new("torch PolynomialLR total_iters=30 power=2.0", new PolynomialRate(0.1, 0, 30, 2)),
        new("torch PolynomialLR", new PolynomialRate(0.1, 0, 5, 1)),
        new("torch CosineAnnealingLR T_max=20 eta_min=0.01", new CosineRate(0.1, 20, 0.01), 21, "torch's rises again after T_max, ours stays at the floor"),
        new("torch CosineAnnealingWarmRestarts T_0=6 T_mult=2 eta_min=0.001", new CosineRestartsRate(0.1, 6, 2, 0.001)),
        new("torch CosineAnnealingWarmRestarts T_0=1 T_mult=3", new CosineRestartsRate(0.1, 1, 3)),
        new("torch CyclicLR base_lr=0.01 max_lr=0.2 step_size_up=6 step_size_down=9", new CyclicRate(0.01, 0.2, 6, 9)),
        new("torch CyclicLR base_lr=0.01 max_lr=0.2 step_size_up=8 mode=exp_range gamma=0.97", new CyclicRate(0.01, 0.2, 8, 8, 0.97)),
        new("torch OneCycleLR max_lr=0.5 total_steps=50", new OneCycleRate(0.5, 14, 49)),
        new("torch OneCycleLR max_lr=0.5 total_steps=50 three_phase=true", new JoinedRate(
            new OneCycleRate(0.5, 14, 28, end: 0.04), 28, new CosineRate(0.02, 21, 2e-6))),
        new("torch SequentialLR parts=LinearLR(start_factor=.1,total_iters=10); ExponentialLR(gamma=.9) milestones=[10]", new JoinedRate(
            new LinearRate(0.01, 0.1, 10), 10, new ExponentialRate(0.1, 0.9))),
        new("optax constant_schedule value=0.1", new ConstantRate(0.1)),
        new("optax linear_schedule init_value=0.1 end_value=0.01 transition_steps=30", new LinearRate(0.1, 0.01, 30)),
        new("optax polynomial_schedule init_value=0.1 end_value=0.001 power=2 transition_steps=40", new PolynomialRate(0.1, 0.001, 40, 2)),
        new("optax exponential_decay init_value=0.1 transition_steps=10 decay_rate=0.5", new ExponentialRate(0.1, 0.5, 10)),
        new("optax exponential_decay init_value=0.1 transition_steps=5 decay_rate=1.2 transition_begin=8 end_value=0.3", new JoinedRate(
            new ConstantRate(0.1), 8, new ExponentialRate(0.1, 1.2, 5)), 39, "an exponential here has no bound"),
        new("optax cosine_decay_schedule init_value=0.1 decay_steps=40", new CosineRate(0.1, 40)),
        new("optax piecewise_constant_schedule init_value=0.1 boundaries_and_scales={10: 0.5, 20: 0.1}", new JoinedRate(
            new MilestoneRate(0.1, 0.5, 10), 20, new ConstantRate(0.005))),
        new("optax piecewise_interpolate_schedule interpolate_type=linear init_value=0.1 boundaries_and_scales={10: 0.5, 30: 0.2}", new JoinedRate(
            new LinearRate(0.1, 0.05, 10), 10, new LinearRate(0.05, 0.01, 20))),
        new("optax warmup_constant_schedule init_value=0.0 peak_value=0.1 warmup_steps=8", new LinearRate(0, 0.1, 8)),
        new("optax warmup_cosine_decay_schedule init_value=0.0 peak_value=0.2 warmup_steps=10 decay_steps=50 end_value=0.01", new JoinedRate(
            new LinearRate(0, 0.2, 10), 10, new CosineRate(0.2, 40, 0.01))),
        new("optax warmup_exponential_decay_schedule init_value=0.0 peak_value=0.2 warmup_steps=5 transition_steps=10 decay_rate=0.5", new JoinedRate(
            new LinearRate(0, 0.2, 5), 5, new ExponentialRate(0.2, 0.5, 10))),
        new("optax cosine_onecycle_schedule transition_steps=50 peak_value=0.5", new OneCycleRate(0.5, 15, 50)),
        new("optax linear_onecycle_schedule transition_steps=50 peak_value=0.5", new JoinedRate(
            new JoinedRate(new LinearRate(0.02, 0.5, 15), 15, new LinearRate(0.5, 0.02, 27)), 42, new LinearRate(0.02, 2e-6, 8))),
        new(
            "optax sgdr_schedule cosine_kwargs=[{init_value: 0.0, peak_value: 0.2, decay_steps: 15, warmup_steps: 3, end_value: 0.01}, {init_value: 0.01, peak_value: 0.1, decay_steps: 35, warmup_steps: 5, end_value: 0.0}]",
            new JoinedRate(
                new JoinedRate(new LinearRate(0, 0.2, 3), 3, new CosineRate(0.2, 12, 0.01)),
                15,
                new JoinedRate(new LinearRate(0.01, 0.1, 5), 5, new CosineRate(0.1, 30)))),
        new("optax join_schedules parts=linear_schedule(0.0,0.1,10); cosine_decay_schedule(0.1,30) boundaries=[10]", new JoinedRate(
            new LinearRate(0, 0.1, 10), 10, new CosineRate(0.1, 30))),
    ];

    public static Dictionary<string, string> Lacking { get; } = new()
    {
        ["torch CosineAnnealingLR T_max=7 eta_min=-0.02"] = "a rate below 0",
        ["torch ReduceLROnPlateau factor=0.5 patience=2"] = "a schedule here sees the step alone, no metric",
        ["torch ReduceLROnPlateau mode=max factor=0.5 patience=3 threshold_mode=abs threshold=0.01"] = "a schedule here sees the step alone, no metric",
        ["torch LambdaLR lambda_=1/(1+0.1*t)"] = Function,
        ["torch MultiplicativeLR lambda_=0.9 if t%2 else 1.01"] = Function,
        ["torch ChainedScheduler parts=LinearLR(start_factor=.1,total_iters=10); ExponentialLR(gamma=.95)"] = "a product of schedules; " + Function,
    };
}
