using Nonsmooth.Data;
using Nonsmooth.Dictionary;
using Nonsmooth.Programs;

namespace Nonsmooth.Training.Networks;

/// <summary>
/// DenseNet with blocks of 6, 12, 24 and 16 layers of 32 new channels each: for large images with a 7×7 stem of stride 2
/// and a max pooling, for 32×32 ones with a 3×3 stem of stride 1 alone.
/// </summary>
/// <remarks>
/// Source: Huang, Liu, van der Maaten and Weinberger, "Densely connected convolutional networks", 2016. Parameters are
/// named and initialised as in torchvision. A layer's channels are joined to those before it, one copy a layer.
/// </remarks>
public static class Densenet121
{
    private const int Growth = 32;
    private const int Bottleneck = 4 * Growth;

    // What the stem and three halvings leave a pixel of.
    private const int LeastSide = 29;
    private const int LeastCifarSide = 8;

    private static readonly int[] _layers = [6, 12, 24, 16];

    internal static IReadOnlyList<ModelRow> Rows { get; } =
    [
        ModelRow.Of("densenet121", "four blocks of densely connected layers; 3x224x224, 1000 classes", settings => Create(false, settings)),
        ModelRow.Of("densenet121-cifar", "densenet121 with a 3x3 stem and no first pooling; 3x32x32, 10 classes", settings => Create(true, settings)),
    ];

    /// <summary>The network.</summary>
    /// <param name="cifar">Whether it is the one for small images.</param>
    /// <param name="settings">3×224×224 and 1000 classes if not given, for small images 3×32×32 and 10.</param>
    /// <exception cref="NonsmoothException">The input is below 29×29 (small images: 8×8), or there are no classes.</exception>
    public static Model Create(bool cifar = false, NetworkSettings? settings = null)
    {
        settings ??= new NetworkSettings();
        string name = cifar ? "densenet121-cifar" : "densenet121";
        var usual = cifar ? new ImageShape(3, 32, 32) : new ImageShape(3, 224, 224);
        var shape = settings.ImageOr(name, usual, cifar ? LeastCifarSide : LeastSide);
        int classes = settings.ClassesOr(name, cifar ? 10 : 1000);
        return Classifier.Of(name, shape, classes, (network, x) =>
        {
            x = network.Within("features", () => Features(network, x, cifar)).Mean(2, 3);
            return network.Within("classifier", () => network.Linear(x, classes, bias: Initializer.Zero));
        });
    }

    private static Variable Features(NetworkBuilder network, Variable x, bool cifar)
    {
        x = cifar ? Convolve(network, "conv0", x, 2 * Growth, 3, 1) : Convolve(network, "conv0", x, 2 * Growth, 7, 2);
        x = cifar ? x : Functions.MaxPool2d(Activate(network, "norm0", x), 3, 2, 1);
        for (int block = 1; block <= _layers.Length; block++)
        {
            for (int layer = 1; layer <= _layers[block - 1]; layer++)
            {
                x = network.Within($"denseblock{block}.denselayer{layer}", () => Layer(network, x));
            }

            x = block == _layers.Length ? x : network.Within($"transition{block}", () => Transition(network, x));
        }

        return Activate(network, "norm5", x);
    }

    private static Variable Layer(NetworkBuilder network, Variable x)
    {
        var y = Convolve(network, "conv1", Activate(network, "norm1", x), Bottleneck, 1, 1);
        y = Convolve(network, "conv2", Activate(network, "norm2", y), Growth, 3, 1);
        return Functions.Concatenate(1, x, y);
    }

    private static Variable Transition(NetworkBuilder network, Variable x) =>
        Functions.AvgPool2d(Convolve(network, "conv", Activate(network, "norm", x), x.Shape[1] / 2, 1, 1), 2);

    private static Variable Activate(NetworkBuilder network, string name, Variable x) =>
        Functions.Relu(network.Within(name, () => network.BatchNorm(x)));

    private static Variable Convolve(NetworkBuilder network, string name, Variable x, int channels, int kernel, int stride) =>
        network.Within(name, () => network.Conv2d(
            x, channels, kernel, stride, kernel / 2, Initializer.Kaiming((long)x.Shape[1] * kernel * kernel), bias: false));
}
