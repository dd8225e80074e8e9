namespace Nonsmooth.LibTorch.Execution;

/// <summary>How a program is executed by libtorch.</summary>
public sealed record ExecutionOptions
{
    /// <summary>The format of the reals. Default <see cref="Precision.Float32"/>.</summary>
    public Precision Precision { get; init; } = Precision.Float32;

    /// <summary>Where it runs. Default the processor.</summary>
    public Device Device { get; init; } = Device.Cpu;
}
