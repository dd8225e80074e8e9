using Nonsmooth.Selections;

namespace Nonsmooth.Reliability.Profiles;

/// <summary>A set of conventions at kinks: those of a framework, of one of its versions, or a principle.</summary>
/// <param name="Name">The name users type.</param>
/// <param name="StandsFor">What it is.</param>
/// <param name="Origin">Where it was found, and when.</param>
/// <param name="Selection">The selection that reproduces it, for programs of this dictionary.</param>
public sealed record Profile(string Name, string StandsFor, string Origin, Selection Selection)
{
    /// <summary>libtorch as it runs here: measured, never written down.</summary>
    public static Profile LibTorch { get; } = new(
        "libtorch-2.10", "libtorch 2.10 on a CPU", "run now", Selection.Default) { Kind = ProfileKind.Live };

    /// <summary>libtorch after pull request #191142.</summary>
    public static Profile LibTorchNext { get; } = new(
        "libtorch-next", "libtorch after PR #191142", "pull request of July 2026, read", Selection.LibTorchNext) { Kind = ProfileKind.Successor };

    /// <summary>JAX.</summary>
    public static Profile Jax { get; } = new(
        "jax", "JAX", "source of 2026-08-08 (cec06d1), read", Selection.Jax) { Kind = ProfileKind.Declared, Declared = static row => row.Jax };

    /// <summary>TensorFlow.</summary>
    public static Profile TensorFlow { get; } = new(
        "tensorflow", "TensorFlow", "relu_op_functor.h, math_grad.py, clip_ops.py, read; otherwise recalled", Selection.TensorFlow)
    {
        Kind = ProfileKind.Declared,
        Declared = static row => row.TensorFlow,
    };

    /// <summary>The least Clarke subgradient of every elementary function.</summary>
    public static Profile MinimalNorm { get; } = new(
        "minimal-norm", "the least Clarke subgradient of each function", "by definition", Selection.MinimalNorm) { Kind = ProfileKind.Least };

    /// <summary>All profiles, in the order of tables.</summary>
    public static IReadOnlyList<Profile> All { get; } = [LibTorch, LibTorchNext, Jax, TensorFlow, MinimalNorm];

    /// <summary>Where a row's exceptions to the selection are written.</summary>
    internal Func<KinkRow, Declaration?> Declared { get; init; } = static _ => null;

    /// <summary>How its values are found.</summary>
    internal ProfileKind Kind { get; init; }

    /// <summary>The profile of a name.</summary>
    /// <exception cref="NonsmoothException">There is none of that name.</exception>
    public static Profile Find(string name) => All.FirstOrDefault(p => p.Name == name) ?? throw new NonsmoothException(
        $"there is no profile '{name}': choose one of {string.Join(", ", All.Select(p => p.Name))}");
}
