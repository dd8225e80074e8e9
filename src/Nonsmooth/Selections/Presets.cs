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
        new("libtorch-next", Selection.LibTorchNext),
        new("jax", Selection.Jax),
        new("tensorflow", Selection.TensorFlow),
        new("minimal-norm", Selection.MinimalNorm),
    ];
}
