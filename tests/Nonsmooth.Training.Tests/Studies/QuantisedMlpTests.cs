using Nonsmooth.Data;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Selections;
using Nonsmooth.Training.Audits;
using Nonsmooth.Training.Engine;
using Nonsmooth.Training.Studies;

namespace Nonsmooth.Training.Tests.Studies;

public class QuantisedMlpTests
{
    private static readonly Dataset _data = Datasets.Load("strokes", new DatasetOptions { TrainCount = 256, TestCount = 64 });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_audit_names_the_weights_clamps_before_any_training(bool learned)
    {
        using var subject = new NetworkSubject(QuantisedMlp.Create([16], learned), _data.Train, new() { Batch = 32 });
        var report = Audit.Run(subject, new()
        {
            Precisions = [Precision.Float32], Draws = 1, Batches = 2,
            Choices = AuditChoice.Of(SelectionKeys.ClampAtBounds, Selection.Default),
        });
        var format = report.Choices[0].Formats[0];
        Assert.Equal(2, format.Zones.Volume.Bifurcation);
        Assert.Equal(["fc1.weight.clamp", "fc2.weight.clamp"], format.Blame.Where(b => b.Bifurcations() > 0).Select(b => b.Site.Node));
    }

    [Fact]
    public void Weights_start_on_the_grid_and_are_clipped_to_it()
    {
        var network = QuantisedMlp.Create([16]);
        using var parameters = new ParameterSet(network.Build(1).Parameters, 0);
        float highest = parameters.Values(0).ToArray().Max();
        float step = highest / 7;
        Assert.All(parameters.Values(0).ToArray(), w => Assert.Equal(MathF.Round(w / step), w / step));
        parameters.Values(0)[0] = 1;
        parameters.Values(0)[1] = -1;
        parameters.Values(0)[2] = 0;
        QuantisedMlp.Clip(parameters);
        Assert.Equal([highest, -8 * step, 0], parameters.Values(0)[..3].ToArray());
    }

    // Every hidden value is at the lower bound: with slope 0 there the hidden layer gets no gradient at all.
    [Fact]
    public void From_zero_the_hidden_layer_learns_under_one_slope_only()
    {
        var report = PairedTraining.Run(new PairedTrainingOptions
        {
            Network = QuantisedMlp.Create([16], zeroStart: true), Dataset = _data, Batch = 32, Steps = 8, Seeds = 1, Project = QuantisedMlp.Clip,
            Other = Selection.Default with { ClampAtBounds = 0 },
        });
        Assert.Contains(report.Seeds[0].Reference.Parameters[0], w => w != 0);
        Assert.All(report.Seeds[0].Other.Parameters[0], w => Assert.Equal(0, w));
    }

    [Fact]
    public void The_slope_at_the_bounds_decides_what_is_learned()
    {
        var report = PairedTraining.Run(new PairedTrainingOptions
        {
            Network = QuantisedMlp.Create([16]), Dataset = _data, Batch = 32, Steps = 8, Seeds = 1, Project = QuantisedMlp.Clip,
            Other = Selection.Default with { ClampAtBounds = 0 },
        });
        Assert.True(report.WeightDistance > 0);
    }
}
