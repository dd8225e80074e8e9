using Nonsmooth.Optimizers;
using Nonsmooth.Optimizers.Workers;
using TorchSharp;
using TorchSharp.Modules;
using Rule = Nonsmooth.Optimizers.OptimizerOptions;

namespace Nonsmooth.TorchSharp;

/// <summary>
/// Any optimizer of Nonsmooth over the parameters of a TorchSharp module: the options of the table choose which, and a step is one
/// pass of their kernel over each parameter's own memory.
/// </summary>
/// <remarks>
/// <para>
/// Parameter groups, <c>state_dict</c>, <c>save_state_dict</c>, <c>load_state_dict</c> and the learning-rate schedulers of TorchSharp
/// work as for its own optimizers. A parameter without a gradient keeps its values and its step count. Parameters are contiguous
/// float32 on the CPU; a gradient may have any layout and any floating type. The same bits for any number of threads.
/// </para>
/// <para>
/// libtorch is not told that a parameter changed, so it cannot refuse a backward sweep over a graph from before the step: run backward first.
/// </para>
/// <para>Not thread-safe. The module must outlive it; <see cref="IDisposable.Dispose"/> frees the states.</para>
/// </remarks>
public class KernelOptimizer : OptimizerHelper
{
    private readonly Rule _rule;
    private readonly double _rate;
    private readonly WorkerPool _pool;
    private readonly bool _ownsPool;
    private readonly Action<string>? _onWarning;
    private readonly List<GroupKernel> _kernels = [];

    /// <summary>An optimizer of these parameters as one group.</summary>
    /// <param name="parameters">E.g. <c>model.parameters()</c>; none may occur twice.</param>
    /// <param name="options">Which optimizer, e.g. <c>new LionOptions()</c> or what <see cref="OptimizerRegistry"/> finds by name.</param>
    /// <param name="lr">The learning rate, finite and ≥ 0; how it enters is the optimizer's.</param>
    /// <param name="pool">The threads that step; borrowed. Null, the default, for a pool of its own with as many as libtorch uses.</param>
    /// <param name="onWarning">Called at most once a group, when a rate is allowed but ill-advised.</param>
    /// <exception cref="NonsmoothException">An option is out of its range, or a parameter cannot be used: the message says which and why.</exception>
    public KernelOptimizer(IEnumerable<Parameter> parameters, Rule options, double lr, WorkerPool? pool = null, Action<string>? onWarning = null)
        : this([new KernelGroup(parameters)], options, lr, pool, onWarning)
    {
    }

    /// <summary>An optimizer of groups of parameters.</summary>
    /// <param name="groups">Each with an optimizer, a rate of its own, or neither.</param>
    /// <param name="options">For groups that say none.</param>
    /// <param name="lr">For groups that say none.</param>
    /// <param name="pool">As for one group.</param>
    /// <param name="onWarning">As for one group.</param>
    /// <exception cref="NonsmoothException">An option is out of its range, a parameter cannot be used or is in two groups.</exception>
    public KernelOptimizer(IEnumerable<KernelGroup> groups, Rule options, double lr, WorkerPool? pool = null, Action<string>? onWarning = null)
    {
        options.Validate();
        options.ValidateRate(lr);
        (_rule, _rate, _onWarning) = (options, lr, onWarning);
        (_ownsPool, _pool) = (pool is null, pool ?? new WorkerPool(torch.get_num_threads()));
        _parameter_groups = [];
        try
        {
            foreach (KernelGroup group in groups)
            {
                Add(group);
            }
        }
        catch
        {
            Free();
            throw;
        }
    }

    /// <summary>Adds a group, e.g. layers that are no longer frozen.</summary>
    /// <param name="param_group">A <see cref="KernelGroup"/>, or a plain group without options, which takes those of this optimizer.</param>
    /// <exception cref="NonsmoothException">Its options are another optimizer's, or a parameter cannot be used or is in a group already.</exception>
    public override void add_param_group(ParamGroup param_group) => Add(param_group);

    /// <summary>Takes one step with the gradients that the parameters have.</summary>
    /// <param name="closure">Computes the loss anew, with gradients; null for those that are there.</param>
    /// <returns>The closure's loss, or null.</returns>
    /// <exception cref="NonsmoothException">A group's rate or options are out of their range, or a gradient is sparse; that group and those after it have not stepped.</exception>
    public override torch.Tensor step(Func<torch.Tensor>? closure = null)
    {
        int next = 0;
        return _step<ParamGroup>(_ => _kernels[next++].Step(), closure);
    }

    /// <summary>
    /// Puts the weights to evaluate where the parameters are, until the result is disposed: the averages of the schedule-free optimizer, for
    /// most others the parameters themselves. Take no step meanwhile.
    /// </summary>
    public IDisposable UseEvaluationWeights() => new EvaluationScope([.. _kernels.Select(kernel => kernel.Ready().UseEvaluationWeights())]);

    /// <summary>Frees the states and the threads.</summary>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            Free();
        }
    }

    private void Free()
    {
        _kernels.ForEach(kernel => kernel.Dispose());
        if (_ownsPool)
        {
            _pool.Dispose();
        }
    }

    private void Add(ParamGroup group)
    {
        group.Options ??= new KernelGroupOptions();
        if (group.Options is not KernelGroupOptions options)
        {
            throw new NonsmoothException($"a parameter group has options of {group.Options.GetType().DeclaringType?.Name ?? group.Options.GetType().Name}: give {nameof(KernelGroupOptions)}, or none");
        }

        Parameter[] parameters = [.. group.Parameters];
        if (parameters.FirstOrDefault(p => _state.ContainsKey(p.Handle)) is { } twice)
        {
            throw new NonsmoothException($"a parameter of shape [{string.Join(", ", twice.shape)}] is in two groups: list it once");
        }

        options.Rule ??= _rule;
        options.LearningRate ??= _rate;
        options.InitialLearningRate = options.LearningRate.Value;
        group.Parameters = parameters;
        var kernel = new GroupKernel(options, parameters, $"group {_kernels.Count}", _pool, _onWarning);
        for (int i = 0; i < parameters.Length; i++)
        {
            _state[parameters[i].Handle] = new KernelState(parameters[i], kernel, i);
        }

        _kernels.Add(kernel);
        _parameter_groups.Add(group);
    }
}
