using Nonsmooth.Data;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Training.Checkpoints;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Training.Engine;

/// <summary>Evaluates a network as a checkpoint holds it, as the run that saved it did.</summary>
public static class CheckpointEvaluation
{
    /// <summary>Mean loss and metrics over every example.</summary>
    /// <param name="network">The network that was trained.</param>
    /// <param name="split">The examples.</param>
    /// <param name="checkpoint">A checkpoint of a run; of the weights to evaluate and those in training it takes the former.</param>
    /// <param name="batch">Examples at once; the last bits of the loss depend on it.</param>
    /// <param name="precision">The format of the arithmetic.</param>
    /// <exception cref="NonsmoothException">The checkpoint lacks a parameter, or network and examples do not fit.</exception>
    public static EvaluationResult Run(
        Model network, DataSplit split, Checkpoint checkpoint, int batch = 128, Precision precision = Precision.Float32)
    {
        string? refusal = batch < 1 ? $"the batch is {batch}: give at least 1" : split.Examples.Refusal(network.Examples);
        if (refusal is not null)
        {
            throw new NonsmoothException($"network '{network.Name}' cannot be evaluated on the data: {refusal}");
        }

        var declared = network.Build(network.UsualBatch);
        using var parameters = new ParameterSet(declared.Parameters, 0);
        using var buffers = new BufferSet(declared.Buffers, 0, precision);
        parameters.LoadForEvaluation(checkpoint);
        buffers.Load(checkpoint);
        var executor = new LibTorchExecutor(new ExecutionOptions { Precision = precision });
        using var evaluator = new Evaluator(executor, network, split, Math.Min(batch, split.Count), parameters, buffers, precision);
        return evaluator.Run(CancellationToken.None)!;
    }
}
