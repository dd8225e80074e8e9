namespace Nonsmooth.Selections;

/// <summary>A selection with a name: what an engine selects at kinks, or a principle.</summary>
/// <param name="Name">The name, as profiles and listings print it.</param>
/// <param name="Selection">The selection.</param>
public sealed record Preset(string Name, Selection Selection);

/// <summary>The selections that have names, to be listed and tested together.</summary>
public static class Presets
{
    /// <summary>All presets, the default first.</summary>
    public static IReadOnlyList<Preset> All { get; } =
    [
        new("libtorch-2.10", Selection.Default),
        new("libtorch-2.14", Selection.LibTorchNext),
        new("jax", Selection.Jax),
        new("tensorflow", Selection.TensorFlow),
        new("paddle", Selection.Paddle),
        new("tinygrad", Selection.Tinygrad),
        new("autograd", Selection.Autograd),
        new("pytensor", Selection.PyTensor),
        new("casadi", Selection.Casadi),
        new("warp", Selection.Warp),
        new("minimal-norm", Selection.MinimalNorm),
    ];

    /// <summary>The preset of a name.</summary>
    /// <exception cref="NonsmoothException">There is none of that name.</exception>
    public static Preset Find(string name) => All.FirstOrDefault(p => p.Name == name) ?? throw new NonsmoothException(
        $"there is no preset '{name}': choose one of {string.Join(", ", All.Select(p => p.Name))}");
}
