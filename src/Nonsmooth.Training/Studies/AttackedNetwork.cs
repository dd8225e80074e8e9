using Nonsmooth.Data;
using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;
using Nonsmooth.Training.Networks;
using Nonsmooth.Training.Objectives;

namespace Nonsmooth.Training.Studies;

/// <summary>A small convolutional classifier of pixels from 0 to 1, and the same with a perturbation that is clamped to that range.</summary>
public static class AttackedNetwork
{
    /// <summary>The name of the perturbation: a parameter in <see cref="Perturbed"/>, a field in <see cref="Attacked"/>.</summary>
    public const string Perturbation = "d";

    private const string _scope = "attack";

    /// <summary>Two convolutions (8 of 5×5 and 16 of 3×3, both with stride 2), then linear layers of 64 and one neuron a class, ReLU between them.</summary>
    /// <param name="input">The shape of an example; 1×28×28 if not given.</param>
    /// <param name="classes">Logits.</param>
    public static Model Create(ImageShape? input = null, int classes = 10) =>
        Classifier.Of("attacked-cnn", input ?? new ImageShape(1, 28, 28), classes, (network, x) =>
        {
            x = network.Within("conv1", () => Functions.Relu(network.Conv2d(x, 8, kernel: 5, stride: 2)));
            x = network.Within("conv2", () => Functions.Relu(network.Conv2d(x, 16, kernel: 3, stride: 2))).Flatten(1);
            x = network.Within("fc1", () => Functions.Relu(network.Linear(x, 64)));
            return network.Within("fc2", () => network.Linear(x, classes));
        });

    /// <summary>The network of clamp(x + d, 0, 1), d a parameter [1, C, H, W] that starts at 0: the first step of an attack, as an audit can look at it.</summary>
    /// <param name="network">A classifier of images.</param>
    public static Model Perturbed(Model network) => network with
    {
        Name = $"{network.Name}, perturbed",
        Forward = (builder, fields) => OfPixels(network, builder, () =>
        {
            var x = fields[FieldList.X];
            return Functions.Clamp(x + builder.Parameter(Perturbation, new Shape(1).Concat(x.Shape[1..]), Initializer.Zero, decays: false), 0, 1);
        }),
    };

    /// <summary>The network of clamp(x + d, 0, 1), d a field of the example: each image has its own perturbation.</summary>
    /// <param name="network">A classifier of images.</param>
    public static Model Attacked(Model network) => network with
    {
        Name = $"{network.Name}, attacked",
        Examples = [.. network.Examples, network.Examples[0] with { Name = Perturbation }],
        Forward = (builder, fields) => OfPixels(network, builder, () => Functions.Clamp(fields[FieldList.X] + fields[Perturbation], 0, 1)),
    };

    private static NamedVariables OfPixels(Model network, NetworkBuilder builder, Func<Variable> pixels) =>
        network.Forward(builder, new NamedVariables("field of data", [(FieldList.X, builder.Within(_scope, pixels))]));
}
