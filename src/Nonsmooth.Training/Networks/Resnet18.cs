using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Training.Data;

namespace Nonsmooth.Training.Networks;

/// <summary>
/// ResNet with eight residual blocks of two 3×3 convolutions: for large images with a 7×7 stem of stride 2 and a max
/// pooling, for 32×32 ones with a 3×3 stem of stride 1 and none.
/// </summary>
/// <remarks>
/// Source: He, Zhang, Ren and Sun, "Deep residual learning for image recognition", 2015. Parameters are named and
/// initialised as in torchvision.
/// </remarks>
public static class Resnet18
{
    internal static IReadOnlyList<NetworkRow> Rows { get; } =
    [
        NetworkRow.Of("resnet18", "eight residual blocks; 3x224x224, 1000 classes", settings => Create(false, settings)),
        NetworkRow.Of("resnet18-cifar", "resnet18 with a 3x3 stem and no pooling; 3x32x32, 10 classes", settings => Create(true, settings)),
    ];

    /// <summary>The network.</summary>
    /// <param name="cifar">Whether it is the one for small images.</param>
    /// <param name="settings">3×224×224 and 1000 classes if not given, for small images 3×32×32 and 10.</param>
    /// <exception cref="NonsmoothException">The input is empty, or there are no classes.</exception>
    public static Network Create(bool cifar = false, NetworkSettings? settings = null)
    {
        settings ??= new NetworkSettings();
        string name = cifar ? "resnet18-cifar" : "resnet18";
        var shape = settings.ImageOr(name, cifar ? new ImageShape(3, 32, 32) : new ImageShape(3, 224, 224));
        int classes = settings.ClassesOr(name, cifar ? 10 : 1000);
        return new Network(name, shape, classes, (network, x) => Forward(network, x, cifar, classes));
    }

    private static Variable Forward(NetworkBuilder network, Variable x, bool cifar, int classes)
    {
        x = cifar ? Convolve(network, "conv1", x, 64, 3, 1) : Convolve(network, "conv1", x, 64, 7, 2);
        x = network.Within("bn1", () => network.BatchNorm(x));
        x = Functions.Relu(x);
        x = cifar ? x : Functions.MaxPool2d(x, 3, 2, 1);
        for (int stage = 1; stage <= 4; stage++)
        {
            for (int block = 0; block < 2; block++)
            {
                int stride = stage > 1 && block == 0 ? 2 : 1;
                int channels = 32 << stage;
                x = network.Within($"layer{stage}.{block}", () => Block(network, x, channels, stride));
            }
        }

        x = x.Mean(2, 3);
        return network.Within("fc", () => network.Linear(x, classes));
    }

    private static Variable Block(NetworkBuilder network, Variable x, int channels, int stride)
    {
        var y = Convolve(network, "conv1", x, channels, 3, stride);
        y = network.Within("bn1", () => network.BatchNorm(y));
        y = Functions.Relu(y);
        y = Convolve(network, "conv2", y, channels, 3, 1);
        y = network.Within("bn2", () => network.BatchNorm(y));
        if (stride != 1 || x.Shape[1] != channels)
        {
            x = Convolve(network, "downsample.0", x, channels, 1, stride);
            x = network.Within("downsample.1", () => network.BatchNorm(x));
        }

        return Functions.Relu(y + x);
    }

    private static Variable Convolve(NetworkBuilder network, string name, Variable x, int channels, int kernel, int stride) =>
        network.Within(name, () => network.Conv2d(
            x, channels, kernel, stride, kernel / 2, Initializer.Kaiming((long)channels * kernel * kernel), bias: false));
}
