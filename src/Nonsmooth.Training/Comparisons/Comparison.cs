using Nonsmooth.Cluster;
using Nonsmooth.Data;
using Nonsmooth.LibTorch.Native;
using Nonsmooth.Training.Networks;
using Nonsmooth.Training.Recipes;

namespace Nonsmooth.Training.Comparisons;

/// <summary>Compares optimizers: each is tuned in η by as many trials as the others, then run from several seeds.</summary>
/// <remarks>
/// <para>A rate is chosen by the loss, at the end of the schedule, on a part of the training half that no run trains on. The test half
/// is evaluated at the end of the runs that are reported, and decides nothing. Trials share one seed, which is not reported.</para>
/// <para>Runs are interleaved, every contender in turn, so that what the machine does besides weighs on all alike. Each run is one task of a
/// <see cref="WorkQueue"/>: a trial waits for those of the same contender before it, a run that is reported for all of them.</para>
/// <para>Source: INNAprop specification, 3, "Protocol to adopt", 1 to 5, without the search over weight decay.</para>
/// </remarks>
public sealed class Comparison
{
    private readonly ComparisonOptions _options;
    private readonly HeldOut _parts;
    private readonly IComparisonObserver? _observer;
    private readonly TimeProvider _time;

    /// <summary>Compares optimizers on a model with the defaults.</summary>
    /// <param name="model">The model.</param>
    /// <param name="data">Examples with the fields that it takes; a part of the training half is held out.</param>
    /// <param name="contenders">Who competes.</param>
    /// <exception cref="NonsmoothException">Two contenders share a label, or model and data do not fit.</exception>
    public Comparison(Model model, Dataset data, IReadOnlyList<Contender> contenders)
        : this(new ComparisonOptions { Recipe = new Recipe { Network = model.Name, Data = data.Name }, Model = model, Dataset = data, Contenders = contenders })
    {
    }

    /// <summary>Parts the data and checks the options.</summary>
    /// <param name="options">Who competes, on what.</param>
    /// <param name="observer">Hears of the progress; null for none.</param>
    /// <param name="time">The clock; null for the system's.</param>
    /// <exception cref="NonsmoothException">An option is out of its range, two contenders share a label, the budget is too small for a trial, or network and data do not fit.</exception>
    public Comparison(ComparisonOptions options, IComparisonObserver? observer = null, TimeProvider? time = null)
    {
        (_options, _observer, _time) = (options, observer, time ?? TimeProvider.System);
        _parts = HeldOut.Of(options.Dataset.Train, options.HeldOut, options.Recipe.Seed);
        Plan = ComparisonPlan.Of(options, _parts);

        // What a recipe cannot do is said before any work.
        _ = RunRequest.Trial(options, Plan, _parts, options.Contenders[0], options.Contenders[0].DefaultEta);
        _ = RunRequest.Reported(options, Plan, _parts, options.Contenders[0], options.Contenders[0].DefaultEta, options.Recipe.Seed);
    }

    /// <summary>The work.</summary>
    public ComparisonPlan Plan { get; }

    /// <summary>Does what is not in the folder yet.</summary>
    /// <param name="queue">The ranks that share the runs; null for this thread alone. Rank 0 alone uses the folder and tells the observer.</param>
    /// <param name="cancellation">Stops between steps; the runs that are going on are lost, those that are finished are reported.</param>
    /// <exception cref="NonsmoothException">The folder cannot be used.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before the first run was finished; on ranks other than 0, that it was cancelled.</exception>
    public ComparisonReport Run(WorkQueue? queue = null, CancellationToken cancellation = default)
    {
        queue ??= WorkQueue.Alone();
        using var shelf = new RunShelf(queue.Rank == 0 ? _options.Folder : null);
        _observer?.Planned(Plan);
        int threads = LibTorchThreads.Count;
        long steps = 0;
        var list = new WorkList<ComparedTask>(Plan.Runs, Do)
        {
            Needs = Needs,
            Weight = index => Steps(index),
            Known = item => Kept(item, shelf, threads),
            Progress = (share, index) => _observer?.Step(What(index), (long)Math.Round(share * Plan.Steps), Plan.Steps),
            Done = result =>
            {
                steps += Steps(result.Index);
                foreach (string notice in result.Value.Notices)
                {
                    _observer?.Notice(notice);
                }

                if (result.Value.Run is { } run)
                {
                    if (!result.IsKnown)
                    {
                        shelf.Add(run);
                    }

                    _observer?.Finished(run, result.Elapsed, steps, Plan.Steps);
                }
            },
        };
        var done = queue.RunUntilStopped(list, cancellation);
        return Report(done, interrupted: done.Any(task => task is null));
    }

