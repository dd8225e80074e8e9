using Nonsmooth.LibTorch;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Native;
using Nonsmooth.Optimizers;
using Nonsmooth.Training.Engine;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Training.Tests.Engine;

/// <summary>The plan of a GPU, run by the processor, trains as the processor's own plan does; a GPU that is there does too.</summary>
public sealed class DeviceTests
{
    private static readonly TrainingOptions _images = SmallRun.Options with
    {
        Dataset = Nonsmooth.Data.Strokes.Load(new() { TrainCount = 256, TestCount = 64, Seed = 3 }),
        Network = Models.Find("lenet5"),
        Epochs = 2,

        // At larger steps a last bit that decides a maximum becomes a percent of the loss within two epochs.
        Rate = 0.002,
    };

    [Theory]
    [InlineData(Precision.Float32, 1e-4)]
    [InlineData(Precision.BFloat16, 3e-2)]
    [InlineData(Precision.Float16, 1e-2)]
    [InlineData(Precision.Float64, 1e-4)]
    public void ThePlanOfAGpuTrainsAsTheProcessors(Precision precision, double tolerance)
    {
        var options = SmallRun.Options with { Precision = precision };
        var (own, parameters) = SmallRun.Train(options);
        var (other, others) = SmallRun.Train(options with { AsOnGpu = true });
        Near(own, other, tolerance);
        Assert.True(parameters.Zip(others).Max(p => Math.Abs(p.First - p.Second)) < 20 * tolerance);
    }

    [Fact]
    public void SoDoConvolutionsAndPooling()
    {
        var (own, _) = SmallRun.Train(_images);
        var (other, _) = SmallRun.Train(_images with { AsOnGpu = true });
        Near(own, other, 1e-3);
    }

    [Fact]
    public void ThePlanOfAGpuResumesToTheSameBits()
    {
        string folder = Directory.CreateTempSubdirectory("nonsmooth-device").FullName;
        try
        {
            var options = SmallRun.Options with { AsOnGpu = true, OutputFolder = folder, Optimizer = new DinAdamWOptions() };
            var (_, whole) = SmallRun.Train(options with { OutputFolder = null });
            SmallRun.Train(options with { Epochs = 1 });
            var (_, resumed) = SmallRun.Train(options with { Resume = true });
            Assert.Equal(whole, resumed);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void AGpuWithoutCudaIsRefusedWithTheMend()
    {
        LibTorchLibrary.Load();
        Assert.SkipWhen(LibTorchLibrary.HasCuda, "this libtorch has CUDA");
        var failure = Assert.Throws<NonsmoothException>(() => SmallRun.Train(SmallRun.Options with { Device = Device.Cuda() }));
        Assert.Contains("NONSMOOTH_LIBTORCH", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Precision.Float32, 1e-4)]
    [InlineData(Precision.BFloat16, 5e-2)]
    [InlineData(Precision.Float16, 2e-2)]
    public void AGpuTrainsAsTheProcessor(Precision precision, double tolerance)
    {
        LibTorchLibrary.Load();
        Assert.SkipUnless(LibTorchLibrary.HasCuda, "needs a GPU and a libtorch built for CUDA: set NONSMOOTH_LIBTORCH");
        var (own, _) = SmallRun.Train(_images with { Precision = precision });
        var (other, _) = SmallRun.Train(_images with { Precision = precision, Device = Device.Cuda() });
        Near(own, other, 10 * tolerance);
    }

    private static void Near(TrainingResult own, TrainingResult other, double tolerance) => Assert.All(
        own.History.Zip(other.History),
        epochs => Assert.InRange(epochs.Second.TrainLoss, epochs.First.TrainLoss - tolerance, epochs.First.TrainLoss + tolerance));
}
