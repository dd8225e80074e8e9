using Nonsmooth.Data;
using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Training.Networks;

/// <summary>The vision transformer "base": patches of 16×16 or 32×32, 12 layers of width 768 with 12 heads, a class token.</summary>
/// <remarks>
/// Source: Dosovitskiy et al., "An image is worth 16x16 words", 2020. Parameters are named and initialised as in
/// torchvision (its truncated normals as normals: it truncates beyond 50 deviations).
/// </remarks>
public static class VitB
{
    private const int Width = 768;
    private const int Hidden = 4 * Width;
    private const int Layers = 12;
    private const int HeadCount = 12;
    private const double Epsilon = 1e-6;

    internal static IReadOnlyList<ModelRow> Rows { get; } = [Row(16), Row(32)];

    /// <summary>The network; 3×224×224 and 1000 classes if not given.</summary>
    /// <param name="patch">Rows and columns of a patch, at least 1; 16 and 32 are the published ones.</param>
    /// <param name="settings">What is asked of it.</param>
    /// <exception cref="NonsmoothException">Rows or columns are no multiple of the patch, or there are no classes.</exception>
    public static Model Create(int patch, NetworkSettings? settings = null)
    {
        settings ??= new NetworkSettings();
        string name = NameOf(patch);
        if (patch < 1)
        {
            throw new NonsmoothException($"{name} cannot have patches of {patch}x{patch}: give at least 1");
        }

        var shape = settings.ImageOr(name, new ImageShape(3, 224, 224), patch);
        int classes = settings.ClassesOr(name, 1000);
        return shape.Height % patch == 0 && shape.Width % patch == 0
            ? Classifier.Of(name, shape, classes, (network, x) => Forward(network, x, patch, classes))
            : throw new NonsmoothException($"{name} cannot take {shape}: give rows and columns that are multiples of {patch}");
    }

    private static string NameOf(int patch) => $"vit-b-{patch}";

    private static ModelRow Row(int patch) => ModelRow.Of(
        NameOf(patch), $"vision transformer, patches of {patch}x{patch}, 12 layers; 3x224x224, 1000 classes", settings => Create(patch, settings));

    private static Variable Forward(NetworkBuilder network, Variable x, int patch, int classes)
    {
        int batch = x.Shape[0];
        var first = network.Parameter("class_token", new Shape(1, 1, Width), Initializer.Zero);
        var convolution = Initializer.Normal(Math.Sqrt(1.0 / (x.Shape[1] * patch * patch)));
        x = network.Within("conv_proj", () => network.Conv2d(x, Width, patch, patch, weight: convolution));
        x = x.Reshape(new Shape(batch, Width, x.Shape[2] * x.Shape[3])).Transpose(0, 2, 1);
        x = Functions.Concatenate(1, Broadcasting.To(first, new Shape(batch, 1, Width)), x);
        x = network.Within("encoder", () => Encode(network, x));
        x = x.Slice(1, 0, 1).Reshape(new Shape(batch, Width));
        return network.Within("heads.head", () => network.Linear(x, classes, Initializer.Zero, Initializer.Zero));
    }

    private static Variable Encode(NetworkBuilder network, Variable x)
    {
        x += network.Parameter("pos_embedding", new Shape(1, x.Shape[1], Width), Initializer.Normal(0.02), decays: false);
        for (int i = 0; i < Layers; i++)
        {
            x = network.Within($"layers.encoder_layer_{i}", () => Layer(network, x));
        }

        return network.Within("ln", () => network.LayerNorm(x, Epsilon));
    }

    private static Variable Layer(NetworkBuilder network, Variable x)
    {
        var y = network.Within("ln_1", () => network.LayerNorm(x, Epsilon));
        x = network.Within("self_attention", () => Attention(network, y)) + x;
        var z = network.Within("ln_2", () => network.LayerNorm(x, Epsilon));
        return x + network.Within("mlp", () => Perceptron(network, z));
    }

    private static Variable Attention(NetworkBuilder network, Variable x)
    {
        var weight = network.Parameter("in_proj_weight", new Shape(3 * Width, Width), Initializer.Xavier(Width, 3 * Width));
        var bias = network.Parameter("in_proj_bias", new Shape(3 * Width), Initializer.Zero, decays: false);
        var y = Heads.Attend(network.Affine(x, weight, bias, "in_proj"), HeadCount, causal: false);
        return network.Within("out_proj", () => network.Linear(y, Width, bias: Initializer.Zero));
    }

    private static Variable Perceptron(NetworkBuilder network, Variable x)
    {
        var (weight, bias) = (Initializer.Xavier(Width, Hidden), Initializer.Normal(1e-6));
        x = network.Within("0", () => Functions.Gelu(network.Linear(x, Hidden, weight, bias)));
        return network.Within("3", () => network.Linear(x, Width, weight, bias));
    }
}
