namespace Nonsmooth.LibTorch.Tests;

public sealed class DeviceTests
{
    [Theory]
    [InlineData("cpu", DeviceKind.Cpu, 0, "cpu")]
    [InlineData("cuda", DeviceKind.Cuda, 0, "cuda:0")]
    [InlineData("cuda:3", DeviceKind.Cuda, 3, "cuda:3")]
    public void ReadsItsOwnText(string text, DeviceKind kind, int index, string printed)
    {
        var device = Device.Parse(text);
        Assert.Equal((kind, index, printed), (device.Kind, device.Index, device.ToString()));
        Assert.Equal(device, Device.Parse(device.ToString()));
    }

    [Theory]
    [InlineData("gpu")]
    [InlineData("cuda:")]
    [InlineData("cuda:-1")]
    [InlineData("CPU")]
    [InlineData("")]
    public void RefusesOtherText(string text) =>
        Assert.Contains("write cpu, cuda or cuda:1", Assert.Throws<NonsmoothException>(() => Device.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void TheDefaultIsTheProcessor()
    {
        Assert.Equal(Device.Cpu, default);
        Assert.Throws<NonsmoothException>(() => Device.Cuda(-1));
    }
}
