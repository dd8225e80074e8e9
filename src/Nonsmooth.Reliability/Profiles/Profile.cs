using Nonsmooth.Engines.Dialects;
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

    /// <summary>libtorch 2.14.</summary>
    public static Profile LibTorchNext { get; } = Engine("libtorch-2.14", "libtorch 2.14", "PyTorch 2.14") with { Kind = ProfileKind.Successor };

    /// <summary>JAX.</summary>
    public static Profile Jax { get; } = Engine("jax", "JAX", "JAX 0.10.2") with { Dialect = new JaxDialect() };

    /// <summary>TensorFlow.</summary>
    public static Profile TensorFlow { get; } = Engine("tensorflow", "TensorFlow with Keras's activations", "TensorFlow 2.21") with { Dialect = new TensorFlowDialect() };

    /// <summary>PaddlePaddle.</summary>
    public static Profile Paddle { get; } = Engine("paddle", "PaddlePaddle", "PaddlePaddle 3.3") with { Dialect = new PaddleDialect() };

    /// <summary>tinygrad.</summary>
    public static Profile Tinygrad { get; } = Engine("tinygrad", "tinygrad", "tinygrad 0.14") with { Dialect = new TinygradDialect() };

    /// <summary>autograd over NumPy.</summary>
    public static Profile Autograd { get; } = Engine("autograd", "autograd over NumPy", "autograd 1.9") with { Dialect = new RectifierAsMaximum() };

    /// <summary>PyTensor.</summary>
    public static Profile PyTensor { get; } = Engine("pytensor", "PyTensor", "PyTensor 3.0") with { Dialect = new PyTensorDialect() };

    /// <summary>CasADi's scalar graphs.</summary>
    public static Profile Casadi { get; } = Engine("casadi", "CasADi's scalar graphs", "CasADi 3.8") with { Dialect = new CasadiScalarDialect() };

    /// <summary>Warp.</summary>
    public static Profile Warp { get; } = Engine("warp", "Warp", "Warp 1.19") with { Dialect = new WarpDialect() };

    /// <summary>The least Clarke subgradient of every elementary function.</summary>
    public static Profile MinimalNorm { get; } = new(
        "minimal-norm", "the least Clarke subgradient of each function", "by definition", Selection.MinimalNorm) { Kind = ProfileKind.Least };

    /// <summary>The profiles that tables of several show.</summary>
    public static IReadOnlyList<Profile> Usual { get; } = [LibTorch, LibTorchNext, Jax, TensorFlow, MinimalNorm];

    /// <summary>All profiles.</summary>
    public static IReadOnlyList<Profile> All { get; } =
        [LibTorch, LibTorchNext, Jax, TensorFlow, Paddle, Tinygrad, Autograd, PyTensor, Casadi, Warp, MinimalNorm];

    /// <summary>What the engine composes of other functions.</summary>
    internal Dialect Dialect { get; init; } = Dialect.Standard;

    /// <summary>How its values are found.</summary>
    internal ProfileKind Kind { get; init; }

    /// <summary>The profile of a name.</summary>
    /// <exception cref="NonsmoothException">There is none of that name.</exception>
    public static Profile Find(string name) => All.FirstOrDefault(p => p.Name == name) ?? throw new NonsmoothException(
        $"there is no profile '{name}': {Nearest.Mend(name, All.Select(p => p.Name))}");

    private static Profile Engine(string preset, string standsFor, string recorded) =>
        new(preset, standsFor, $"{recorded} on a processor, recorded in November 2026", Presets.Find(preset).Selection) { Kind = ProfileKind.Declared };
}
