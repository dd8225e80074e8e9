using Nonsmooth.LibTorch.Native;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.LibTorch.Execution;

/// <summary>What a lowering knows about the program it is part of.</summary>
internal sealed class LoweringContext(Program program, ExecutionOptions options, bool channelsLast)
{
    private List<string> _hostNodes = [];
    private List<Action> _kept = [];
    private bool[]? _fixed;
    private bool[]? _wide;

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

    /// <summary>Whether values are held in 16 bits.</summary>
    public bool IsNarrow => Storage is TorchDtype.Float16 or TorchDtype.BFloat16;

    /// <summary>The same program for kernels that compute in 32 bits while values are held in 16.</summary>
    public LoweringContext Wide() => new(Program, options with { Precision = Precision.Float32 }, ChannelsLast) { _hostNodes = _hostNodes, _kept = _kept };

    /// <summary>Whether a value stays in 32 bits in a 16-bit program: statistics between a norm and its gradient that nobody outside sees.</summary>
    public bool IsWide(int value) => (_wide ??= FindWide())[value];

    /// <summary>Whether a value is the same in every run.</summary>
    public bool IsFixed(int value) => (_fixed ??= FixedValues.Of(Program, options.Fixed))[value];

    public TensorType Type(int value) => Program.Types[value];

    public long[] Sizes(int value) => [.. Program.Types[value].Shape.Select(s => (long)s)];

    /// <summary>A constant of the program that its values are compared with or replaced by: a number of the format.</summary>
    public TensorHandle Scalar(double value) => ScalarTensors.Get(Precision.Round(value), Storage, Device);

    /// <summary>Releases what kernels hold for all runs: for whoever runs them.</summary>
    public IReadOnlyList<Action> Kept => _kept;

    public void Keep(TensorHandle tensor) => _kept.Add(tensor.Delete);

    public void Keep(IDisposable owned) => _kept.Add(owned.Dispose);

    public void RunsOnHost(Node node) => _hostNodes.Add(node.Name);

    public static TorchDtype Dtype(ElementKind kind, TorchDtype storage) => kind switch
    {
        ElementKind.Real => storage,
        ElementKind.Index => TorchDtype.Int64,
        _ => TorchDtype.Bool,
    };

    private bool[] FindWide()
    {
        var wide = new bool[Program.Types.Count];
        if (Precision is Precision.Float16 or Precision.BFloat16)
        {
            var rounded = Program.Nodes.Where(n => !WideRows.Has(n.Function.GetType(), OwnLoops)).SelectMany(n => n.Arguments).ToHashSet();
            var kept = Program.Nodes.SelectMany(WideRows.Statistics).Concat(Program.Nodes.SelectMany(WideRows.Steps).Where(v => !rounded.Contains(v)));
            foreach (int value in kept.Except(Program.Outputs.Select(o => o.Value)))
            {
                wide[value] = true;
            }
        }

        return wide;
    }
}
