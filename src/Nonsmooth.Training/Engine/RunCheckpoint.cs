using System.Globalization;
using Nonsmooth.Data.Arrays;
using Nonsmooth.Training.Checkpoints;
using Nonsmooth.Training.Objectives;
using Nonsmooth.Training.Shards;

namespace Nonsmooth.Training.Engine;

/// <summary>Everything that a run needs to go on with the same bits, to and from a checkpoint.</summary>
/// <remarks>
/// Parameters have their own names, states <c>optimizer.PARAMETER.STATE</c>; <c>optimizer.steps</c> counts steps by parameter.
/// </remarks>
internal sealed class RunCheckpoint(
    RunProgress progress,
    IReadOnlyList<Metric> metrics,
    ParameterSet parameters,
    BufferSet buffers,
    StateShare optimizer,
    LossScaler? scaler,
    ulong seed,
    RunConfiguration configuration,
    int threads,
    long? memoryBudget)
{
    private const string StepsName = "optimizer.steps";
    private const string LossSum = "lossSum";
    private const string Seconds = "seconds";
    private const string Threads = "threads";
    private const string MemoryBudget = "memoryBudget";
    private const string Scale = "lossScale";
    private const string GoodSteps = "lossScale.goodSteps";
    private const string SkippedInRow = "lossScale.skippedInRow";
    private const string Skipped = "lossScale.skipped";

    /// <summary>What a run is now; where ranks share the optimizer's states all make the call, and rank 0 has the whole.</summary>
    /// <param name="seconds">Time it has taken.</param>
    public Checkpoint Of(double seconds)
    {
        var tensors = new Dictionary<string, StoredTensor>();
        parameters.Save(tensors);
        buffers.Save(tensors);
        foreach (var (name, numbers) in optimizer.GatherStates())
        {
            tensors[name] = StoredTensor.Of<float>(numbers, numbers.Length);
        }

        long[] steps = optimizer.GatherStepCounts();
        tensors[StepsName] = StoredTensor.Of<long>(steps, steps.Length);
        tensors[MetricsFile.TensorName] = MetricsFile.Store(progress.History);
        return new Checkpoint
        {
            Tensors = tensors,
            State = new RunState(progress.Epoch, progress.Step, seed)
            {
                Batch = progress.Batch,
                Config = configuration.Texts,
                Measures = Measures(seconds),
                Machine = RunMachine.Now,
            },
        };
    }

    /// <summary>The budget of memory of the run that saved a checkpoint; null without one.</summary>
    public static long? BudgetOf(ResumePoint? point) =>
        point?.Checkpoint.State?.Measures.TryGetValue(MemoryBudget, out double bytes) == true ? (long)bytes : null;

    /// <summary>Takes over what a checkpoint holds.</summary>
    /// <returns>libtorch's number of threads in the run that saved it.</returns>
    /// <exception cref="NonsmoothException">It is of another run, or lacks something; the message names it.</exception>
    public int Restore(ResumePoint point, string folder)
    {
        var checkpoint = point.Checkpoint;
        var state = checkpoint.State
            ?? throw new NonsmoothException($"'{point.Path}' is not the checkpoint of a run: train into another folder");
        configuration.Check(folder, state.Config);
        parameters.Load(checkpoint);
        buffers.Load(checkpoint);
        foreach (var tensor in optimizer.Optimizer.States)
        {
            string name = StateShare.NameOf(tensor);
            float[] values = Of(point, name, StoredType.F32).ToSingles();
            if (values.Length != tensor.Length)
            {
                throw new NonsmoothException($"'{point.Path}' has {values.Length} numbers for {name}, {tensor.Length} are needed: use another copy");
            }

            tensor.Restore(values);
        }

        optimizer.RestoreStepCounts(Of(point, StepsName, StoredType.I64).Values<long>());
        (progress.Epoch, progress.Batch, progress.Step) = (state.Epoch, state.Batch, state.Step);
        progress.LossSum = Measure(state, LossSum, point.Path);
        progress.SecondsBefore = Measure(state, Seconds, point.Path);
        scaler?.Restore(
            Measure(state, Scale, point.Path),
            (int)Measure(state, GoodSteps, point.Path),
            (int)Measure(state, SkippedInRow, point.Path),
            (long)Measure(state, Skipped, point.Path));
        progress.History.AddRange(MetricsFile.Restore(Of(point, MetricsFile.TensorName, StoredType.F64), metrics, point.Path));
        return (int)Measure(state, Threads, point.Path);
    }

    private static StoredTensor Of(ResumePoint point, string name, StoredType type) => point.Checkpoint[name] is var tensor && tensor.Type == type
        ? tensor
        : throw new NonsmoothException($"'{point.Path}' has '{name}' as {tensor.Type.Name()}, {type.Name()} is needed: use another copy");

    private Dictionary<string, double> Measures(double seconds)
    {
        var measures = new Dictionary<string, double> { [LossSum] = progress.LossSum, [Seconds] = seconds, [Threads] = threads };
        if (memoryBudget is { } bytes)
        {
            measures[MemoryBudget] = bytes;
        }

        if (scaler is not null)
        {
            (measures[Scale], measures[GoodSteps]) = (scaler.Scale, scaler.GoodSteps);
            (measures[SkippedInRow], measures[Skipped]) = (scaler.SkippedInRow, scaler.Skipped);
        }

        return measures;
    }

    private static double Measure(RunState state, string name, string path) => state.Measures.TryGetValue(name, out double value)
        ? name == LossSum || value is >= 0 and <= long.MaxValue
            ? value
            : throw new NonsmoothException(string.Create(CultureInfo.InvariantCulture, $"'{path}' says that the run's {name} is {value}: use another copy"))
        : throw new NonsmoothException($"'{path}' lacks the run's {name}: use another copy");
}
