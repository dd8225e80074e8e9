using Nonsmooth.Dictionary;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Programs;
using Nonsmooth.Reliability.Gradients;
using Nonsmooth.Reliability.Zones;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.Reliability.Tests.Zones;

public class ZoneStudyTests
{
    // max over (t x) at equal x: both selections have the slope x, so what differs is rounding.
    [Fact]
    public void Equal_arguments_scaled_alike_are_compensation()
    {
        var report = Study(3, 1.14, 1.14, 1.14, 1.14, 1.14, 1.14, 1.14, 1.14, 1.14, 1.14, 1.14);
        Assert.Equal((0, 1, 0), Counts(report));
    }

    // The same at t = 0: all tie whatever x is, and the slopes are 1 and the mean.
    [Fact]
    public void Different_slopes_that_meet_at_a_tie_are_a_bifurcation()
    {
        var report = Study(0, 1, 2, 3);
        Assert.Equal((0, 0, 1), Counts(report));
        Assert.Equal(1, report.Observations[0].Distance.SumL1);
    }

    [Fact]
    public void Away_from_ties_both_are_the_same_bits() => Assert.Equal((1, 0, 0), Counts(Study(1, 1, 2, 3)));

    [Fact]
    public void A_selection_that_changes_no_node_is_equal_and_its_losses_are_the_same()
    {
        using var subject = Subject(0, 1, 2, 3);
        var report = ZoneStudy.Run(subject, new ZoneOptions { Other = Selection.Default with { ReluAtZero = 1 }, Precision = Precision.Float64 });
        Assert.Equal((1, 0, 0), Counts(report));
        Assert.True(report.SameLosses);
    }

    [Fact]
    public void A_format_without_a_published_threshold_needs_replay_or_control()
    {
        using var subject = Subject(0, 1, 2, 3);
        var report = ZoneStudy.Run(subject, new ZoneOptions { Precision = Precision.BFloat16, Replay = false, ControlOrders = 0 });
        Assert.Empty(report.Volumes);
        Assert.Contains("replay", Assert.Throws<NonsmoothException>(() => report.Volume).Message);
    }

    [Theory]
    [InlineData(0, null, "at least 1")]
    [InlineData(1, 2, "there are 1")]
    [InlineData(1, 0, "there are 1")]
    public void Impossible_numbers_are_refused(int draws, int? batches, string says)
    {
        using var subject = Subject(0, 1, 2, 3);
        var e = Assert.Throws<NonsmoothException>(() => ZoneStudy.Run(subject, new ZoneOptions { Draws = draws, Batches = batches }));
        Assert.Contains(says, e.Message);
    }

    private static ZoneReport Study(double t, params double[] x)
    {
        using var subject = Subject(t, x);
        return ZoneStudy.Run(subject, new ZoneOptions
        {
            Other = Selection.Default with { ReduceMaximumTies = TieRule.First },
            Precision = Precision.Float32,
        });
    }

    private static FixedSubject Subject(double t, params double[] x) => new(
        Program.Trace((t, x) => (t * x).Max(), Shape.Scalar, new Shape(x.Length)), ["t"], new[] { t }, x);

    private static (int Equal, int Compensation, int Bifurcation) Counts(ZoneReport report) =>
        (report.Volume.Equal, report.Volume.Compensation, report.Volume.Bifurcation);
}
