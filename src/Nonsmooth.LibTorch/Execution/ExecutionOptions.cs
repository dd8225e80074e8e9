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

    /// <summary>
    /// Names of inputs that are the same in every run, as weights are when a model is only used. What depends on them alone is computed
    /// once, at the first run; convolutions lay their weights out once and carry norms by given statistics. Default none.
    /// </summary>
    /// <remarks>
    /// Later runs must give the same memory for them, and what is written to it afterwards is not seen. Values differ from those without by
    /// rounding. An observer sees nodes of fixed values in the first run only.
    /// </remarks>
    public IReadOnlyCollection<string> Fixed { get; init; } = [];

    /// <summary>
    /// Whether the processor runs the plan that a GPU would: libtorch's operators only, composites written out, inputs and
    /// outputs copied, 16-bit values held in 16 bits. Default false; for looking at that plan and testing it without a GPU.
    /// </summary>
    public bool AsOnGpu { get; init; }

    /// <summary>
    /// Inputs of reals that come in another element type than reals are held in, as weights in 16 bits, and are converted where a kernel reads
    /// them, for as long as it runs, instead of all at the start of a run. Default none.
    /// </summary>
    public IReadOnlySet<string> ConvertedWhereRead { get; init; } = new HashSet<string>();

    /// <summary>Hears, of each run, the name of a node whose derivative is one-sided and at how many places (<see cref="Programs.IOneSided"/>). Default nobody.</summary>
    public Action<string, long>? OneSided { get; init; }

    /// <summary>Whether kernels may read and write the values' memory.</summary>
    internal bool OwnLoops => Device.Kind == DeviceKind.Cpu && !AsOnGpu;

    /// <summary>The element type in which reals are held.</summary>
    internal TorchDtype Storage => Precision.Storage(OwnLoops);
}
