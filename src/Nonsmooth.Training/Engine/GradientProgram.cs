using Nonsmooth.Checkpointing;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Programs;
using Nonsmooth.Selections;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Training.Engine;

/// <summary>A network's loss and gradient, compiled once and run every step without managed allocation.</summary>
internal sealed class GradientProgram : IDisposable
{
    private readonly CompiledProgram _program;
    private readonly SinglesView[] _views;
    private readonly nint[] _gradients;
    private readonly bool[] _heard;
    private readonly BufferSet _buffers;
    private readonly int _firstGradient;

    public GradientProgram(
        LibTorchExecutor executor, NetworkProgram network, Selection selection, Precision precision, BufferSet buffers, long? memoryBudget = null, bool scaled = false)
    {
        _buffers = buffers;
        _firstGradient = 1 + network.Buffers.Count;
        Planned = memoryBudget is { } bytes ? network.PlanStep(bytes, selection, BytesPerReal(precision), scaled) : null;
        Source = Planned?.Gradient ?? network.Step(selection, scaled);
        _program = executor.Compile(Source);
        _views = [.. network.Trained.Select(p => new SinglesView(precision, p.Shape.Count64))];
        _gradients = new nint[_views.Length];
        _heard = new bool[_views.Length];
        _program.OutputReady = Heard;
    }

    public IReadOnlyList<string> HostNodes => _program.HostNodes;

    /// <summary>What was planned where there is a budget of memory.</summary>
    public PlannedGradient? Planned { get; }

    /// <summary>The program as it was compiled.</summary>
    public Program Source { get; }

    /// <summary>The program as it runs.</summary>
    public Program Program => _program.Program;

    /// <summary>Called after each node of a run, if set.</summary>
    public Action<Node, CompiledProgram>? Observer
    {
        set => _program.Observer = value;
    }

    /// <summary>Called with each trained parameter, by its number, and the address of its gradient as soon as a run has it; each once before the run ends.</summary>
    /// <remarks>On another device than the processor all come at the end.</remarks>
    public Action<int, nint>? Ready { get; set; }

    /// <summary>The parameters in the order in which a run has their gradients, more or less.</summary>
    public IReadOnlyList<int> Order
    {
        get
        {
            var made = Program.Nodes.SelectMany((node, at) => node.Results.Select(value => (value, at))).ToDictionary(m => m.value, m => m.at);
            return [.. Enumerable.Range(0, _views.Length).OrderBy(i => made.GetValueOrDefault(Program.Outputs[_firstGradient + i].Value, int.MaxValue)).ThenBy(i => i)];
        }
    }

    /// <summary>The address of each trained parameter's gradient, in single precision; valid until the next run.</summary>
    public ReadOnlySpan<nint> Gradients
    {
        get
        {
            for (int i = 0; i < _gradients.Length; i++)
            {
                _gradients[i] = Gradient(i);
            }

            return _gradients;
        }
    }

    /// <summary>Lets the buffers follow the batch of the last run.</summary>
    public void Follow() => _buffers.Follow(_program, 1);

    /// <summary>Copies what the buffers would follow.</summary>
    public void ReadBuffers(Span<float> into) => _buffers.Read(_program, 1, into);

    /// <summary>Runs it and returns the loss.</summary>
    public double Run(BatchTensors batch)
    {
        Array.Clear(_heard);
        _program.Run(batch.Inputs);
        double loss = _program.OutputScalar(0);
        for (int i = 0; i < _heard.Length && Ready is not null; i++)
        {
            if (!_heard[i])
            {
                Ready(i, Gradient(i));
            }
        }

        return loss;
    }

    public void Dispose()
    {
        _program.Dispose();
        foreach (var view in _views)
        {
            view.Dispose();
        }
    }

    private nint Gradient(int parameter) => _views[parameter].Of(_program, _firstGradient + parameter);

    private void Heard(int output)
    {
        if (Ready is { } ready && output >= _firstGradient && _program.IsReadable)
        {
            _heard[output - _firstGradient] = true;
            ready(output - _firstGradient, Gradient(output - _firstGradient));
        }
    }

    // The CPU holds binary16 in 32 bits.
    private static int BytesPerReal(Precision precision) => precision switch
    {
        Precision.Float64 => sizeof(double),
        Precision.BFloat16 => sizeof(ushort),
        _ => sizeof(float),
    };
}
