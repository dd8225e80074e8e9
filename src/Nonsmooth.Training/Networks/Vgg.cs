using Nonsmooth.Data;
using Nonsmooth.Dictionary;
using Nonsmooth.Programs;

namespace Nonsmooth.Training.Networks;

/// <summary>
/// VGG of 11, 13, 16 or 19 layers: 3×3 convolutions in five stages that end in a max pooling, with batch normalisation or
/// without: for large images with three linear layers, for 32×32 ones with one.
/// </summary>
/// <remarks>
/// Source: Simonyan and Zisserman, "Very deep convolutional networks for large-scale image recognition", 2014,
/// configurations A, B, D and E. Parameters are named and initialised as in torchvision. Dropout of rate 0.5 between the
/// linear layers of the large network.
/// </remarks>
public static class Vgg
{
    // Five poolings leave one pixel of 32.
    private const int LeastSide = 32;

    // Rows and columns that the linear layers of the large network expect.
    private const int PooledSide = 7;

    private static readonly int[] _channels = [64, 128, 256, 512, 512];

    private static readonly Configuration[] _configurations =
    [
        new(11, "eight", [1, 1, 2, 2, 2]),
        new(13, "ten", [2, 2, 2, 2, 2]),
        new(16, "thirteen", [2, 2, 3, 3, 3]),
        new(19, "sixteen", [2, 2, 4, 4, 4]),
    ];

    internal static IReadOnlyList<ModelRow> Rows { get; } = [.. _configurations.SelectMany(c => (ModelRow[])
    [
        Row(c, $"{c.Number} 3x3 convolutions, three linear layers; 3x224x224, 1000 classes", false, false),
        Row(c, $"vgg{c.Depth} with batch normalisation", true, false),
        Row(c, $"vgg{c.Depth} with one linear layer; 3x32x32, 10 classes", false, true),
        Row(c, $"vgg{c.Depth}-cifar with batch normalisation", true, true),
    ])];

    /// <summary>The network.</summary>
    /// <param name="depth">Layers with weights, of the large network: 11, 13, 16 or 19.</param>
    /// <param name="batchNorm">Whether convolutions are followed by batch normalisation.</param>
    /// <param name="cifar">Whether it is the one for small images.</param>
    /// <param name="settings">3×224×224 and 1000 classes if not given, for small images 3×32×32 and 10.</param>
    /// <exception cref="NonsmoothException">There is no such depth, the input is below 32×32, or there are no classes.</exception>
    public static Model Create(int depth, bool batchNorm = false, bool cifar = false, NetworkSettings? settings = null)
    {
        settings ??= new NetworkSettings();
        var configuration = Array.Find(_configurations, c => c.Depth == depth)
            ?? throw new NonsmoothException($"no VGG has {depth} layers: give one of {string.Join(", ", _configurations.Select(c => c.Depth))}");
        string name = NameOf(depth, batchNorm, cifar);
        var shape = settings.ImageOr(name, cifar ? new ImageShape(3, 32, 32) : new ImageShape(3, 224, 224), LeastSide);
        int classes = settings.ClassesOr(name, cifar ? 10 : 1000);
        return Classifier.Of(name, shape, classes, (network, x) =>
        {
            x = network.Within("features", () => Features(network, x, configuration.Convolutions, batchNorm));
            return network.Within("classifier", () => cifar ? Linear(network, x.Flatten(1), classes) : Head(network, x, classes));
        });
    }

    private static string NameOf(int depth, bool batchNorm, bool cifar) => $"vgg{depth}{(batchNorm ? "-bn" : "")}{(cifar ? "-cifar" : "")}";

    private static ModelRow Row(Configuration configuration, string description, bool batchNorm, bool cifar) => ModelRow.Of(
        NameOf(configuration.Depth, batchNorm, cifar), description, settings => Create(configuration.Depth, batchNorm, cifar, settings));

    // The numbers of modules, those without parameters included, are part of the names.
    private static Variable Features(NetworkBuilder network, Variable x, int[] convolutions, bool batchNorm)
    {
        int module = 0;
        for (int stage = 0; stage < _channels.Length; stage++)
        {
            for (int i = 0; i < convolutions[stage]; i++)
            {
                x = network.Within($"{module++}", () => network.Conv2d(
                    x, _channels[stage], 3, padding: 1, weight: Initializer.Kaiming(_channels[stage] * 9)));
                if (batchNorm)
                {
                    x = network.Within($"{module++}", () => network.BatchNorm(x));
                }

                x = network.Within($"{module++}", () => Functions.Relu(x));
            }

            x = network.Within($"{module++}", () => Functions.MaxPool2d(x, 2));
        }

        return x;
    }

    private static Variable Head(NetworkBuilder network, Variable x, int classes)
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

    // The number in words is that of the convolutions; the list has those of each stage.
    private sealed record Configuration(int Depth, string Number, int[] Convolutions);
}
