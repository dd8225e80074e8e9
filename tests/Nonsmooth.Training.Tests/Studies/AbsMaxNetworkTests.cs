using Nonsmooth.Data;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Reliability.Ties;
using Nonsmooth.Selections;
using Nonsmooth.Training.Audits;
using Nonsmooth.Training.Engine;
using Nonsmooth.Training.Studies;

namespace Nonsmooth.Training.Tests.Studies;

public class AbsMaxNetworkTests
{
    private static readonly Dataset _data = Datasets.Load("strokes", new DatasetOptions { TrainCount = 128, TestCount = 64 });

    // With one code either side every channel's largest weight is a number divided by itself: a bound exactly.
    [Fact]
    public void Of_two_bits_each_channel_has_its_largest_weight_on_a_bound()
    {
        using var subject = new NetworkSubject(AbsMaxNetwork.Create(2), _data.Train, new() { Batch = 32 });
        var ties = TieCensus.Run(subject, new() { Batches = 1, NearUlps = 0 });
        var clamps = ties.Sites.Where(s => s.Site.EndsWith(".quantise.clamp", StringComparison.Ordinal)).ToDictionary(s => s.Site, s => s.Ties);
        Assert.Equal(6, clamps.Count);
        Assert.Equal([16, 16, 32, 32, 32, 10], clamps.Values);
    }

    [Fact]
    public void Of_four_bits_those_channels_have_whose_two_divisions_round_to_the_largest_code()
    {
        using var subject = new NetworkSubject(AbsMaxNetwork.Create(4), _data.Train, new() { Batch = 32 });
        var ties = TieCensus.Run(subject, new() { Batches = 1, NearUlps = 0 });
        using var parameters = new ParameterSet(subject.Program.Parameters, 0);
        var (expected, channels) = (0, 0);
        for (int i = 0; i < parameters.Parameters.Count; i += 2)
        {
            float[] weights = parameters.Values(i).ToArray();
            foreach (float[] channel in weights.Chunk(weights.Length / parameters.Parameters[i].Shape[0]))
            {
                float largest = channel.Max(MathF.Abs);
                channels++;
                expected += channel.Count(w => MathF.Abs(w / (largest / 7)) == 7);
            }
        }

        Assert.Equal(138, channels);
        Assert.InRange(expected, 60, 130);
        Assert.Equal(expected, ties.Sites.Where(s => s.Site.EndsWith(".quantise.clamp", StringComparison.Ordinal)).Sum(s => s.Ties));
    }

    [Fact]
    public void The_slope_at_the_bounds_decides_what_is_learned()
    {
        var report = PairedTraining.Run(new PairedTrainingOptions
        {
            Network = AbsMaxNetwork.Create(4), Dataset = _data, Batch = 32, Steps = 4, Seeds = 1, Other = Selection.LibTorchNext,
        });
        Assert.True(report.Seeds[0].IsFinite);
        Assert.True(report.WeightDistance > 0);
    }

    [Fact]
    public void An_audit_names_the_clamps_of_weights_alone()
    {
        using var subject = new NetworkSubject(AbsMaxNetwork.Create(2), _data.Train, new() { Batch = 32 });
        var report = Audit.Run(subject, new()
        {
            Precisions = [Precision.Float32], Draws = 1, Batches = 1,
            Choices = AuditChoice.Of(SelectionKeys.ClampAtBounds, Selection.Default),
        });
        var named = report.Choices[0].Formats[0].Blame.Where(b => b.Bifurcations() > 0).Select(b => b.Site.Node).ToList();
        Assert.Equal(6, named.Count);
        Assert.All(named, n => Assert.EndsWith(".quantise.clamp", n, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    public void Other_widths_are_refused(int bits) => Assert.Contains("give 2 to 8", Assert.Throws<NonsmoothException>(() => AbsMaxNetwork.Create(bits)).Message, StringComparison.Ordinal);
}
