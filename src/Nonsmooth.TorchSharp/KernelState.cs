using Nonsmooth.Optimizers;
using TorchSharp;
using TorchSharp.Modules;
using TorchOptions = TorchSharp.Modules.OptimizerOptions;

namespace Nonsmooth.TorchSharp;

/// <summary>The states of one parameter, a view of its kernel's memory: valid until the optimizer is disposed.</summary>
public sealed class KernelState : OptimizerState
{
    private const double Relative = 1e-5;
    private const double Absolute = 1e-8;
    private readonly GroupKernel _kernel;
    private readonly int _index;

    internal KernelState(Parameter parameter, GroupKernel kernel, int index)
        : base(parameter)
    {
        (_kernel, _index) = (kernel, index);
    }

    /// <summary>How many steps the parameter has taken.</summary>
    public long Steps => _kernel.Steps(_index);

    /// <summary>The states, e.g. <c>exp_avg_sq</c> and <c>velocity</c>.</summary>
    public IReadOnlyList<StateTensor> Tensors => _kernel.States(_index);

    /// <summary>Writes the step count and every state.</summary>
    public override void SaveStateDict(BinaryWriter writer)
    {
        writer.Write(Steps);
        writer.Write(Tensors.Count);
        foreach (StateTensor state in Tensors)
        {
            float[] values = state.ToSingles();
            writer.Write(state.Name);
            writer.Write(values.Length);
            foreach (float value in values)
            {
                writer.Write(value);
            }
        }
    }

    /// <summary>Reads what <see cref="SaveStateDict"/> wrote, to the bit.</summary>
    /// <exception cref="NonsmoothException">The states are others, or of another size.</exception>
    public override void LoadStateDict(BinaryReader reader)
    {
        long steps = reader.ReadInt64();
        Match(reader.ReadInt32());
        foreach (StateTensor state in Tensors)
        {
            string name = reader.ReadString();
            int length = reader.ReadInt32();
            if (name != state.Name || length != state.Length)
            {
                throw new NonsmoothException($"state '{name}' of {length} numbers was saved where {state.Parameter} has '{state.Name}' of {state.Length}: load it into an optimizer of the same module");
            }

            float[] values = new float[length];
            for (int i = 0; i < length; i++)
            {
                values[i] = reader.ReadSingle();
            }

            state.Restore(values);
        }

        _kernel.SetSteps(_index, steps);
    }

    /// <summary>Copies the states of another optimizer's parameter.</summary>
    /// <exception cref="NonsmoothException">They are others, or of another size.</exception>
    public override void LoadStateDict(OptimizerState source)
    {
        if (source is not KernelState other)
        {
            throw new NonsmoothException($"a state of {source.GetType().FullName} cannot be loaded: give one of {nameof(KernelOptimizer)}");
        }

        Match(other.Tensors.Count);
        foreach (var (mine, theirs) in Tensors.Zip(other.Tensors))
        {
            mine.Restore(theirs.ToSingles());
        }

        _kernel.SetSteps(_index, other.Steps);
    }

    /// <summary>Whether steps are the same and states within 1e-5 of their size.</summary>
    public override bool ApproximatelyEquals(OptimizerState other) => other is KernelState state && state.Steps == Steps
        && state.Tensors.Count == Tensors.Count && Tensors.Zip(state.Tensors).All(pair => pair.First.Length == pair.Second.Length
            && pair.First.ToSingles().Zip(pair.Second.ToSingles()).All(v => Math.Abs(v.First - v.Second) <= Absolute + (Relative * Math.Abs(v.Second))));

    /// <summary>Starts the parameter's states over.</summary>
    public override void Initialize(TorchOptions options)
    {
        foreach (StateTensor state in Tensors)
        {
            state.Restore(new float[state.Length]);
        }

        _kernel.SetSteps(_index, 0);
    }

    /// <summary>States stay on the CPU.</summary>
    /// <exception cref="NonsmoothException">The device is another.</exception>
    public override void to(torch.Device device)
    {
        if (device.type != DeviceType.CPU)
        {
            throw new NonsmoothException($"the states of {nameof(KernelOptimizer)} stay on the CPU and '{device}' was asked for: train on the CPU");
        }
    }

    private void Match(int count)
    {
        if (count != Tensors.Count)
        {
            throw new NonsmoothException($"{count} states were saved for a parameter that has {Tensors.Count}: load them into an optimizer of the same kind");
        }
    }
}
