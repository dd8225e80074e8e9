using Nonsmooth.Data;
using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Training.Networks;

/// <summary>The vision transformer: square patches, layers of attention and perceptrons, a class token.</summary>
/// <remarks>
/// Source: Dosovitskiy et al., "An image is worth 16x16 words", 2020. Parameters are named and initialised as in
/// torchvision (its truncated normals as normals: it truncates beyond 50 deviations). The published "base" has 12 layers of
/// width 768 with 12 heads and patches of 16×16 or 32×32; <c>vit:LAYERS-WIDTH-HEADS-PATCH</c> is one of other sizes,
/// whose head does not start at 0, so that all of it learns from the first step.
/// </remarks>
public static class Vit
{
    private const string Prefix = "vit:";
    private const string Example = "vit:4-128-4-4";
    private const double Epsilon = 1e-6;

    internal static IReadOnlyList<ModelRow> Rows { get; } =
    [
        Base(16),
        Base(32),
        new(Example, "vision transformer of the given layers, width, heads and rows of a patch; 3x32x32, 10 classes", Sizes.Named(Prefix), Parse),
    ];

    /// <summary>The published network "base"; 3×224×224 and 1000 classes if not given.</summary>
    /// <param name="patch">Rows and columns of a patch, at least 1; 16 and 32 are the published ones.</param>
    /// <param name="settings">What is asked of it.</param>
    /// <exception cref="NonsmoothException">Rows or columns are no multiple of the patch, or there are no classes.</exception>
    public static Model CreateBase(int patch, NetworkSettings? settings = null) =>
        Create(NameOf(patch), new Size(12, 768, 12, patch, Initializer.Zero), new ImageShape(3, 224, 224), 1000, settings ?? new NetworkSettings());

    private static string NameOf(int patch) => $"vit-b-{patch}";

    private static ModelRow Base(int patch) => ModelRow.Of(
        NameOf(patch), $"vision transformer, patches of {patch}x{patch}, 12 layers; 3x224x224, 1000 classes", settings => CreateBase(patch, settings));

    private static Model Parse(string name, NetworkSettings settings)
    {
        if (Sizes.Parse(name, Prefix) is not [int layers, int width, int heads, int patch])
        {
            throw new NonsmoothException($"network '{name}' is malformed: write vit:LAYERS-WIDTH-HEADS-PATCH, each at least 1, as in {Example}");
        }

        return width % heads == 0
            ? Create(name, new Size(layers, width, heads, patch, Initializer.Normal(0.02)), new ImageShape(3, 32, 32), 10, settings)
            : throw new NonsmoothException($"network '{name}' cannot share a width of {width} among {heads} heads: give a width that is a multiple of {heads}");
    }

    private static Model Create(string name, Size size, ImageShape usual, int usualClasses, NetworkSettings settings)
    {
        if (size.Patch < 1)
        {
            throw new NonsmoothException($"{name} cannot have patches of {size.Patch}x{size.Patch}: give at least 1");
        }

        var shape = settings.ImageOr(name, usual, size.Patch);
        int classes = settings.ClassesOr(name, usualClasses);
        return shape.Height % size.Patch == 0 && shape.Width % size.Patch == 0
            ? Classifier.Of(name, shape, classes, (network, x) => Forward(network, x, size, classes))
            : throw new NonsmoothException($"{name} cannot take {shape}: give rows and columns that are multiples of {size.Patch}");
    }

    private static Variable Forward(NetworkBuilder network, Variable x, Size size, int classes)
    {
        var (batch, patch, width) = (x.Shape[0], size.Patch, size.Width);
        var first = network.Parameter("class_token", new Shape(1, 1, width), Initializer.Zero);
        var convolution = Initializer.Normal(Math.Sqrt(1.0 / (x.Shape[1] * patch * patch)));
        x = network.Within("conv_proj", () => network.Conv2d(x, width, patch, patch, weight: convolution));
        x = x.Reshape(new Shape(batch, width, x.Shape[2] * x.Shape[3])).Transpose(0, 2, 1);
        x = Functions.Concatenate(1, Broadcasting.To(first, new Shape(batch, 1, width)), x);
        x = network.Within("encoder", () => Encode(network, x, size));
        x = x.Slice(1, 0, 1).Reshape(new Shape(batch, width));
        return network.Within("heads.head", () => network.Linear(x, classes, size.Head, Initializer.Zero));
    }

    private static Variable Encode(NetworkBuilder network, Variable x, Size size)
    {
        x += network.Parameter("pos_embedding", new Shape(1, x.Shape[1], size.Width), Initializer.Normal(0.02), decays: false);
        for (int i = 0; i < size.Layers; i++)
        {
            x = network.Within($"layers.encoder_layer_{i}", () => Layer(network, x, size));
        }

        return network.Within("ln", () => network.LayerNorm(x, Epsilon));
    }

    private static Variable Layer(NetworkBuilder network, Variable x, Size size)
    {
        var y = network.Within("ln_1", () => network.LayerNorm(x, Epsilon));
        x = network.Within("self_attention", () => Attention(network, y, size)) + x;
        var z = network.Within("ln_2", () => network.LayerNorm(x, Epsilon));
        return x + network.Within("mlp", () => Perceptron(network, z, size));
    }

    private static Variable Attention(NetworkBuilder network, Variable x, Size size)
    {
        var weight = network.Parameter("in_proj_weight", new Shape(3 * size.Width, size.Width), Initializer.Xavier(size.Width, 3 * size.Width));
        var bias = network.Parameter("in_proj_bias", new Shape(3 * size.Width), Initializer.Zero, decays: false);
        var y = Heads.Attend(network.Affine(x, weight, bias, "in_proj"), size.Heads, causal: false);
        return network.Within("out_proj", () => network.Linear(y, size.Width, bias: Initializer.Zero));
    }

    private static Variable Perceptron(NetworkBuilder network, Variable x, Size size)
    {
        var (weight, bias) = (Initializer.Xavier(size.Width, 4 * size.Width), Initializer.Normal(1e-6));
        x = network.Within("0", () => Functions.Gelu(network.Linear(x, 4 * size.Width, weight, bias)));
        return network.Within("3", () => network.Linear(x, size.Width, weight, bias));
    }

    private sealed record Size(int Layers, int Width, int Heads, int Patch, Initializer Head);
}
