using Nonsmooth.Data;
using Nonsmooth.Training.Engine;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Training.Tests.Engine;

/// <summary>A run of a few steps: blobs of 8 features and a small network.</summary>
internal static class SmallRun
{
    public static Dataset Data { get; } = Blobs.Load(new DatasetOptions { BlobDimensions = 8, TrainCount = 330, TestCount = 70, Seed = 5 });

    /// <summary>Ten steps an epoch, with examples left over in both halves.</summary>
    public static TrainingOptions Options { get; } = new()
    {
        Network = Models.Find("mlp:8-16-4", Data.Shape, Data.ClassCount),
        Dataset = Data,
        BatchSize = 32,
        Epochs = 3,
        Seed = 11,
        Threads = 1,
        Rate = 0.01,
    };

    public static (TrainingResult Result, float[] Parameters) Train(
        TrainingOptions options, ITrainingObserver? observer = null, CancellationToken cancellation = default)
    {
        using var trainer = new TrainingRun(options, observer);
        var result = trainer.Train(cancellation);
        return (result, [.. Enumerable.Range(0, trainer.Session.Parameters.Parameters.Count).SelectMany(i => trainer.Session.Parameters.Values(i).ToArray())]);
    }

    /// <summary>Epochs without the seconds, which no run repeats.</summary>
    public static IEnumerable<EpochReport> Timeless(IEnumerable<EpochReport> history) => history.Select(e => e with { Seconds = 0 });
}
