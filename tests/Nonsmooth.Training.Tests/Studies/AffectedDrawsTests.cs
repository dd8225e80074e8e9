using Nonsmooth.Data;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Reliability.Families;
using Nonsmooth.Reliability.Gradients;
using Nonsmooth.Selections;
using Nonsmooth.Training.Audits;
using Nonsmooth.Training.Networks;
using Nonsmooth.Training.Studies;

namespace Nonsmooth.Training.Tests.Studies;

[Trait("Speed", "Slow")]
public class AffectedDrawsTests
{
    private static readonly DataSplit _raw = RawPixels.Of(Datasets.Load("strokes", new DatasetOptions { TrainCount = 256, TestCount = 1 }).Train);

    // Small weights and no biases: deep values are near 0, where binary16 has zeros enough for few images.
    private const string _deep = "mlp:784-32-32-32-10";

    [Theory]
    [InlineData(Precision.Float16)]
    [InlineData(Precision.BFloat16)]
    [InlineData(Precision.Float32)]
    [InlineData(Precision.Float64)]
    public void Screening_changes_no_result(Precision precision)
    {
        var options = new AffectedOptions { Precision = precision, Draws = 5 };
        var screened = Run(_deep, options);
        var whole = Run(_deep, options with { Screen = false });
        Assert.Equal(whole.Draws.Select(d => d.FirstBatch), screened.Draws.Select(d => d.FirstBatch));
        Assert.All(whole.Draws, d => Assert.Equal(0, d.AtKinks));
    }

    // The proof of the screen, and that it is not vacuous: no argument at a kink, no bit of difference.
    [Fact]
    public void Without_an_argument_at_a_kink_both_backprops_are_the_same_bits()
    {
        using var subject = Subject(_deep, 8);
        using var screen = new KinkScreen(subject.Objective, Precision.Float16);
        using var zero = new GradientRunner(subject.Objective, subject.Parameters, Selection.Default, Precision.Float16);
        using var one = new GradientRunner(subject.Objective, subject.Parameters, Selection.Default with { ReluAtZero = 1 }, Precision.Float16);
        int clear = 0;
        int differ = 0;
        for (int batch = 0; batch < subject.Batches; batch++)
        {
            var inputs = subject.Inputs(1, batch);
            bool same = GradientDistance.Between(zero.Run(inputs), one.Run(inputs)).IsZero;
            bool at = screen.Count(inputs) > 0;
            Assert.True(at || same);
            clear += at ? 0 : 1;
            differ += same ? 0 : 1;
        }

        Assert.True(clear > 0 && differ > 0, $"{clear} clear, {differ} differ");
    }

    [Fact]
    public void Half_is_affected_and_double_is_not()
    {
        Assert.Equal(5, Run(_deep, new() { Precision = Precision.Float16, Draws = 5 }).Affected.Successes);
        Assert.Equal(0, Run(_deep, new() { Precision = Precision.Float64, Draws = 2 }).Affected.Successes);
    }

    [Fact]
    public void A_draw_stops_at_its_first_affected_batch()
    {
        var report = Run(_deep, new() { Precision = Precision.Float16, Draws = 3 });
        Assert.All(report.Draws.Where(d => d.IsAffected), d => Assert.Equal(d.FirstBatch + 1, d.Batches));
        Assert.All(report.Draws, d => Assert.True(!d.IsAffected || d.AtKinks > 0));
        Assert.Equal(report.Affected.Successes, report.Within(report.Batches).Successes);
    }

    [Fact]
    public void Ties_of_pools_are_not_screened()
    {
        using var subject = new NetworkSubject(Models.Find("lenet5"), _raw, new() { Batch = 32 });
        var options = new AffectedOptions { Precision = Precision.Float16, Draws = 1, Batches = 2, Other = Selection.MinimalNorm };
        Assert.Equal(0, AffectedDraws.Run(subject, options).Draws[0].FirstBatch);
    }

    [Fact]
    public void It_stops_when_told_and_keeps_the_draws_that_are_done()
    {
        using var stop = new CancellationTokenSource();
        using var subject = Subject("mlp:784-8-10", 32);
        var report = AffectedDraws.Run(subject, new() { Draws = 9, Precision = Precision.Float64 }, new Until(2, stop), cancellation: stop.Token);
        Assert.Equal(2, report.Draws.Count);
    }

    [Fact]
    public void What_an_earlier_run_finished_is_taken_over()
    {
        var options = new AffectedOptions { Precision = Precision.Float16, Draws = 4 };
        var whole = Run(_deep, options);
        var first = Run(_deep, options with { Draws = 2 });
        var resumed = Run(_deep, options with { Done = first.Draws });
        Assert.Equal(whole.Draws, resumed.Draws);
        Assert.Equal(whole.Draws, Run(_deep, options with { Done = [whole.Draws[3], whole.Draws[1]] }).Draws);
        Assert.Throws<NonsmoothException>(() => Run(_deep, options with { Done = [whole.Draws[1], whole.Draws[1]] }));
    }

    // 256 images in batches of 100: two whole ones and 56 left. Zeros of an image are the same in any batch.
    [Fact]
    public void The_last_smaller_batch_is_a_part_like_the_others()
    {
        var options = new AffectedOptions { Precision = Precision.Float16, Draws = 3, Screen = false };
        var network = Models.Find("mlp:784-16-10", _raw.Shape);
        var parts = NetworkSubject.Epoch(network, _raw, new() { Batch = 100, Draw = DrawKind.Published });
        using var whole = parts[0];
        using var rest = parts[1];
        var both = AffectedDraws.Run(parts, s => GradientPair.Of(s, options), options);
        var (first, last) = (AffectedDraws.Run(whole, options), AffectedDraws.Run(rest, options));
        Assert.Equal(3, both.Batches);
        Assert.Equal(
            first.Draws.Zip(last.Draws, (a, b) => a.FirstBatch ?? (b.IsAffected ? 2 : null)),
            both.Draws.Select(d => d.FirstBatch));
    }

    // Reliability specification, 0: seen 25,000 on an affected batch in binary16.
    [Fact]
    public void The_published_bug_is_a_thousand_times_larger_than_the_choice()
    {
        using var subject = Subject(_deep, 128);
        var bug = BugComparison.Run(subject, Precision.Float16, maximumDraws: 3);
        Assert.True(bug.Ratio >= 1000, $"{bug}");
        Assert.True(bug.Correct.SumL1 > 0);
    }

    private static AffectedReport Run(string network, AffectedOptions options)
    {
        using var subject = Subject(network, 32);
        return AffectedDraws.Run(subject, options);
    }

    private static NetworkSubject Subject(string network, int batch) => new(Models.Find(network, new ImageShape(1, 28, 28)), _raw, new() { Batch = batch, Draw = DrawKind.Published });

    private sealed class Until(int draws, CancellationTokenSource stop) : IProgress<AffectedDraw>
    {
        public void Report(AffectedDraw value)
        {
            if (value.Draw + 1 == draws)
            {
                stop.Cancel();
            }
        }
    }
}
