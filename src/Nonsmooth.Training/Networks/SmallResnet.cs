using Nonsmooth.Data;
using Nonsmooth.Dictionary;
using Nonsmooth.Programs;

namespace Nonsmooth.Training.Networks;

/// <summary>
/// A residual network that two processor cores train in minutes: three 3×3 convolutions of 32, 64 and 128 channels with a
/// max pooling between them, one residual block of 128, an average over places and a linear layer.
/// </summary>
/// <remarks>Pooling comes before the wider convolutions, which then see a quarter of the places.</remarks>
public static class SmallResnet
{
    private const string Name = "resnet6-cifar";

    internal static ModelRow Row { get; } =
        ModelRow.Of(Name, "a narrow residual network of six layers, trained in minutes; 3x32x32, 10 classes", Create);

    /// <summary>The network.</summary>
    /// <param name="settings">3×32×32 and 10 classes if not given.</param>
    /// <exception cref="NonsmoothException">The input is smaller than 4×4, or there are no classes.</exception>
    public static Model Create(NetworkSettings settings)
    {
        int classes = settings.ClassesOr(Name, 10);
        return Classifier.Of(Name, settings.ImageOr(Name, new ImageShape(3, 32, 32), leastSide: 4), classes, (network, x) => Forward(network, x, classes));
    }

    private static Variable Forward(NetworkBuilder network, Variable x, int classes)
    {
        x = Layer(network, 1, x, 32);
        x = Layer(network, 2, Functions.MaxPool2d(x, 2, 2), 64);
        x = Layer(network, 3, Functions.MaxPool2d(x, 2, 2), 128);
        x = Functions.Relu(x + network.Within("block", () => Resnet.Block(network, x, 128, 1)));
        return network.Within("fc", () => network.Linear(x.Mean(2, 3), classes));
    }

    private static Variable Layer(NetworkBuilder network, int number, Variable x, int channels) =>
        Functions.Relu(Resnet.Normalise(network, $"bn{number}", Resnet.Convolve(network, $"conv{number}", x, channels, 3, 1)));
}
