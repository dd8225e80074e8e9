using Nonsmooth.Engines.Dialects;
using Nonsmooth.Selections;

namespace Nonsmooth.Engines.Conformance;

/// <summary>The recorded engines, with the preset that is best for each.</summary>
/// <remarks>
/// PyTorch 2.13 has the default, libtorch 2.10's: no cell tells the two apart. Compiled engines share the preset of their
/// eager selves; where they differ the difference has a name.
/// </remarks>
public static class EngineTable
{
    private static readonly TorchDialect _torch = new();
    private static readonly JaxDialect _jax = new();
    private static readonly TensorFlowDialect _tensorFlow = new();

    /// <summary>One row a recording.</summary>
    public static IReadOnlyList<EngineConventions> All { get; } =
    [
        new("pytorch-2.13", Presets.Find("libtorch-2.10"), _torch),
        new("pytorch-2.14", Presets.Find("libtorch-2.14"), _torch),
        new("pytorch-2.13-compile", Presets.Find("libtorch-2.10"), _torch),
        new("jax-0.10", Presets.Find("jax"), _jax),
        new("jax-0.10-jit", Presets.Find("jax"), _jax),
        new("tensorflow-2.21", Presets.Find("tensorflow"), _tensorFlow),
        new("tensorflow-2.21-xla", Presets.Find("tensorflow"), _tensorFlow),
        new("paddle-3.3", Presets.Find("paddle"), new PaddleDialect()),
        new("tinygrad-0.14", Presets.Find("tinygrad"), new TinygradDialect()),
        new("autograd-1.9", Presets.Find("autograd"), new RectifierAsMaximum()),
        new("pytensor-3.0", Presets.Find("pytensor"), new PyTensorDialect()),
        new("casadi-3.8-sx", Presets.Find("casadi"), new CasadiScalarDialect()),
        new("casadi-3.8-mx", Presets.Find("casadi"), new CasadiDialect()),
        new("warp-1.19", Presets.Find("warp"), new WarpDialect()),
    ];

    /// <summary>The row of a recording.</summary>
    /// <exception cref="NonsmoothException">No preset stands for it.</exception>
    public static EngineConventions Find(string recording) => All.FirstOrDefault(e => e.Recording == recording) ?? throw new NonsmoothException(
        $"no preset stands for recording '{recording}': there are {string.Join(", ", All.Select(e => e.Recording))}");
}
