using Nonsmooth.Dictionary;
using Nonsmooth.LibTorch.Native;
using Nonsmooth.LibTorch.Tensors;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.LibTorch.Execution;

/// <summary>A program planned for libtorch: run it many times, dispose it once.</summary>
/// <remarks>
/// For one thread at a time; a use by a second one, within a run or after <see cref="Dispose"/> throws. Values are released by the plan, right after their last use. Outputs belong to the plan
/// and are valid until the next run. On one machine the same inputs give the same bits as long as libtorch's
/// number of threads is the same: its parallel sums are split by thread.
/// </remarks>
public sealed class CompiledProgram : IDisposable
{
    private readonly ExecutionPlan _plan;
    private readonly ExecutionPlan _watched;
    private readonly bool[] _fixed;
    private readonly TensorHandle[] _values;
    private readonly bool[] _owned;
    private readonly nint[] _given;
    private readonly ExecutionOptions _options;
    private readonly TorchDtype _storage;
    private readonly bool _rounds;
    private readonly bool[] _wide;
    private readonly int[][] _outputsOf;

    // Values that are converted where they are read; where every value is rounded first, none.
    private readonly HashSet<int> _late;
    private readonly OneUser _user = new("compiled program");
    private IReadOnlyList<Action> _kept = [];
    private bool _settled;

    internal CompiledProgram(Program program, ExecutionOptions options)
    {
        Program = program;
        _options = options;
        _storage = options.Storage;
        _rounds = options.Precision == Precision.Float16 && _storage == TorchDtype.Float32;
        _values = new TensorHandle[program.Types.Count];
        _owned = new bool[program.Types.Count];
        _late = _rounds ? [] : [.. program.Inputs.Where(i => options.ConvertedWhereRead.Contains(i.Name) && program.Types[i.Value].Kind == ElementKind.Real).Select(i => i.Value)];
        _given = new nint[program.Inputs.Count];
        var context = Lowering.Context(program, options);
        var kernels = new Dictionary<Node, Kernel>();
        foreach (var node in program.Nodes)
        {
            kernels.Add(node, Lowering.Of(node, context));
        }

        _fixed = [.. Enumerable.Range(0, program.Types.Count).Select(context.IsFixed)];
        _watched = ExecutionPlan.Of(context, kernels, false, _late, _rounds);
        _plan = ExecutionPlan.Of(context, kernels, context.ChannelsLast && !_rounds, _late, _rounds);
        _wide = [.. Enumerable.Range(0, program.Types.Count).Select(context.IsWide)];
        var outputs = program.Outputs.Select((o, i) => (o.Value, Output: i)).ToLookup(o => o.Value, o => o.Output);
        _outputsOf = [.. Enumerable.Range(0, program.Types.Count).Select(value => outputs[value].ToArray())];
        HostNodes = context.HostNodes;
        _kept = context.Kept;
    }

    /// <summary>Releases what was not disposed.</summary>
    ~CompiledProgram() => ReleaseAll();

    /// <summary>The program as it is executed, composites written out.</summary>
    public Program Program { get; }

    /// <summary>Where it runs.</summary>
    public Device Device => _options.Device;

    /// <summary>Whether outputs lie in the processor's memory as numbers of the format's own size: <see cref="OutputPointer"/> may be read.</summary>
    public bool IsReadable => _options.OwnLoops;

    /// <summary>Names of the nodes that run on the interpreter for want of a kernel.</summary>
    public IReadOnlyList<string> HostNodes { get; }

    /// <summary>Called after each node with its results, if set: for audits. It costs nothing when null.</summary>
    /// <remarks>While it is set, nodes that would run as one run one by one: with the same results, to the bit.</remarks>
    public Action<Node, CompiledProgram>? Observer { get; set; }

    /// <summary>Called with the position of each output as soon as a node of the run has computed it, if set; it may then be read. It costs next to nothing.</summary>
    /// <remarks>Not called for outputs that are inputs, or that earlier runs have computed once and for all.</remarks>
    public Action<int>? OutputReady { get; set; }

    /// <summary>Bytes of the memories that the values held now lie in, each memory once: the executor's own account.</summary>
    /// <remarks>Ask from an observer for what is held while a node runs. Inputs are counted, kernels' workspaces are not.</remarks>
    public long LiveBytes
    {
        get
        {
            bool first = _user.Enter();
            try
            {
                return Memories();
            }
            finally
            {
                _user.Leave(first);
            }
        }
    }

