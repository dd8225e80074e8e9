using Nonsmooth.Dictionary;
using Nonsmooth.LibTorch;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Training.Census;
using Nonsmooth.Training.Data;
using Nonsmooth.Training.Engine;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Training.Tests.Census;

public class KinkCensusTests
{
    [Fact]
    public void CountsReluInputsThatAreZero()
    {
        // The first hidden neuron is 0 on every example, the second never.
        var report = CountMlp(0, Precision.Float32);
        Assert.Equal(new KinkCount("fc1.relu", "relu", 8, 4), Assert.Single(report.Nodes));
        Assert.Equal((8L, 4L, 0.5), (report.Relu.Places, report.Relu.Kinked, report.Relu.Fraction));
        Assert.Equal(0, report.MaxPool.Places);
        Assert.Equal(new GradientDifference("minimal-norm", 1, 0, 0, 0), report.Differences[0]);
        Assert.Equal(("relu-at-zero-1", 1, 1), (report.Differences[1].Selection, report.Differences[1].Batches, report.Differences[1].Differing));
        Assert.True(report.Differences[1].RelativeL2 > 0);
        Assert.True(report.Differences[1].MaxDifference > 0);
    }

    [Fact]
    public void CountsInTheFormatAskedFor()
    {
        // 1e-9 is no number of 16 bits: it rounds to 0.
        Assert.Equal(0, CountMlp(1e-9f, Precision.Float32).Relu.Kinked);
        Assert.Equal(0, CountMlp(1e-9f, Precision.Float64).Relu.Kinked);
        Assert.Equal(4, CountMlp(1e-9f, Precision.Float16).Relu.Kinked);
        Assert.Equal(0, CountMlp(1e-9f, Precision.Float32).Differences[1].Differing);
        Assert.Equal(1, CountMlp(1e-9f, Precision.Float16).Differences[1].Differing);
    }

    [Fact]
    public void CountsTiedWindows()
    {
        // The sum of two planes is pooled. Window 0: 3 twice, from (1, 2) and (2, 1); window 1: 4 alone;
        // window 2: 5 four times, always from (2, 3); window 3: 1 alone.
        float[] x =
        [
            1, 2, 4, 0, 0, 0, 0, 0, 2, 2, 1, 0, 2, 2, 0, 0,
            2, 1, 0, 1, 0, 0, 0, 0, 3, 3, 0, 0, 3, 3, 0, -1,
        ];
        var network = new Network("pool", new ImageShape(2, 4, 4), 2, (network, image) =>
        {
            using (network.Scope("mix"))
            {
                image = Functions.MaxPool2d(network.Conv2d(image, 1, kernel: 1), 2).Flatten(1);
            }

            using (network.Scope("out"))
            {
                return network.Linear(image, 2);
            }
        });
        using var parameters = new ParameterSet(network.Build(1).Parameters, 1);
        parameters.Values(0).Fill(1);
        parameters.Values(1).Clear();
        using var images = TorchTensor.FromSpan<float>(x, [1, 2, 4, 4]);
        using var targets = TorchTensor.FromSpan<long>([0], [1]);
        using var census = new KinkCensus(network, 1);
        var report = census.Count([images, targets, .. parameters.Tensors]);
        Assert.Equal(new KinkCount("mix.max_pool2d", "max_pool2d", 4, 2), Assert.Single(report.Nodes));
        Assert.Equal(0.5, report.MaxPool.Fraction);

        // The first tied element gives (1, 2), the average (1½, 1½); window 2 gives the same either way.
        Assert.Equal(1, report.Differences[0].Differing);
        Assert.True(report.Differences[0].MaxDifference > 0);
        Assert.Equal(0, report.Differences[1].Differing);
    }

    [Fact]
    public void AddsUpOverBatches()
    {
        var network = Mlp.Create([8, 16, 4], Engine.SmallRun.Data.Shape);
        using var parameters = new ParameterSet(network.Build(1).Parameters, 1);
        parameters.Values(0).Clear();
        parameters.Values(1).Clear();
        using var census = new KinkCensus(network, 10);
        var report = census.Count(parameters, Engine.SmallRun.Data.Train, 3);
        Assert.Equal((3, 3 * 10 * 16L, 3 * 10 * 16L), (report.Batches, report.Relu.Places, report.Relu.Kinked));
        Assert.Equal((3, 3), (report.Differences[1].Batches, report.Differences[1].Differing));
        Assert.Contains(
            "ask for 1 to 33 batches",
            Assert.Throws<NonsmoothException>(() => census.Count(parameters, Engine.SmallRun.Data.Train, 34)).Message,
            StringComparison.Ordinal);
    }

    private static CensusReport CountMlp(float bias, Precision precision)
    {
        var network = Mlp.Create([2, 2, 2]);
        using var parameters = new ParameterSet(network.Build(4).Parameters, 1);
        new float[] { 0, 0, 1, 1 }.CopyTo(parameters.Values(0));
        new float[] { bias, 1 }.CopyTo(parameters.Values(1));
        using var images = TorchTensor.FromSpan<float>([1, 2, 3, 4, 5, 6, 7, 8], [4, 2, 1, 1]);
        using var targets = TorchTensor.FromSpan<long>([0, 1, 0, 0], [4]);
        using var census = new KinkCensus(network, 4, new CensusOptions { Precision = precision });
        return census.Count([images, targets, .. parameters.Tensors]);
    }
}
