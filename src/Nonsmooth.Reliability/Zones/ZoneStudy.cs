using Nonsmooth.Cluster;
using Nonsmooth.Programs;
using Nonsmooth.Randomness;
using Nonsmooth.Reliability.Gradients;

namespace Nonsmooth.Reliability.Zones;

/// <summary>
/// Compares the gradients of a program under two selections over draws of its parameters and batches of its data.
/// </summary>
/// <remarks>
/// Both backprops run on the same inputs, in the same format, with the same forward operations. Where fewer batches are asked for
/// than there are, each draw has its own, drawn without replacement. Not thread-safe.
/// Source: reliability specification, 1.2 to 1.4, 4.6 to 4.8.
/// </remarks>
public static class ZoneStudy
{
    /// <summary>Runs the study.</summary>
    /// <param name="subject">The program with its data.</param>
    /// <param name="options">What is compared, on how much; null for the defaults.</param>
    /// <param name="progress">Told the share that is done, from 0 to 1; with ranks on rank 0, not on one thread.</param>
    /// <param name="queue">The ranks that share the pairs; null for this thread alone.</param>
    /// <param name="cancellation">Stops between pairs.</param>
    /// <exception cref="NonsmoothException">A number is below 1, or there are fewer batches.</exception>
    public static ZoneReport Run(
        IAuditSubject subject, ZoneOptions? options = null, IProgress<double>? progress = null, WorkQueue? queue = null, CancellationToken cancellation = default)
    {
        options ??= new();
        Program Backprop(Selections.Selection s) => GradientRunner.Of(subject.Objective, subject.Parameters, s);
        return Run(subject, Backprop(options.Reference), Backprop(options.Other), options, progress, queue, cancellation);
    }

    /// <summary>Runs the study on two gradient programs, which need not be backprops of one program.</summary>
    /// <param name="subject">Where the inputs come from.</param>
    /// <param name="reference">P: the loss, then the gradient of every parameter.</param>
    /// <param name="other">Q, with the same inputs and outputs.</param>
    /// <param name="options">On how much; its selections are not looked at.</param>
    /// <param name="progress">Told the share that is done, from 0 to 1; with ranks on rank 0, not on one thread.</param>
    /// <param name="queue">The ranks that share the pairs; null for this thread alone.</param>
    /// <param name="cancellation">Stops between pairs.</param>
    public static ZoneReport Run(
        IAuditSubject subject,
        Program reference,
        Program other,
        ZoneOptions options,
        IProgress<double>? progress = null,
        WorkQueue? queue = null,
        CancellationToken cancellation = default)
    {
        int batches = Check(subject, options);
        using var p = new ComparedGradient(reference, options, options.Replay, subject.Device);
        using var q = new ComparedGradient(other, options, options.Replay, subject.Device);
        ZoneTask Do(WorkItem<ZoneTask> item)
        {
            item.Cancellation.ThrowIfCancellationRequested();
            if (item.Index == 0)
            {
                return Controls(subject, p.Runner, options, item.Report);
            }

            int draw = (item.Index - 1) / batches, batch = Drawn(draw, batches, subject.Batches).ElementAt((item.Index - 1) % batches);
            var inputs = subject.Inputs(draw, batch);
            return new ZoneTask(ComparedGradient.Observe(draw, batch, p.Run(inputs), q.Run(inputs)));
        }

        var list = new WorkList<ZoneTask>(1 + (options.Draws * batches), Do) { Progress = (share, _) => progress?.Report(share) };
        var found = (queue ?? WorkQueue.Alone()).Run(list, cancellation);
        var calibrated = found[0].Reordered is { } r && r.In(options.Norm) > 0
            ? new ZoneThreshold(options.SafetyFactor * r.In(options.Norm), options.Norm, "calibrated")
            : null;
        return new ZoneReport(
            options, options.Draws, batches, subject.Batches, [.. found.Skip(1).Select(f => f.Observation!)], found[0].Same!.Value, found[0].Reordered, calibrated);
    }

    /// <summary>
    /// Batches of a draw: as many of the partition, each set equally likely, and anew for each draw. Were they the same for all
    /// draws, the mean over draws would be about these batches only.
    /// </summary>
    private static IEnumerable<int> Drawn(int draw, int batches, int population) => batches == population
        ? Enumerable.Range(0, batches)
        : new CounterRandom(0).Derive("batches of a draw").Derive((ulong)draw).Permutation(population).Take(batches).Order();

    private static ZoneTask Controls(IAuditSubject subject, GradientRunner runner, ZoneOptions options, Action<double> report)
    {
        var first = runner.Run(subject.Inputs(0, 0));
        var same = GradientDistance.Between(first, runner.Run(subject.Inputs(0, 0)));
        GradientDistance? worst = null;
        for (int order = 1; order <= options.ControlOrders; order++)
        {
            var distance = GradientDistance.Between(first, runner.Run(subject.Inputs(0, 0, order)));
            worst = worst is not { } w || distance.In(options.Norm) > w.In(options.Norm) ? distance : w;
            report((double)order / options.ControlOrders);
        }

        return new ZoneTask(null, same, worst);
    }

    private static int Check(IAuditSubject subject, ZoneOptions options)
    {
        int batches = options.Batches ?? subject.Batches;
        return options.Draws < 1 ? throw new NonsmoothException($"{options.Draws} draws of the parameters: ask for at least 1")
            : batches < 1 || batches > subject.Batches
                ? throw new NonsmoothException($"{batches} batches: there are {subject.Batches}; ask for 1 to {subject.Batches}, or make batches smaller")
            : batches;
    }

    // A pair, or the control: P against itself.
    private sealed record ZoneTask(ZoneObservation? Observation, GradientDistance? Same = null, GradientDistance? Reordered = null);
}
