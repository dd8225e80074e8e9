using Nonsmooth.Optimizers.Checks;
using Nonsmooth.Settings;

namespace Nonsmooth.Training.Engine;

/// <summary>Refuses options that cannot be trained with.</summary>
internal static class TrainingCheck
{
    public static void Validate(TrainingOptions options)
    {
        options.CheckEach();
        ThreadLimit.Check(options.Threads, "threads");
        ThreadLimit.Check(options.DataWorkers, "data-workers");
        var (network, data) = (options.Network, options.Dataset);
        string? refusal = data.Examples.Refusal(network.Examples);
        Require(refusal is null, $"network '{network.Name}' cannot take the data '{data.Name}': {refusal}");
        Require(
            network.LowRank is null || options.Weights is not null,
            "adapters (lora) are trained on weights that have learned already: give weights, the file of them");
        Require(data.Train.Count > 0 && data.Test.Count > 0, $"'{data.Name}' has no examples in one of its halves: ask for at least one in each");
        Require(
            options.Accumulate == 1 || (long)options.Accumulate * options.BatchSize <= data.Train.Count,
            $"a step takes {options.Accumulate} batches of {options.BatchSize} examples, and '{data.Name}' has {data.Train.Count}: accumulate fewer or smaller batches");
        int batch = Math.Min(options.BatchSize, data.Train.Count), shards = options.Shards ?? 1;
        Require(
            batch % shards == 0,
            $"a batch of {batch} examples does not make {shards} equal shards: give a batch of {Math.Max(1, batch / shards) * shards}, or other shards");
        options.Scale.Validate(options.Precision);
        Require(!options.Resume || options.OutputFolder is not null, "a run can be resumed from a folder only: name the output folder");
        Require(!options.TensorBoard || options.OutputFolder is not null, "an event file for TensorBoard goes to the output folder: name one");
        if (options.Schedule is null)
        {
            OptionCheck.NonNegative("rate", options.Rate);
        }
    }

    private static void Require(bool holds, string message)
    {
        if (!holds)
        {
            throw new NonsmoothException(message);
        }
    }
}