    /// <summary>Runs the program. Inputs in another element type or on another device are copied first, at every run.</summary>
    /// <param name="inputs">One tensor an input, in order.</param>
    /// <exception cref="NonsmoothException">An input does not fit, or libtorch refused: the message names the node and its shapes.</exception>
    /// <exception cref="InvalidOperationException">It is in use by another thread, or running.</exception>
    /// <exception cref="ObjectDisposedException">It is disposed.</exception>
    public void Run(params ReadOnlySpan<TorchTensor> inputs)
    {
        bool first = _user.EnterRun();
        try
        {
            RunAlone(inputs);
        }
        finally
        {
            _user.LeaveRun(first);
        }
    }

    /// <summary>Runs the program and returns its outputs, which are the caller's to dispose.</summary>
    public IReadOnlyList<TorchTensor> Call(params ReadOnlySpan<TorchTensor> inputs)
    {
        Run(inputs);
        return [.. Program.Outputs.Select(o => Peek(o.Value))];
    }

    /// <summary>The address of an output of the last run, row-major; on a GPU only kernels may read it.</summary>
    /// <remarks>Valid until the next run, and while this object lives and is not disposed.</remarks>
    /// <exception cref="InvalidOperationException">There was no run, or another thread uses the program.</exception>
    public nint OutputPointer(int output) => With(Program.Outputs[output].Value, static (self, value) =>
    {
        if (!self._values[value].IsContiguous)
        {
            self.Replace(value, TensorFactory.Contiguous(self._values[value]));
        }

        return Pointer(self._values[value]);
    });

    /// <summary>Copies an output of the last run, converting its element type and moving it between devices.</summary>
    /// <param name="output">The output's position.</param>
    /// <param name="target">Takes its numbers in row-major order; as many elements as the output has, whatever its shape.</param>
    /// <exception cref="NonsmoothException">The number of elements differs.</exception>
    /// <exception cref="InvalidOperationException">There was no run, or another thread uses the program.</exception>
    public void CopyOutput(int output, TorchTensor target)
    {
        bool first = _user.Enter();
        try
        {
            Copy(output, target);
        }
        finally
        {
            _user.Leave(first);
        }
    }

    /// <summary>An output of one element of the last run.</summary>
    /// <exception cref="InvalidOperationException">There was no run, or another thread uses the program.</exception>
    public double OutputScalar(int output) => With(Program.Outputs[output].Value, static (self, value) => self._values[value].Item());

    /// <summary>A value of the run in progress, row-major, for an observer; the caller disposes it.</summary>
    /// <exception cref="InvalidOperationException">The value is not held: not computed yet, or released after its last use.</exception>
    public TorchTensor Peek(int value) => With(value, static (self, value) => new TorchTensor(TensorFactory.Contiguous(self._values[value])));

    /// <summary>The value itself, in whatever layout it lies in memory.</summary>
    internal TorchTensor PeekInPlace(int value) => With(value, static (self, value) => new TorchTensor(self._values[value].Share()));

    /// <summary>Releases everything the plan holds; again does nothing.</summary>
    /// <exception cref="InvalidOperationException">It is running, or another thread uses it.</exception>
    public void Dispose()
    {
        if (_user.EnterDispose())
        {
            ReleaseAll();
            GC.SuppressFinalize(this);
        }
    }

    private long Memories()
    {
        var memories = new Dictionary<nint, long>();
        for (int i = 0; i < _values.Length; i++)
        {
            if (_owned[i] && _values[i].ElementCount > 0)
            {
                var (start, bytes) = _values[i].Storage;
                memories[start] = bytes;
            }
        }

        return memories.Values.Sum();
    }

    private void RunAlone(ReadOnlySpan<TorchTensor> inputs)
    {
        Bind(inputs);
        var plan = Observer is null ? _plan : _watched;
        if (!_settled)
        {
            Take(plan.Once);
            _settled = true;
        }

        Take(plan.Each);
    }

    private void Take(PlanStep[] steps)
    {
        int at = 0;
        try
        {
            for (; at < steps.Length; at++)
            {
                var step = steps[at];
                step.Kernel(_values);
                foreach (int result in step.Results)
                {
                    _owned[result] = true;
                    if (step.Rounds && Program.Types[result].Kind == ElementKind.Real && !_wide[result])
                    {
                        RoundToHalf(result);
                    }
                }

                Observer?.Invoke(step.Node, this);
                foreach (int value in step.LastUses)
                {
                    Release(value);
                }

                if (OutputReady is { } ready)
                {
                    foreach (int result in step.Results)
                    {
                        foreach (int output in _outputsOf[result])
                        {
                            ready(output);
                        }
                    }
                }
            }
        }
        catch (NonsmoothException e)
        {
            var node = steps[at].Node;
            throw new NonsmoothException(
                $"{node.Name}: {node.Function.Name}({string.Join(", ", node.Arguments.Select(a => Program.Types[a]))}): {e.Message}", e);
        }
    }

