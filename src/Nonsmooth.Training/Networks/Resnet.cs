using Nonsmooth.Data;
using Nonsmooth.Dictionary;
using Nonsmooth.Programs;

namespace Nonsmooth.Training.Networks;

/// <summary>
/// ResNet of 18, 34 or 50 layers: residual blocks of two 3×3 convolutions or, of 50, of a 3×3 one between two 1×1 ones: for
/// large images with a 7×7 stem of stride 2 and a max pooling, for 32×32 ones with a 3×3 stem of stride 1 and none.
/// </summary>
/// <remarks>
/// Source: He, Zhang, Ren and Sun, "Deep residual learning for image recognition", 2015. Parameters are named and
/// initialised as in torchvision, and as there a block of three halves the image in its 3×3 convolution, not in the first.
/// </remarks>
public static class Resnet
{
    // Outputs of a block of three, in multiples of its inner channels.
    private const int Expansion = 4;

    private static readonly Configuration[] _configurations =
    [
        new(18, "eight residual blocks", [2, 2, 2, 2], Block),
        new(34, "sixteen residual blocks", [3, 4, 6, 3], Block),
        new(50, "sixteen residual blocks of three convolutions", [3, 4, 6, 3], Bottleneck),
    ];

    private delegate Variable Branch(NetworkBuilder network, Variable x, int channels, int stride);

    internal static IReadOnlyList<ModelRow> Rows { get; } = [.. _configurations.SelectMany(c => (ModelRow[])
    [
        Row(c, $"{c.Description}; 3x224x224, 1000 classes", false),
        Row(c, $"resnet{c.Depth} with a 3x3 stem and no pooling; 3x32x32, 10 classes", true),
    ])];

    /// <summary>The network.</summary>
    /// <param name="depth">Layers with weights: 18, 34 or 50.</param>
    /// <param name="cifar">Whether it is the one for small images.</param>
    /// <param name="settings">3×224×224 and 1000 classes if not given, for small images 3×32×32 and 10.</param>
    /// <exception cref="NonsmoothException">There is no such depth, the input is empty, or there are no classes.</exception>
    public static Model Create(int depth, bool cifar = false, NetworkSettings? settings = null)
    {
        settings ??= new NetworkSettings();
        var configuration = Array.Find(_configurations, c => c.Depth == depth)
            ?? throw new NonsmoothException($"no ResNet has {depth} layers: give one of {string.Join(", ", _configurations.Select(c => c.Depth))}");
        string name = NameOf(depth, cifar);
        var shape = settings.ImageOr(name, cifar ? new ImageShape(3, 32, 32) : new ImageShape(3, 224, 224));
        int classes = settings.ClassesOr(name, cifar ? 10 : 1000);
        return Classifier.Of(name, shape, classes, (network, x) => Forward(network, x, configuration, cifar, classes));
    }

    private static string NameOf(int depth, bool cifar) => $"resnet{depth}{(cifar ? "-cifar" : "")}";

    private static ModelRow Row(Configuration configuration, string description, bool cifar) =>
        ModelRow.Of(NameOf(configuration.Depth, cifar), description, settings => Create(configuration.Depth, cifar, settings));

    private static Variable Forward(NetworkBuilder network, Variable x, Configuration configuration, bool cifar, int classes)
    {
        x = cifar ? Convolve(network, "conv1", x, 64, 3, 1) : Convolve(network, "conv1", x, 64, 7, 2);
        x = Functions.Relu(Normalise(network, "bn1", x));
        x = cifar ? x : Functions.MaxPool2d(x, 3, 2, 1);
        for (int stage = 1; stage <= 4; stage++)
        {
            for (int block = 0; block < configuration.Blocks[stage - 1]; block++)
            {
                int stride = stage > 1 && block == 0 ? 2 : 1;
                int channels = 32 << stage;
                x = network.Within($"layer{stage}.{block}", () => Residual(network, x, configuration.Branch, channels, stride));
            }
        }

        x = x.Mean(2, 3);
        return network.Within("fc", () => network.Linear(x, classes));
    }

    private static Variable Residual(NetworkBuilder network, Variable x, Branch branch, int channels, int stride)
    {
        var y = branch(network, x, channels, stride);
        if (stride != 1 || x.Shape[1] != y.Shape[1])
        {
            x = Convolve(network, "downsample.0", x, y.Shape[1], 1, stride);
            x = Normalise(network, "downsample.1", x);
        }

        return Functions.Relu(y + x);
    }

    internal static Variable Block(NetworkBuilder network, Variable x, int channels, int stride)
    {
        x = Functions.Relu(Normalise(network, "bn1", Convolve(network, "conv1", x, channels, 3, stride)));
        return Normalise(network, "bn2", Convolve(network, "conv2", x, channels, 3, 1));
    }

    private static Variable Bottleneck(NetworkBuilder network, Variable x, int channels, int stride)
    {
        x = Functions.Relu(Normalise(network, "bn1", Convolve(network, "conv1", x, channels, 1, 1)));
        x = Functions.Relu(Normalise(network, "bn2", Convolve(network, "conv2", x, channels, 3, stride)));
        return Normalise(network, "bn3", Convolve(network, "conv3", x, Expansion * channels, 1, 1));
    }

    internal static Variable Normalise(NetworkBuilder network, string name, Variable x) =>
        network.Within(name, () => network.BatchNorm(x));

    internal static Variable Convolve(NetworkBuilder network, string name, Variable x, int channels, int kernel, int stride) =>
        network.Within(name, () => network.Conv2d(
            x, channels, kernel, stride, kernel / 2, Initializer.Kaiming((long)channels * kernel * kernel), bias: false));

    private sealed record Configuration(int Depth, string Description, int[] Blocks, Branch Branch);
}
