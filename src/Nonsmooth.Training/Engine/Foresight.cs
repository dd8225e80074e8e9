using System.Globalization;
using Nonsmooth.Checkpointing;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Measurement;
using Nonsmooth.Programs;
using Nonsmooth.Training.ModelFiles;

namespace Nonsmooth.Training.Engine;

/// <summary>What a model of a file will hold when it is run or trained: foreseen from shapes before weights are read, and refused where the machine has not that much.</summary>
internal static class Foresight
{
    /// <summary>Foresees a step of training; models that are no files, and steps within a budget of their own, are let through.</summary>
    /// <exception cref="NonsmoothException">It holds more than there is.</exception>
    public static void Step(TrainingOptions options)
    {
        if (options.MemoryBudget is not null || ModelFormat.Of(options.Network.Name) is null)
        {
            return;
        }

        long memory = Memory(options.MachineMemory);
        int batch = Math.Min(options.BatchSize, options.Dataset.Train.Count) / (options.Shards ?? 1);
        var programs = options.Network.Build(batch);
        var gradient = programs.Gradient(options.Selection);

        // The plan of values as they are written is quick and too large; the executor's own is asked only where that does not fit.
        var execution = new ExecutionOptions { Precision = options.Precision, ConvertedWhereRead = options.Weights is null ? programs.Narrow : new HashSet<string>() };
        if (Written(gradient, execution) > memory
            && MemoryPrediction.Of(gradient, options: execution) is var foreseen
            && foreseen.ProcessPeak > memory)
        {
            throw new NonsmoothException($"a step of '{options.Network.Name}' at batch {batch} will hold {Size(foreseen.ProcessPeak)} (weights {Size(foreseen.Parameters + foreseen.Frozen)}, gradients {Size(foreseen.Gradients)}, "
                + $"optimizer {Size(foreseen.OptimizerState)}, kept for backward {Size(foreseen.Saved)}), and there are {Size(memory)}: give a smaller batch, --checkpoint to compute parts again, or --machine-memory {Size(foreseen.ProcessPeak)} to try it all the same");
        }
    }

    /// <summary>Foresees a run of a model's program.</summary>
    /// <param name="name">What users call the model.</param>
    /// <param name="program">What is run: the model's value, or its gradient.</param>
    /// <param name="precision">The arithmetic.</param>
    /// <param name="memory">The memory that there is; null for the machine's.</param>
    /// <exception cref="NonsmoothException">It holds more than there is.</exception>
    public static void Run(string name, Program program, Precision precision, long? memory)
    {
        var execution = new ExecutionOptions { Precision = precision };
        long most = Memory(memory);
        if (Written(program, execution) > most && MemoryPrediction.Of(program, 0, execution).ProcessPeak is var foreseen && foreseen > most)
        {
            throw new NonsmoothException($"running '{name}' in {precision.Name()} will hold {Size(foreseen)}, and there are {Size(most)}: give smaller inputs, --precision f32, or --machine-memory {Size(foreseen)} to try it all the same");
        }
    }

    private static long Memory(long? told) => told ?? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    private static long Written(Program program, ExecutionOptions execution) => LivenessSimulator.Simulate(program.Flatten(), execution.Precision == Precision.Float64 ? sizeof(double) : sizeof(float)).Peak;

    // Rounded up, so that what is printed is enough.
    private static string Size(long bytes) => bytes >= 1L << 30
        ? string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(bytes / (double)(1 << 30) * 10) / 10:0.#}GiB")
        : string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(bytes / (double)(1 << 20)):0}MiB");
}
