using Nonsmooth.Cluster;
using Nonsmooth.Selections;

namespace Nonsmooth.Training.Studies;

/// <summary>Trains the same seeds under two selections: whether a choice at kinks matters for what is learned.</summary>
/// <remarks>Both runs of a seed start from the same parameters and see the same batches. Source: reliability specification, 2.3, 2.5 and F12.</remarks>
public static class PairedTraining
{
    /// <summary>Runs it.</summary>
    /// <param name="options">What is trained and compared.</param>
    /// <param name="progress">Told the share that is done, from time to time; with ranks on rank 0, not on one thread.</param>
    /// <param name="queue">The ranks that share the seeds; null for this thread alone.</param>
    /// <param name="cancellation">Stops between steps.</param>
    /// <exception cref="NonsmoothException">A number is out of its range, or networks and data do not fit.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before the first seed was done; later, the seeds that are done are reported. On ranks other than 0, that it was cancelled.</exception>
    public static PairedTrainingReport Run(
        PairedTrainingOptions options, IProgress<PairedTrainingProgress>? progress = null, WorkQueue? queue = null, CancellationToken cancellation = default)
    {
        if (options.Seeds < 1)
        {
            throw new NonsmoothException($"seeds is {options.Seeds}: give at least 1, 6 or more for an interval");
        }

        var list = new WorkList<PairedSeed>(options.Seeds, item =>
        {
            ulong seed = options.FirstSeed + (ulong)item.Index;
            var reference = One(options, options.Reference, seed, share => item.Report(share / 2), item.Cancellation);
            var other = options.OtherNetwork is { } network ? options with { Network = network } : options;
            return PairedSeed.Of(reference, One(other, options.Other, seed, share => item.Report((1 + share) / 2), item.Cancellation));
        })
        {
            Progress = (share, index) => progress?.Report(new(share, options.FirstSeed + (ulong)index)),
        };
        var seeds = (queue ?? WorkQueue.Alone()).RunUntilStopped(list, cancellation);
        return PairedTrainingReport.Of(options, [.. seeds.OfType<PairedSeed>()]);
    }

    private static TrainingOutcome One(PairedTrainingOptions options, Selection selection, ulong seed, Action<double> report, CancellationToken cancellation)
    {
        using var run = new StudyRun(options, selection, seed);
        double steps = options.Steps ?? options.StepsPerEpoch;
        return run.Run(new Share(step => report(step / steps)), cancellation);
    }

    private sealed class Share(Action<long> report) : IProgress<long>
    {
        public void Report(long value) => report(value);
    }
}
