using Nonsmooth.Cli.Output;
using Nonsmooth.Cli.Training;
using Nonsmooth.Data;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Optimizers;
using Nonsmooth.Training.Engine;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Cli.Quickstart;

/// <summary>The main job on embedded data: two optimizers side by side, and what was proved and measured of their gradient.</summary>
internal sealed record QuickstartRun
{
    // So small a network gains little from more threads, and with one the figures are the same on any number of cores.
    private const int _threads = 1;

    /// <summary>The seed of everything random.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Where the files go: one folder a run.</summary>
    public required string Folder { get; init; }

    /// <summary>Training examples. Default 10,000.</summary>
    public int TrainCount { get; init; } = 10_000;

    /// <summary>Test examples. Default 2,000.</summary>
    public int TestCount { get; init; } = 2_000;

    /// <summary>Examples in a step. Default 64.</summary>
    public int Batch { get; init; } = 64;

    /// <summary>Passes over the training half, of each run. Default 6.</summary>
    public int Epochs { get; init; } = 6;

    /// <summary>Steps between censuses of the kinks. Default 39, four an epoch; a shorter run counts as often in all.</summary>
    public int CensusEverySteps { get; init; } = 39;

    /// <summary>The optimizers, side by side.</summary>
    public IReadOnlyList<OptimizerEntry> Optimizers { get; init; } = [InnapropOptions.Entry, AdamWOptions.Entry];

    /// <summary>Does it.</summary>
    /// <returns>The report; runs that were not reached when the user stopped are missing in it.</returns>
    public QuickstartReport Do(ToolContext context, Action<string> note)
    {
        long begun = context.Time.GetTimestamp();
        var data = Datasets.Load("strokes", new DatasetOptions { Seed = Seed, TrainCount = TrainCount, TestCount = TestCount });
        var network = Models.Find("lenet5", data.Shape, data.ClassCount);
        var cost = ProgressBar.During(context, "timing a gradient", _ => GradientTimer.Measure(network, data, Batch, Seed, _threads, context.Time));
        var options = new TrainingOptions
        {
            Network = network,
            Dataset = data,
            BatchSize = Batch,
            Epochs = Epochs,
            Seed = Seed,
            Threads = _threads,
        };
        var runs = new List<TrainReport>();
        var kinks = new List<KinkSummary>();
        foreach (var entry in Optimizers)
        {
            Train(options with { OptimizerName = entry.Name, Optimizer = entry.Defaults, Rate = entry.DefaultRate, OutputFolder = Path.Combine(Folder, entry.Name) });
        }

        // The same network once more, in the arithmetic whose kinks are counted next to float32's.
        Train(options with
        {
            OptimizerName = Optimizers[0].Name,
            Optimizer = Optimizers[0].Defaults,
            Rate = Optimizers[0].DefaultRate,
            Epochs = 1,
            Precision = Precision.Float16,
            OutputFolder = Path.Combine(Folder, $"{Optimizers[0].Name}-float16"),
        });
        return new QuickstartReport(
            network.Name, data.Name, Seed, Batch, cost, kinks, runs, Folder, context.Time.GetElapsedTime(begun).TotalSeconds);

        void Train(TrainingOptions run)
        {
            context.Stop.ThrowIfCancellationRequested();

            // Every run counts, for a census takes time and the runs' times are shown side by side.
            var observed = run with { TelemetryEverySteps = Math.Max(1, CensusEverySteps * run.Epochs / Epochs) };
            var (result, notices, counted) = ProgressBar.During(context, "preparing", bar =>
            {
                using var observer = new CensusObserver(bar, run.Precision == Precision.Float32 ? run.OptimizerName : $"{run.OptimizerName} in float16", run);
                using var training = new TrainingRun(observed, observer, context.Time);
                var done = training.Train(context.Stop);
                return (done, observer.Notices, observer.Counts > 0 ? observer.Summary() : null);
            });
            foreach (string notice in notices)
            {
                note(notice);
            }

            context.Stop.ThrowIfCancellationRequested();
            runs.Add(TrainReport.Of(result));
            if (counted is not null && (kinks.Count == 0 || run.Precision != Precision.Float32))
            {
                kinks.Add(counted);
            }
        }
    }
}
