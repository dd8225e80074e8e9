using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Training.Data;

namespace Nonsmooth.Training.Networks;

/// <summary>
/// VGG with eight 3×3 convolutions and five max poolings, with batch normalisation or without: for large images with
/// three linear layers, for 32×32 ones with one.
/// </summary>
/// <remarks>
/// Source: Simonyan and Zisserman, "Very deep convolutional networks for large-scale image recognition", 2014,
/// configuration A. Parameters are named and initialised as in torchvision. Dropout of rate 0.5 between the linear
/// layers of the large network.
/// </remarks>
public static class Vgg11
{
    // Five poolings leave one pixel of 32.
    private const int LeastSide = 32;

    // Rows and columns that the linear layers of the large network expect.
    private const int PooledSide = 7;

    // Channels of the convolutions; 0 pools.
    private static readonly int[] _features = [64, 0, 128, 0, 256, 256, 0, 512, 512, 0, 512, 512, 0];

    internal static IReadOnlyList<NetworkRow> Rows { get; } =
    [
        Row("vgg11", "eight 3x3 convolutions, three linear layers; 3x224x224, 1000 classes", false, false),
        Row("vgg11-bn", "vgg11 with batch normalisation", true, false),
        Row("vgg11-cifar", "vgg11 with one linear layer; 3x32x32, 10 classes", false, true),
        Row("vgg11-bn-cifar", "vgg11-cifar with batch normalisation", true, true),
    ];

    /// <summary>The network.</summary>
    /// <param name="batchNorm">Whether convolutions are followed by batch normalisation.</param>
    /// <param name="cifar">Whether it is the one for small images.</param>
    /// <param name="settings">3×224×224 and 1000 classes if not given, for small images 3×32×32 and 10.</param>
    /// <exception cref="NonsmoothException">The input is below 32×32, or there are no classes.</exception>
    public static Network Create(bool batchNorm = false, bool cifar = false, NetworkSettings? settings = null)
    {
        settings ??= new NetworkSettings();
        string name = $"vgg11{(batchNorm ? "-bn" : "")}{(cifar ? "-cifar" : "")}";
        var shape = settings.ImageOr(name, cifar ? new ImageShape(3, 32, 32) : new ImageShape(3, 224, 224), LeastSide);
        int classes = settings.ClassesOr(name, cifar ? 10 : 1000);
        return new Network(name, shape, classes, (network, x) =>
        {
            x = network.Within("features", () => Features(network, x, batchNorm));
            return network.Within("classifier", () => cifar ? Linear(network, x.Flatten(1), classes) : Classifier(network, x, classes));
        });
    }

    private static NetworkRow Row(string name, string description, bool batchNorm, bool cifar) =>
        NetworkRow.Of(name, description, settings => Create(batchNorm, cifar, settings));

    // The numbers of modules, those without parameters included, are part of the names.
    private static Variable Features(NetworkBuilder network, Variable x, bool batchNorm)
    {
        int module = 0;
        foreach (int channels in _features)
        {
            if (channels == 0)
            {
                x = network.Within($"{module++}", () => Functions.MaxPool2d(x, 2));
                continue;
            }

            x = network.Within($"{module++}", () => network.Conv2d(x, channels, 3, padding: 1, weight: Initializer.Kaiming(channels * 9)));
            if (batchNorm)
            {
                x = network.Within($"{module++}", () => network.BatchNorm(x));
            }

            x = network.Within($"{module++}", () => Functions.Relu(x));
        }

        return x;
    }

    private static Variable Classifier(NetworkBuilder network, Variable x, int classes)
    {
        if (x.Shape[2] != PooledSide || x.Shape[3] != PooledSide)
        {
            x = Functions.AdaptiveAvgPool2d(x, PooledSide);
        }

        x = x.Flatten(1);
        x = network.Within("0", () => Functions.Relu(Linear(network, x, 4096)));
        x = network.Within("2", () => network.Dropout(x, 0.5));
        x = network.Within("3", () => Functions.Relu(Linear(network, x, 4096)));
        x = network.Within("5", () => network.Dropout(x, 0.5));
        return network.Within("6", () => Linear(network, x, classes));
    }

    private static Variable Linear(NetworkBuilder network, Variable x, int outputs) =>
        network.Linear(x, outputs, Initializer.Normal(0.01), Initializer.Zero);
}
