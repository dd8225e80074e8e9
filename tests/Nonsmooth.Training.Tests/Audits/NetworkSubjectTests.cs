using Nonsmooth.Data;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Optimizers;
using Nonsmooth.Reliability.Zones;
using Nonsmooth.Training.Audits;
using Nonsmooth.Training.Checkpoints;
using Nonsmooth.Training.Networks;
using Nonsmooth.Tests.Shared;
using Nonsmooth.Training.Tests.Engine;

namespace Nonsmooth.Training.Tests.Audits;

public class NetworkSubjectTests
{
    private static readonly Dataset _data = Datasets.Load("strokes", new DatasetOptions { TrainCount = 10, TestCount = 200 });

    // The shares at 64 and 16 bits are those of the specification, 2.5: no bifurcation, and nothing else.
    [Trait("Speed", "Slow")]
    [Theory]
    [InlineData(Precision.Float64, 0)]
    [InlineData(Precision.Float32, 0)]
    [InlineData(Precision.Float16, 100)]
    [InlineData(Precision.BFloat16, 100)]
    public void Lenet_on_strokes_bifurcates_at_16_bits_only(Precision precision, double percent)
    {
        using var subject = Subject(new() { Batch = 64, Draw = DrawKind.Published });
        var report = ZoneStudy.Run(subject, new ZoneOptions { Precision = precision, Draws = 2, Batches = 2 });
        Assert.True(report.Control.IsZero);
        Assert.True(report.SameLosses);
        Assert.Equal(percent, report.Volume.Volume.Percent);
        Assert.Equal(4, report.Volume.Pairs);
        if (percent == 0)
        {
            Assert.Contains(report.Observations, o => !o.Distance.IsZero);
            Assert.All(report.Observations, o => Assert.InRange(o.Replay!.Value, 0, 1e-14));
        }
        else
        {
            Assert.All(report.Observations, o => Assert.True(o.Replay > 1e-9));
        }
    }

    [Fact]
    public void A_draw_and_a_batch_are_the_same_bits_whatever_was_asked_for_before()
    {
        using var one = Subject(new() { Batch = 8 });
        using var other = Subject(new() { Batch = 8 });
        other.Inputs(1, 2);
        other.Inputs(0, 1, 3);
        var (a, b) = (one.Inputs(0, 4), other.Inputs(0, 4));
        for (int i = 0; i < a.Count; i++)
        {
            Assert.Equal(a[i].To(LibTorch.TorchDtype.Float64).ToArray<double>(), b[i].To(LibTorch.TorchDtype.Float64).ToArray<double>());
        }
    }

    [Fact]
    public void Of_a_schedule_free_run_the_weights_to_evaluate_are_audited()
    {
        using var folder = new TemporaryFolder();
        var options = SmallRun.Options with
        {
            OptimizerName = "schedule-free-adamw", Optimizer = OptimizerRegistry.Find("schedule-free-adamw").Defaults, OutputFolder = folder.Path,
        };
        SmallRun.Train(options);
        var best = new CheckpointFolder(folder.Path).LoadBest();
        using var subject = new NetworkSubject(options.Network, options.Dataset.Test, new() { Batch = 8 }, best);
        Assert.Equal(best["evaluation.fc1.weight"].ToSingles(), subject.Inputs(0, 0)[2 + subject.Parameters.ToList().IndexOf("fc1.weight")].ToArray<float>());
    }

    [Fact]
    public void An_epoch_has_every_example_once_and_the_same_draws()
    {
        var parts = NetworkSubject.Epoch(Models.Find("lenet5"), _data.Test, new() { Batch = 64 });
        using var whole = parts[0];
        using var rest = parts[1];
        Assert.Equal((3, 1), (whole.Batches, rest.Batches));
        Assert.Equal([8, 1, 28, 28], rest.Inputs(1, 0)[0].Sizes.ToArray());
        var examples = Enumerable.Range(0, 3).SelectMany(b => whole.Examples(b).ToArray()).Concat(rest.Examples(0).ToArray());
        Assert.Equal(Enumerable.Range(0, 200), examples.Order());
        Assert.Equal(whole.Inputs(1, 0)[2].ToArray<float>(), rest.Inputs(1, 0)[2].ToArray<float>());
    }

    [Fact]
    public void Whole_batches_that_leave_nothing_have_no_rest()
    {
        using var only = Assert.Single(NetworkSubject.Epoch(Models.Find("lenet5"), _data.Test, new() { Batch = 50 }));
        Assert.Equal(4, only.Batches);
        Assert.Contains("nothing", Assert.Throws<NonsmoothException>(() => Subject(new() { Batch = 50, Rest = true })).Message);
    }

    [Fact]
    public void Another_order_has_the_same_examples()
    {
        using var subject = Subject(new() { Batch = 16 });
        long[] own = subject.Inputs(0, 0)[1].ToArray<long>();
        long[] reordered = subject.Inputs(0, 0, 1)[1].ToArray<long>();
        Assert.NotEqual(own, reordered);
        Assert.Equal(own.Order(), reordered.Order());
    }

    [Theory]
    [InlineData(DrawKind.Published, 0)]
    [InlineData(DrawKind.FanIn, 0.2)]
    public void Draws_are_those_of_the_studies(DrawKind kind, double bias)
    {
        using var subject = Subject(new() { Batch = 2, Draw = kind });
        var inputs = subject.Inputs(0, 0);
        float[] Values(string name) => inputs[2 + subject.Parameters.ToList().IndexOf(name)].ToArray<float>();
        Assert.InRange(Values("conv1.bias").Max(Math.Abs), bias / 2, bias);
        double bound = kind == DrawKind.Published ? Math.Sqrt(6.0 / 25) : 0.2;
        Assert.InRange(Values("conv1.weight").Max(Math.Abs), 0.9 * bound, bound);
    }

    [Fact]
    public void Networks_of_tokens_are_audited_too()
    {
        ushort[] text = [.. Enumerable.Range(0, 400).Select(i => (ushort)(i * i % 11 % 7))];
        var split = new TokenSplit(text, 7, 8);
        using var subject = new NetworkSubject(Models.For("gpt:1-16-2", split.Examples), split, new() { Batch = 4 });
        var report = ZoneStudy.Run(subject, new ZoneOptions { Precision = Precision.Float32, Draws = 2, Batches = 2 });
        Assert.True(report.Control.IsZero);
        Assert.Equal(4, report.Volume.Pairs);
        Assert.Equal([4, 8], subject.Inputs(0, 0)[0].Sizes.ToArray());
    }

    [Fact]
    public void A_data_set_smaller_than_a_batch_is_refused() =>
        Assert.Contains("200", Assert.Throws<NonsmoothException>(() => Subject(new() { Batch = 500 })).Message);

    [Fact]
    public void Data_of_another_shape_are_refused() => Assert.Contains("field 'x' is real", Assert.Throws<NonsmoothException>(
        () => new NetworkSubject(Models.Find("vgg11-cifar"), _data.Test, new() { Batch = 2 })).Message);

    private static NetworkSubject Subject(NetworkSubjectOptions options) => new(Models.Find("lenet5"), _data.Test, options);
}
