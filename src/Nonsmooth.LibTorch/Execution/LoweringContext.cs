using Nonsmooth.LibTorch.Native;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.LibTorch.Execution;

/// <summary>What a lowering knows about the program it is part of.</summary>
internal sealed class LoweringContext(Program program, ExecutionOptions options, bool channelsLast)
{
    private readonly List<string> _hostNodes = [];
    private readonly List<TensorHandle> _kept = [];

    public Program Program { get; } = program;

    public ExecutionOptions Options => options;

    public Device Device => options.Device;

    /// <summary>The element type in which reals are held.</summary>
    public TorchDtype Storage { get; } = options.Storage;

    public Precision Precision => options.Precision;

    /// <summary>Whether kernels may read and write the values' memory.</summary>
    public bool OwnLoops => options.OwnLoops;

    /// <summary>Whether own loops replace operators.</summary>
    public bool Fused => options.Fused;

    /// <summary>Whether images are held with channels last.</summary>
    public bool ChannelsLast { get; } = channelsLast;

    public DirectOperators Direct => DirectOperators.For(options.Device.Kind);

    public IReadOnlyList<string> HostNodes => _hostNodes;

    public TensorType Type(int value) => Program.Types[value];

    public long[] Sizes(int value) => [.. Program.Types[value].Shape.Select(s => (long)s)];

    /// <summary>A constant of the program that its values are compared with or replaced by: a number of the format.</summary>
    public TensorHandle Scalar(double value) => ScalarTensors.Get(Precision.Round(value), Storage, Device);

    /// <summary>Tensors that kernels hold for all runs: whoever runs them deletes these.</summary>
    public IReadOnlyList<TensorHandle> Kept => _kept;

    public void Keep(TensorHandle tensor) => _kept.Add(tensor);

    public void RunsOnHost(Node node) => _hostNodes.Add(node.Name);

    public static TorchDtype Dtype(ElementKind kind, TorchDtype storage) => kind switch
    {
        ElementKind.Real => storage,
        ElementKind.Index => TorchDtype.Int64,
        _ => TorchDtype.Bool,
    };
}
