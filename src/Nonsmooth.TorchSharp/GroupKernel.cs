using Nonsmooth.Optimizers;
using Nonsmooth.Optimizers.Workers;
using TorchSharp;
using TorchSharp.Modules;
using Kernel = Nonsmooth.Optimizers.Optimizer;

namespace Nonsmooth.TorchSharp;

/// <summary>A group's parameters, bound by their addresses to an optimizer's kernel.</summary>
internal sealed class GroupKernel : IDisposable
{
    private readonly KernelGroupOptions _options;
    private readonly Parameter[] _parameters;
    private readonly string _name;
    private readonly WorkerPool _pool;
    private readonly Action<string>? _onWarning;
    private readonly nint[] _addresses;
    private readonly nint[] _gradients;
    private Kernel _kernel;
    private StateTensor[][] _states;

    public GroupKernel(KernelGroupOptions options, Parameter[] parameters, string name, WorkerPool pool, Action<string>? onWarning)
    {
        (_options, _parameters, _name, _pool, _onWarning) = (options, parameters, name, pool, onWarning);
        _addresses = new nint[parameters.Length];
        _gradients = new nint[parameters.Length];
        (_kernel, _states) = Build();
    }

    /// <summary>The kernel over where the parameters are now, with the options that the group has now.</summary>
    public Kernel Ready()
    {
        bool moved = !ReferenceEquals(_kernel.Options, _options.Rule);
        for (int i = 0; !moved && i < _parameters.Length; i++)
        {
            moved = TensorMemory.Address(_parameters[i]) != _addresses[i];
        }

        if (moved)
        {
            Rebuild();
        }

        return _kernel;
    }

    /// <summary>The states of one parameter, by name.</summary>
    public IReadOnlyList<StateTensor> States(int parameter)
    {
        Ready();
        return _states[parameter];
    }

    public long Steps(int parameter) => _kernel.StepCounts[parameter];

    public void SetSteps(int parameter, long steps)
    {
        long[] counts = [.. _kernel.StepCounts];
        counts[parameter] = steps;
        _kernel.RestoreStepCounts(counts);
    }

    /// <summary>One step; gradients' copies live in the caller's scope.</summary>
    public void Step()
    {
        Kernel kernel = Ready();
        for (int i = 0; i < _parameters.Length; i++)
        {
            _gradients[i] = _parameters[i].grad is { } gradient ? TensorMemory.Address(Usable(gradient, i)) : 0;
        }

        kernel.Step(_gradients, _options.LearningRate!.Value);
    }

    public void Dispose() => _kernel.Dispose();

    private torch.Tensor Usable(torch.Tensor gradient, int parameter)
    {
        if (gradient.is_sparse)
        {
            throw new NonsmoothException($"the gradient of {Name(parameter)} is sparse: make its embedding with sparse: false");
        }

        var single = gradient.dtype == torch.ScalarType.Float32 ? gradient : gradient.to_type(torch.ScalarType.Float32);
        return single.is_contiguous() ? single : single.contiguous();
    }

    private void Rebuild()
    {
        var (kernel, states) = Build();
        for (int i = 0; i < states.Length; i++)
        {
            foreach (StateTensor state in states[i])
            {
                if (_states[i].FirstOrDefault(old => old.Name == state.Name && old.Length == state.Length) is { Name: not null } kept)
                {
                    state.Restore(kept.ToSingles());
                }
            }
        }

        kernel.RestoreStepCounts(_kernel.StepCounts);
        _kernel.Dispose();
        (_kernel, _states) = (kernel, states);
    }

    private (Kernel Kernel, StateTensor[][] States) Build()
    {
        var slots = new ParameterSlot[_parameters.Length];
        for (int i = 0; i < slots.Length; i++)
        {
            var parameter = _parameters[i];
            if (parameter.dtype != torch.ScalarType.Float32 || parameter.device_type != DeviceType.CPU || !parameter.is_contiguous())
            {
                throw new NonsmoothException($"{Name(i)} is {parameter.dtype} on {parameter.device_type}{(parameter.is_contiguous() ? "" : ", not contiguous")}: give contiguous Float32 on CPU");
            }

            _addresses[i] = TensorMemory.Address(parameter);
            bool matrix = _options.Matrices && parameter.dim() >= 2 && parameter.NumberOfElements > 0;
            slots[i] = new ParameterSlot(Name(i), _addresses[i], parameter.NumberOfElements) { Rows = matrix ? checked((int)parameter.shape[0]) : 0 };
        }

        var kernel = _options.Rule!.Build(slots, _pool, _onWarning);
        var states = kernel.States.ToLookup(state => state.Parameter);
        return (kernel, [.. slots.Select(slot => states[slot.Name].ToArray())]);
    }

    private string Name(int parameter) => $"parameter {parameter} of {_name}, shape [{string.Join(", ", _parameters[parameter].shape)}]";
}
