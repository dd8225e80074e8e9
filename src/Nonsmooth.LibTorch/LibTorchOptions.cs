namespace Nonsmooth.LibTorch;

/// <summary>Where libtorch is and which of its devices to load.</summary>
public sealed record LibTorchOptions
{
    /// <summary>
    /// The folder that holds <c>libtorch_cpu.so</c>, or a folder whose <c>lib</c> does, such as the <c>torch</c> folder
    /// of a Python installation. Null (the default): the environment variable <c>NONSMOOTH_LIBTORCH</c>, then the
    /// application's own folders.
    /// </summary>
    public string? Folder { get; init; }

    /// <summary>
    /// Whether to load <c>libtorch_cuda.so</c>. Null (the default): when it lies beside <c>libtorch_cpu.so</c>. True: it
    /// must be there. False: never.
    /// </summary>
    public bool? Cuda { get; init; }
}
