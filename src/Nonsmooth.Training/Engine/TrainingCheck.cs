using System.Globalization;

namespace Nonsmooth.Training.Engine;

/// <summary>Refuses options that cannot be trained with.</summary>
internal static class TrainingCheck
{
    public static void Validate(TrainingOptions options)
    {
        var (network, data) = (options.Network, options.Dataset);
        string? refusal = data.Examples.Refusal(network.Examples);
        Require(refusal is null, $"network '{network.Name}' cannot take the data '{data.Name}': {refusal}");
        Require(
            network.LowRank is null || options.Weights is not null,
            "adapters (lora) are trained on weights that have learned already: give weights, the file of them");
        Require(data.Train.Count > 0 && data.Test.Count > 0, $"'{data.Name}' has no examples in one of its halves: ask for at least one in each");
        Require(options.BatchSize >= 1, $"batch size is {options.BatchSize}: give at least 1");
        Require(options.Accumulate >= 1, $"batches in a step is {options.Accumulate}: give at least 1");
        Require(
            options.Accumulate == 1 || (long)options.Accumulate * options.BatchSize <= data.Train.Count,
            $"a step takes {options.Accumulate} batches of {options.BatchSize} examples, and '{data.Name}' has {data.Train.Count}: accumulate fewer or smaller batches");
        Require(
            options.ClipNorm is null or > 0,
            $"the largest norm of the gradient is {options.ClipNorm?.ToString(CultureInfo.InvariantCulture)}: give a number above 0, or none");
        Require(options.EarlyStop is null or { Epochs: >= 1 }, $"epochs without a better one is {options.EarlyStop?.Epochs}: give at least 1, or none");
        options.Scale.Validate(options.Precision);
        Require(options.MemoryBudget is null or >= 1, $"memory budget is {options.MemoryBudget} bytes: give at least 1, or none");
        Require(options.Epochs >= 0, $"epochs is {options.Epochs}: give at least 0");
        Require(options.Threads >= 0, $"threads is {options.Threads}: give at least 1, or 0 for libtorch's choice");
        Require(options.DataWorkers >= 1, $"data workers is {options.DataWorkers}: give at least 1");
        Require(!options.Resume || options.OutputFolder is not null, "a run can be resumed from a folder only: name the output folder");
        Require(options.CheckpointEverySteps >= 0, $"steps between checkpoints is {options.CheckpointEverySteps}: give at least 1, or 0 for one an epoch");
        Require(options.TelemetryEverySteps >= 0, $"steps between counts of ties is {options.TelemetryEverySteps}: give at least 1, or 0 for none");
        Require(!options.TensorBoard || options.OutputFolder is not null, "an event file for TensorBoard goes to the output folder: name one");
        Require(
            options.Schedule is not null || (options.Rate >= 0 && double.IsFinite(options.Rate)),
            $"rate is {options.Rate.ToString(CultureInfo.InvariantCulture)}: give a finite number, at least 0");
    }

    private static void Require(bool holds, string message)
    {
        if (!holds)
        {
            throw new NonsmoothException(message);
        }
    }
}
