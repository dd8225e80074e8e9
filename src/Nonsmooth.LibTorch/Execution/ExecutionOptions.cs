namespace Nonsmooth.LibTorch.Execution;

/// <summary>How a program is executed by libtorch.</summary>
public sealed record ExecutionOptions
{
    /// <summary>The format of the reals. Default <see cref="Precision.Float32"/>.</summary>
    public Precision Precision { get; init; } = Precision.Float32;

    /// <summary>Where it runs. Default the processor.</summary>
    public Device Device { get; init; } = Device.Cpu;

    /// <summary>
    /// Whether nodes run together, in own loops and with channels last, where that is faster. Default true; false runs
    /// libtorch's operators one by one on row-major tensors: what the other is measured against.
    /// </summary>
    public bool Fused { get; init; } = true;
}
