using Nonsmooth.Data;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Selections;
using Nonsmooth.Training.Networks;
using Nonsmooth.Training.Studies;

namespace Nonsmooth.Training.Tests.Studies;

public class BetaPoolTests
{
    private static readonly Dataset _data = RawPixels.Centred(Datasets.Load("strokes", new DatasetOptions { TrainCount = 256, TestCount = 64 }));

    [Fact]
    public void Parameters_and_values_are_those_of_the_network()
    {
        var native = Lenet5.Create();
        var published = BetaPool.Published(native, 0);
        Assert.Equal(native.Build(4).Parameters.Select(p => p.Name), published.Network.Build(4).Parameters.Select(p => p.Name));
        var report = PairedTraining.Run(Options(Precision.Float64) with { Network = native, OtherNetwork = published.Network, Other = published.Selection });
        Assert.Equal(0, report.WeightDistance);
    }

    [Fact]
    public void In_halves_the_published_form_at_ten_thousand_diverges_within_steps_and_native_does_not()
    {
        var (published, exact) = (BetaPool.Published(Lenet5.Create(), 1e4), BetaPool.Exact(Lenet5.Create(), 0));
        var options = Options(Precision.Float16) with { Pure = true, Steps = 8 };
        var report = PairedTraining.Run(options with { Network = exact.Network, Reference = exact.Selection, OtherNetwork = published.Network, Other = published.Selection });
        Assert.Equal((0, 1), (report.ReferenceNotFinite, report.OtherNotFinite));
    }

    [Fact]
    public void Normalisation_by_batches_cannot_be_rewritten() =>
        Assert.Throws<NonsmoothException>(() => BetaPool.Published(Models.Find("vgg11-bn-cifar"), 1));

    [Fact]
    public void Pixels_are_raw_or_centred()
    {
        var raw = RawPixels.Of(_data.Train);
        var (images, labels) = (new float[2 * 784], new long[2]);
        raw.Fill([0, 1], images, labels);
        Assert.Equal((0, true), (images.Min(), images.Max() is > 0.5f and <= 1));
        _data.Train.Fill([0, 1], images, labels);
        Assert.Equal(-1, images.Min());
    }

    private static PairedTrainingOptions Options(Precision precision) =>
        new() { Network = Lenet5.Create(), Dataset = _data, Batch = 32, Steps = 4, Seeds = 1, Precision = precision, Other = Selection.Default };
}