    private void Copy(int output, TorchTensor target)
    {
        int value = Held(Program.Outputs[output].Value);
        if (target.ElementCount != _values[value].ElementCount)
        {
            throw new NonsmoothException(
                $"output {output} has {_values[value].ElementCount} elements and is to be copied to {target}: give a tensor of as many");
        }

        Span<long> strides = stackalloc long[_values[value].Sizes.Length];
        TensorFactory.RowMajor(_values[value].Sizes, strides);
        var view = TensorFactory.View(target.Handle, _values[value].Sizes, strides, TensorFactory.Offset(target.Handle));
        TensorFactory.Copy(view, _values[value]);
        view.Delete();
        GC.KeepAlive(target);
    }

    private static unsafe nint Pointer(TensorHandle handle) => (nint)handle.Data;

    private T With<T>(int value, Func<CompiledProgram, int, T> use)
    {
        bool first = _user.Enter();
        try
        {
            return use(this, Held(value));
        }
        finally
        {
            _user.Leave(first);
        }
    }

    /// <summary>Releases the values of the last run; the plan stays.</summary>
    internal void ReleaseValues()
    {
        for (int i = 0; i < _values.Length; i++)
        {
            if (!_settled || !_fixed[i])
            {
                Release(i);
            }
        }
    }

    private int Held(int value) => _owned[value]
        ? value
        : throw new InvalidOperationException(
            $"value {value} of the compiled program is not held: run the program first, and ask for what is no output from an observer, before its last use");

    private void ReleaseAll()
    {
        // A constructor that failed leaves no values.
        if (_values is null || _owned is null)
        {
            return;
        }

        _settled = false;
        ReleaseValues();
        foreach (var release in _kept)
        {
            release();
        }

        _kept = [];
    }

    private void Bind(ReadOnlySpan<TorchTensor> inputs)
    {
        if (inputs.Length != Program.Inputs.Count)
        {
            throw new NonsmoothException(
                $"the program takes {Program.Inputs.Count} inputs ({string.Join(", ", Program.Inputs.Select(i => i.Name))}), given {inputs.Length}");
        }

        ReleaseValues();
        for (int i = 0; i < inputs.Length; i++)
        {
            int value = Program.Inputs[i].Value;
            var type = Program.Types[value];
            var handle = inputs[i].Handle;
            Check(Program.Inputs[i].Name, type, handle);
            if (_fixed[value])
            {
                if (_settled)
                {
                    RequireSame(i, handle);
                    continue;
                }

                _given[i] = Pointer(handle);
            }

            var dtype = LoweringContext.Dtype(type.Kind, _storage);
            _values[value] = (handle.Dtype == dtype || _late.Contains(value)) && IsHere(handle) ? handle.Share() : TensorFactory.Convert(handle, dtype, _options.Device);
            _owned[value] = true;
            if (_rounds && type.Kind == ElementKind.Real)
            {
                Replace(value, HalfRounding.Of(_values[value]));
            }
        }
    }

    private void RequireSame(int input, TensorHandle handle)
    {
        if (Pointer(handle) != _given[input])
        {
            throw new NonsmoothException(
                $"input '{Program.Inputs[input].Name}' is fixed and was given another tensor than in the first run: leave it out of ExecutionOptions.Fixed, or compile anew");
        }
    }

    private bool IsHere(TensorHandle handle) => _options.OwnLoops
        ? handle.Device.Kind == DeviceKind.Cpu
        : handle.Device == _options.Device && !_options.AsOnGpu;

    private static void Check(string name, TensorType type, TensorHandle handle)
    {
        var sizes = handle.Sizes;
        bool fits = sizes.Length == type.Shape.Rank;
        for (int i = 0; fits && i < sizes.Length; i++)
        {
            fits = sizes[i] == type.Shape[i];
        }

        if (!fits)
        {
            throw new ShapeException($"input '{name}' is {type}: a tensor of shape {string.Join('×', sizes.ToArray())} does not fit");
        }
    }

    // In place: a kernel's result is either fresh or its argument's memory, whose numbers are rounded and stay as they are.
    // A scalar may be a constant that all programs share.
    private void RoundToHalf(int value)
    {
        if (_values[value].ElementCount < 2 || !HalfRounding.TryInPlace(_values[value]))
        {
            Replace(value, HalfRounding.Of(_values[value]));
        }
    }

    private void Replace(int value, TensorHandle handle)
    {
        Release(value);
        (_values[value], _owned[value]) = (handle, true);
    }

    private void Release(int value)
    {
        if (_owned[value])
        {
            _values[value].Delete();
            (_values[value], _owned[value]) = (default, false);
        }
    }
}
