using Nonsmooth.Selections;

namespace Nonsmooth.Training.Studies;

/// <summary>Trains the same seeds under two selections: whether a choice at kinks matters for what is learned.</summary>
/// <remarks>Both runs of a seed start from the same parameters and see the same batches. Source: reliability specification, 2.3, 2.5 and F12.</remarks>
public static class PairedTraining
{
    /// <summary>Runs it.</summary>
    /// <param name="options">What is trained and compared.</param>
    /// <param name="progress">Told the share that is done, from time to time.</param>
    /// <param name="cancellation">Stops between steps.</param>
    /// <exception cref="NonsmoothException">A number is out of its range, or networks and data do not fit.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before the first seed was done; later, the seeds that are done are reported.</exception>
    public static PairedTrainingReport Run(
        PairedTrainingOptions options, IProgress<PairedTrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        if (options.Seeds < 1)
        {
            throw new NonsmoothException($"seeds is {options.Seeds}: give at least 1, 6 or more for an interval");
        }

        var seeds = new List<PairedSeed>();
        try
        {
            for (int s = 0; s < options.Seeds; s++)
            {
                ulong seed = options.FirstSeed + (ulong)s;
                var reference = One(options, options.Reference, seed, 2 * s, progress, cancellation);
                var other = options.OtherNetwork is { } network ? options with { Network = network } : options;
                seeds.Add(PairedSeed.Of(reference, One(other, options.Other, seed, (2 * s) + 1, progress, cancellation)));
            }
        }
        catch (OperationCanceledException) when (seeds.Count > 0)
        {
            // What is finished is worth having.
        }

        return PairedTrainingReport.Of(options, seeds);
    }

    private static TrainingOutcome One(
        PairedTrainingOptions options, Selection selection, ulong seed, int index, IProgress<PairedTrainingProgress>? progress, CancellationToken cancellation)
    {
        using var run = new StudyRun(options, selection, seed);
        double steps = options.Steps ?? options.StepsPerEpoch;
        return run.Run(
            progress is null ? null : new Share(step => progress.Report(new(((step / steps) + index) / (2 * options.Seeds), seed, index % 2 == 1))), cancellation);
    }

    private sealed class Share(Action<long> report) : IProgress<long>
    {
        public void Report(long value) => report(value);
    }
}
