using Nonsmooth.Data;
using Nonsmooth.LibTorch;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Optimizers;
using Nonsmooth.Training.Engine;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Training.Studies;

/// <summary>What a study trains, and how; which derivative is taken at kinks is what it compares.</summary>
public record TrainingSetup
{
    /// <summary>The network; its input and classes must be those of the data set.</summary>
    public required Model Network { get; init; }

    /// <summary>The examples.</summary>
    public required Dataset Dataset { get; init; }

    /// <summary>The format of values and gradients. Default single precision.</summary>
    public Precision Precision { get; init; } = Precision.Float32;

    /// <summary>Where loss and gradient are computed. Default the processor.</summary>
    public Device Device { get; init; } = Device.Cpu;

    /// <summary>
    /// Whether parameters and optimizer states are kept in the format too, rounded after every step, as in training that
    /// is half throughout. Default false: they stay in single precision.
    /// </summary>
    /// <remarks>
    /// A step reads what was rounded and rounds each of its results once; a framework that works in halves rounds the
    /// momentum's product and its sum each.
    /// </remarks>
    public bool Pure { get; init; }

    /// <summary>The optimizer. Default gradient descent with momentum 0.9.</summary>
    public OptimizerOptions Optimizer { get; init; } = new SgdOptions();

    /// <summary>The learning rate of every step. Default 0.02.</summary>
    public double Rate { get; init; } = 0.02;

    /// <summary>Examples in a step; all of them where there are fewer. A last, smaller batch is left out. Default 128.</summary>
    public int Batch { get; init; } = 128;

    /// <summary>Steps, at least 1, over as many epochs as they take. Default null: one epoch.</summary>
    public int? Steps { get; init; }

    /// <summary>Changes the parameters in place after every step: a projection onto what is allowed. Default none.</summary>
    public Action<ParameterSet>? Project { get; init; }

    /// <summary>Steps of one epoch.</summary>
    public int StepsPerEpoch => Math.Max(1, Dataset.Train.Count / Math.Max(1, Batch));
}