    // Trials first, every contender in turn, then the runs that are reported.
    private bool IsTrial(int index) => index < Plan.Trials * Plan.Contenders;

    private Contender ContenderOf(int index) => _options.Contenders[index % Plan.Contenders];

    private ulong SeedOf(int index) => unchecked(_options.Recipe.Seed + (ulong)((index / Plan.Contenders) - Plan.Trials));

    private long Steps(int index) => IsTrial(index) ? Plan.TrialSteps : Plan.RunSteps;

    private string What(int index) => $"{ContenderOf(index).Label}, {(IsTrial(index) ? "tuning" : $"seed {SeedOf(index)}")}";

    private IReadOnlyList<int> Needs(int index) =>
        [.. Enumerable.Range(0, Math.Min(index / Plan.Contenders, Plan.Trials)).Select(trial => (trial * Plan.Contenders) + (index % Plan.Contenders))];

    // Null where every trial diverged: then there is no rate to report.
    private RunRequest? Request(WorkItem<ComparedTask> item)
    {
        var contender = ContenderOf(item.Index);
        RateTrial[] tried = [.. item.Needed.Select(task => TrialOf(task.Run!))];
        return IsTrial(item.Index)
            ? RunRequest.Trial(_options, Plan, _parts, contender, RateSearch.Next(tried, contender.DefaultEta, _options.Factor))
            : RateSearch.Choose(tried) is { } best ? RunRequest.Reported(_options, Plan, _parts, contender, best.Eta, SeedOf(item.Index)) : null;
    }

    // Another thread may ask, and a run's key has the number of threads of the one that does it.
    private ComparedTask? Kept(WorkItem<ComparedTask> item, RunShelf shelf, int threads)
    {
        using var use = LibTorchThreads.Use(threads);
        return Request(item) is { } request && shelf.TryFind(request.Key) is { } run ? new ComparedTask(run, []) : null;
    }

    private ComparedTask Do(WorkItem<ComparedTask> item)
    {
        var notices = new List<string>();
        double steps = Steps(item.Index);
        return new ComparedTask(
            Request(item) is { } request ? RunRecorder.Run(request, _time, step => item.Report(step / steps), notices.Add, item.Cancellation) : null, notices);
    }

    private ComparisonReport Report(IReadOnlyList<ComparedTask?> done, bool interrupted)
    {
        IEnumerable<ComparedRun> Of(int contender, bool trials) => Enumerable.Range(0, done.Count)
            .Where(index => index % Plan.Contenders == contender && IsTrial(index) == trials).Select(index => done[index]?.Run).OfType<ComparedRun>();
        return ComparisonReport.Of(
            _options,
            Plan,
            [.. _options.Contenders.Select((contender, i) => (
                contender,
                (IReadOnlyList<RateTrial>)[.. Of(i, trials: true).Select(TrialOf)],
                (IReadOnlyList<ComparedRun>)[.. Of(i, trials: false)]))],
            interrupted);
    }

    private static RateTrial TrialOf(ComparedRun run) => new(run.Eta, run.Rate, run.HeldOutLoss);

    // A run that was asked for, with what there was to say of it.
    private sealed record ComparedTask(ComparedRun? Run, IReadOnlyList<string> Notices);
}
