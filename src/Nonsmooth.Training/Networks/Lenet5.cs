using Nonsmooth.Data;
using Nonsmooth.Dictionary;
using Nonsmooth.Programs;

namespace Nonsmooth.Training.Networks;

/// <summary>
/// LeNet-5 with ReLU and max pooling: 6 then 16 channels of 5×5 windows without padding, each pooled by 2, then
/// linear layers of 120, 84 and one neuron a class.
/// </summary>
/// <remarks>The usual reading of LeCun, Bottou, Bengio and Haffner, "Gradient-based learning applied to document recognition", 1998.</remarks>
public static class Lenet5
{
    // Two 5×5 windows and two poolings leave one pixel of 16.
    private const int LeastSide = 16;

    internal static ModelRow Row { get; } = ModelRow.Of(
        "lenet5",
        "two 5x5 convolutions with max pooling, three linear layers; 1x28x28, 10 classes",
        Create);

    /// <summary>The network; 1×28×28 and 10 classes if not given.</summary>
    /// <exception cref="NonsmoothException">The input is below 16×16, or there are no classes.</exception>
    public static Model Create(ImageShape? input = null, int? classes = null)
    {
        var shape = input ?? new ImageShape(1, 28, 28);
        int outputs = classes ?? 10;
        if (shape.Channels < 1 || Math.Min(shape.Height, shape.Width) < LeastSide)
        {
            throw new NonsmoothException($"lenet5 cannot take {shape}: give at least 1x{LeastSide}x{LeastSide}, or use an mlp");
        }

        return outputs >= 1
            ? Classifier.Of("lenet5", shape, outputs, (network, x) => Forward(network, x, outputs))
            : throw new NonsmoothException($"lenet5 cannot have {outputs} classes: give at least 1");
    }

    private static Model Create(NetworkSettings settings)
    {
        settings.RequireImages("lenet5");
        return Create(settings.Input, settings.Classes);
    }

    private static Variable Forward(NetworkBuilder network, Variable x, int classes)
    {
        x = Stage(network, "conv1", x, 6);
        x = Stage(network, "conv2", x, 16).Flatten(1);
        x = Mlp.Layer(network, "fc1", x, 120, activate: true);
        x = Mlp.Layer(network, "fc2", x, 84, activate: true);
        return Mlp.Layer(network, "fc3", x, classes, activate: false);
    }

    private static Variable Stage(NetworkBuilder network, string name, Variable x, int channels)
    {
        using (network.Scope(name))
        {
            return Functions.MaxPool2d(Functions.Relu(network.Conv2d(x, channels, kernel: 5)), 2);
        }
    }
}
