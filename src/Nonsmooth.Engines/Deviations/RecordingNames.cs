namespace Nonsmooth.Engines.Deviations;

/// <summary>The recordings, by engine.</summary>
internal static class RecordingNames
{
    public const string Torch213 = "pytorch-2.13";
    public const string Torch214 = "pytorch-2.14";
    public const string TorchCompiled = "pytorch-2.13-compile";
    public const string JaxEager = "jax-0.10";
    public const string JaxJit = "jax-0.10-jit";
    public const string TensorFlowEager = "tensorflow-2.21";
    public const string TensorFlowXla = "tensorflow-2.21-xla";
    public const string Paddle = "paddle-3.3";
    public const string Tinygrad = "tinygrad-0.14";
    public const string Autograd = "autograd-1.9";
    public const string PyTensor = "pytensor-3.0";
    public const string CasadiScalar = "casadi-3.8-sx";
    public const string CasadiMatrix = "casadi-3.8-mx";
    public const string Warp = "warp-1.19";

    public static IReadOnlyList<string> TorchEager { get; } = [Torch213, Torch214];

    public static IReadOnlyList<string> Torch { get; } = [Torch213, Torch214, TorchCompiled];

    public static IReadOnlyList<string> Jax { get; } = [JaxEager, JaxJit];

    public static IReadOnlyList<string> TensorFlow { get; } = [TensorFlowEager, TensorFlowXla];

    public static IReadOnlyList<string> Casadi { get; } = [CasadiScalar, CasadiMatrix];
}
