using System.Globalization;
using Nonsmooth.Data;
using Nonsmooth.Dictionary;
using Nonsmooth.Programs;

namespace Nonsmooth.Training.Networks;

/// <summary>Linear layers with ReLU between them, named by their sizes: <c>mlp:784-128-64-10</c>.</summary>
public static class Mlp
{
    private const string Prefix = "mlp:";
    private const string Example = "mlp:784-128-64-10";

    internal static ModelRow Row { get; } = new(
        Example,
        "linear layers of the given sizes, inputs first and classes last, with ReLU between them",
        Sizes.Named(Prefix),
        Parse);

    /// <summary>The network of the given sizes.</summary>
    /// <param name="sizes">Inputs, then the neurons of each layer; the last are the classes.</param>
    /// <param name="input">The shape of an example, with as many values; inputs×1×1 if not given.</param>
    /// <exception cref="NonsmoothException">There are fewer than two sizes, one is below 1, or the input has another size.</exception>
    public static Model Create(IReadOnlyList<int> sizes, ImageShape? input = null)
    {
        string name = Prefix + string.Join('-', sizes.Select(s => s.ToString(CultureInfo.InvariantCulture)));
        if (sizes.Count < 2 || sizes.Any(s => s < 1))
        {
            throw Malformed(name);
        }

        var shape = input ?? new ImageShape(sizes[0], 1, 1);
        return shape.Size == sizes[0]
            ? Classifier.Of(name, shape, sizes[^1], (network, x) => Forward(network, x, sizes))
            : throw new NonsmoothException($"network '{name}' takes {sizes[0]} values, an example of {shape} has {shape.Size}: start the sizes with {shape.Size}");
    }

    internal static Variable Layer(NetworkBuilder network, string name, Variable x, int outputs, bool activate)
    {
        using (network.Scope(name))
        {
            x = network.Linear(x, outputs);
            return activate ? Functions.Relu(x) : x;
        }
    }

    private static Model Parse(string name, NetworkSettings settings)
    {
        settings.RequireImages(name);
        var (input, classes) = (settings.Input, settings.Classes);
        if (Sizes.Parse(name, Prefix) is not { Length: >= 2 } sizes)
        {
            throw Malformed(name);
        }

        return classes is null || classes == sizes[^1]
            ? Create(sizes, input)
            : throw new NonsmoothException($"network '{name}' has {sizes[^1]} classes, {classes} are asked for: end the sizes with {classes}");
    }

    private static Variable Forward(NetworkBuilder network, Variable x, IReadOnlyList<int> sizes)
    {
        x = x.Flatten(1);
        for (int i = 1; i < sizes.Count; i++)
        {
            x = Layer(network, $"fc{i}", x, sizes[i], activate: i < sizes.Count - 1);
        }

        return x;
    }

    private static NonsmoothException Malformed(string name) =>
        new($"network '{name}' is malformed: write mlp:, then at least two sizes from 1 separated by '-', as in {Example}");
}
