using Nonsmooth.Data;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Training.Tests.Networks;

public sealed class SmallResnetTests
{
    [Fact]
    public void HasTheSizeItIsDescribedWith()
    {
        var network = Models.Find("resnet6-cifar");
        Assert.Equal((new ImageShape(3, 32, 32), 10), (network.Input, network.Classes));

        // Weights of the convolutions, two numbers a normalised channel, the last layer.
        int expected = (9 * ((3 * 32) + (32 * 64) + (64 * 128) + (2 * 128 * 128))) + (2 * (32 + 64 + (3 * 128))) + (129 * 10);
        Assert.Equal(expected, network.ParameterCount);
        Assert.Equal(10, network.Build(2).Buffers.Count);
    }

    [Fact]
    public void RefusesTinyImages() => Assert.Throws<NonsmoothException>(() => SmallResnet.Create(new NetworkSettings(new ImageShape(3, 3, 3))));
}
