using Nonsmooth.LibTorch;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Settings;
using Nonsmooth.Training.ModelFiles;

namespace Nonsmooth.Training.Engine;

/// <summary>The settings that recipes and runs share, by type.</summary>
public abstract record RunSettings : Configuration
{
    /// <summary>
    /// The file that parameters and buffers start from: a checkpoint, or safetensors of the network's names or of its
    /// published ones (<see cref="Networks.Model.Published"/>). A classifier of another number of classes is left out, with a
    /// notice. Default none: they are drawn from the seed. Adapters need one.
    /// </summary>
    public string? Weights { get => Get(TrainingSettings.Weights); init => Set(TrainingSettings.Weights, value); }

    /// <summary>An adapter in PEFT's form on a folder's network. Default null: none.</summary>
    public AdapterRequest? Adapter
    {
        get => Get(TrainingSettings.Adapter) is { } text ? new AdapterRequest(text, Get(TrainingSettings.Dora)) : null;
        init
        {
            Set(TrainingSettings.Adapter, value?.Text);
            Set(TrainingSettings.Dora, value?.Dora ?? DoraGradient.Peft);
        }
    }

    /// <summary>Examples in a batch; all of them where there are fewer. A last, smaller batch is left out. Default 128.</summary>
    public int BatchSize { get => Get(TrainingSettings.Batch); init => Set(TrainingSettings.Batch, value); }

    /// <summary>
    /// Batches in a step, which takes the mean of their gradients: the step of one large batch up to rounding, but for
    /// normalisation and dropout, which see each batch alone. What is left over of an epoch is left out. Default 1.
    /// </summary>
    public int Accumulate { get => Get(TrainingSettings.Accumulate); init => Set(TrainingSettings.Accumulate, value); }

    /// <summary>
    /// Equal parts of a batch, a power of two, whose gradients are computed by themselves and added in the order of a fixed tree: normalisation and dropout see
    /// each alone. Any power of two of ranks up to it gives the same bits; libtorch then takes one thread unless <see cref="Threads"/> says otherwise.
    /// Default: what the run that goes on had, else 8 over several ranks, and 1, the batch whole, on one.
    /// </summary>
    public int? Shards { get => Get(TrainingSettings.Shards); init => Set(TrainingSettings.Shards, value); }

    /// <summary>The largest 2-norm of all gradients together; longer ones are shortened to it. Default none.</summary>
    public double? ClipNorm { get => Get(TrainingSettings.Clip); init => Set(TrainingSettings.Clip, value); }

    /// <summary>What the gradient is multiplied by while it is computed. Default <see cref="Engine.LossScale.Usual"/>.</summary>
    public LossScale? LossScale { get => Get(TrainingSettings.Scale); init => Set(TrainingSettings.Scale, value); }

    /// <summary>When to end before <see cref="Epochs"/>. Default never.</summary>
    public EarlyStop? EarlyStop { get => Get(TrainingSettings.Stop); init => Set(TrainingSettings.Stop, value); }

    /// <summary>Passes over the training half. Default 5, of options that come from no recipe 1.</summary>
    public int Epochs { get => Get(TrainingSettings.Epochs); init => Set(TrainingSettings.Epochs, value); }

    /// <summary>The seed of the first parameters and of the order of the examples. Default 0.</summary>
    public ulong Seed { get => Get(TrainingSettings.Seed); init => Set(TrainingSettings.Seed, value); }

    /// <summary>The format of the arithmetic; parameters and optimizer states stay in single precision. Default that too.</summary>
    public Precision Precision { get => Get(TrainingSettings.Precision); init => Set(TrainingSettings.Precision, value); }

    /// <summary>Where loss and gradient are computed; the optimizer works in the processor's memory. Default the processor.</summary>
    /// <remarks>On a GPU every step copies the parameters there and the gradients back.</remarks>
    public Device Device { get => Get(TrainingSettings.Device); init => Set(TrainingSettings.Device, value); }

    /// <summary>Threads of libtorch's operators and of the optimizer. Default 0: libtorch's own choice.</summary>
    public int Threads { get => Get(TrainingSettings.Threads); init => Set(TrainingSettings.Threads, value); }

    /// <summary>
    /// Whether the bits shall not depend on the number of threads: libtorch's operators, whose sums are split by thread, then
    /// take one; optimizer, sums of gradients and data take <see cref="Threads"/>, or one a processor. Default false.
    /// </summary>
    public bool SameBits { get => Get(TrainingSettings.SameBits); init => Set(TrainingSettings.SameBits, value); }
}
