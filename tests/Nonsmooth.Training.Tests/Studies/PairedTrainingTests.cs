using Nonsmooth.Data;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Selections;
using Nonsmooth.Training.Networks;
using Nonsmooth.Training.Studies;

namespace Nonsmooth.Training.Tests.Studies;

[Trait("Speed", "Slow")]
public class PairedTrainingTests
{
    private static readonly Dataset _data = Datasets.Load("strokes", new DatasetOptions { TrainCount = 320, TestCount = 100 });

    private static readonly PairedTrainingOptions _lenet = new()
    {
        Network = Models.Find("lenet5"), Dataset = _data, Batch = 32, Steps = 12, Seeds = 2,
    };

    [Fact]
    public void A_selection_against_itself_is_no_difference()
    {
        var report = PairedTraining.Run(_lenet with { Other = Selection.Default, Seeds = 6, Steps = 4 });
        Assert.Equal(6, report.Seeds.Count);
        Assert.All(report.Seeds, s => Assert.Equal((0, true), (s.WeightDistance, s.IsFinite)));
        Assert.Equal((0, 0, 6), (report.Accuracy.Mean, report.TestLoss.HalfWidth, report.Accuracy.Pairs));
        Assert.Equal(TrainingEffect.Unaffected, report.Effect);
    }

    [Fact]
    public void Weights_move_apart_the_more_the_fewer_bits()
    {
        double Distance(Precision precision) => PairedTraining.Run(_lenet with { Precision = precision, Seeds = 1 }).WeightDistance;
        double half = Distance(Precision.Float16);
        double single = Distance(Precision.Float32);
        Assert.True(half > 10 * single, $"{half} against {single}");
        Assert.True(single >= 0 && double.IsFinite(single));
    }

    [Fact]
    public void A_run_that_diverges_is_reported_not_thrown()
    {
        var report = PairedTraining.Run(_lenet with { Precision = Precision.Float16, Pure = true, Rate = 1e4, Steps = 40 });
        Assert.Equal((2, 2), (report.ReferenceNotFinite, report.OtherNotFinite));
        Assert.Equal(0, report.Accuracy.Pairs);
        Assert.All(report.Seeds, s => Assert.True(double.IsNaN(s.WeightDistance) && s.Reference.NotFiniteAt is >= 1 and <= 40));
    }

    [Fact]
    public void Pure_halves_keep_parameters_in_the_format()
    {
        var run = PairedTraining.Run(_lenet with { Precision = Precision.Float16, Pure = true, Seeds = 1, Steps = 3 });
        Assert.All(run.Seeds[0].Reference.Parameters.SelectMany(p => p), v => Assert.Equal(v, (float)(Half)v));
        var mixed = PairedTraining.Run(_lenet with { Precision = Precision.Float16, Seeds = 1, Steps = 3 });
        Assert.Contains(mixed.Seeds[0].Reference.Parameters.SelectMany(p => p), v => v != (float)(Half)v);
    }

    [Fact]
    public void It_stops_when_told_and_keeps_the_seeds_that_are_done()
    {
        using var stop = new CancellationTokenSource();
        var report = PairedTraining.Run(_lenet with { Seeds = 5 }, new Until(0.3, stop), cancellation: stop.Token);
        Assert.Single(report.Seeds);
        Assert.Throws<OperationCanceledException>(() => PairedTraining.Run(_lenet, cancellation: stop.Token));
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(2, 0)]
    public void Numbers_below_1_are_refused(int seeds, int steps) => Assert.Contains(
        "at least 1", Assert.Throws<NonsmoothException>(() => PairedTraining.Run(_lenet with { Seeds = seeds, Steps = steps })).Message, StringComparison.Ordinal);

    private sealed class Until(double share, CancellationTokenSource stop) : IProgress<PairedTrainingProgress>
    {
        public void Report(PairedTrainingProgress value)
        {
            if (value.Done >= share)
            {
                stop.Cancel();
            }
        }
    }
}
