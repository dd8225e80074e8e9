using Nonsmooth.LibTorch.Native;

namespace Nonsmooth.LibTorch.Tests.Native;

public sealed class ScalarTensorsTests
{
    [Fact]
    public void OneTensorPerValueTypeAndDevice()
    {
        var first = ScalarTensors.Get(0.1, TorchDtype.Float32, Device.Cpu);
        Assert.Equal(first, ScalarTensors.Get(0.1, TorchDtype.Float32, Device.Cpu));
        Assert.NotEqual(first, ScalarTensors.Get(0.1, TorchDtype.Float64, Device.Cpu));
        Assert.NotEqual(ScalarTensors.Get(0.0, TorchDtype.Float32, Device.Cpu), ScalarTensors.Get(-0.0, TorchDtype.Float32, Device.Cpu));
        Assert.Equal(0, first.Rank);
        Assert.Equal(0.1f, first.Item());
        Assert.Equal(TorchDtype.Float32, first.Dtype);
    }
}
