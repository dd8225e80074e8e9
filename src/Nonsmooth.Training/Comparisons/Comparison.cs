using Nonsmooth.Data;
using Nonsmooth.Training.Networks;
using Nonsmooth.Training.Recipes;

namespace Nonsmooth.Training.Comparisons;

/// <summary>Compares optimizers: each is tuned in η by as many trials as the others, then run from several seeds.</summary>
/// <remarks>
/// <para>A rate is chosen by the loss, at the end of the schedule, on a part of the training half that no run trains on. The test half
/// is evaluated at the end of the runs that are reported, and decides nothing. Trials share one seed, which is not reported.</para>
/// <para>Runs are interleaved, every contender in turn, so that what the machine does besides weighs on all alike.</para>
/// <para>Source: INNAprop specification, 3, "Protocol to adopt", 1 to 5, without the search over weight decay.</para>
/// </remarks>
public sealed class Comparison
{
    private readonly ComparisonOptions _options;
    private readonly HeldOut _parts;
    private readonly IComparisonObserver? _observer;
    private readonly TimeProvider _time;
    private long _done;

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
    /// <param name="cancellation">Stops between steps; the run that is going on is lost, those that are finished are reported.</param>
    /// <exception cref="NonsmoothException">The folder cannot be used.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before the first run was finished.</exception>
    public ComparisonReport Run(CancellationToken cancellation = default)
    {
        using var shelf = new RunShelf(_options.Folder);
        _done = 0;
        _observer?.Planned(Plan);
        var entries = _options.Contenders.Select(contender => new Entry(contender)).ToList();
        bool interrupted = false;
        try
        {
            for (int i = 0; i < Plan.Trials; i++)
            {
                entries.ForEach(entry => Try(entry, shelf, cancellation));
            }

            for (int i = 0; i < Plan.Seeds; i++)
            {
                entries.ForEach(entry => Report(entry, unchecked(_options.Recipe.Seed + (ulong)i), shelf, cancellation));
            }
        }
        catch (OperationCanceledException) when (entries.Exists(entry => entry.Trials.Count > 0))
        {
            interrupted = true;
        }

        return ComparisonReport.Of(_options, Plan, [.. entries.Select(e => (e.Contender, (IReadOnlyList<RateTrial>)e.Trials, (IReadOnlyList<ComparedRun>)e.Runs))], interrupted);
    }

    private void Try(Entry entry, RunShelf shelf, CancellationToken cancellation)
    {
        double eta = RateSearch.Next(entry.Trials, entry.Contender.DefaultEta, _options.Factor);
        var run = Get(RunRequest.Trial(_options, Plan, _parts, entry.Contender, eta), shelf, cancellation);
        entry.Trials.Add(new RateTrial(run.Eta, run.Rate, run.HeldOutLoss));
    }

    private void Report(Entry entry, ulong seed, RunShelf shelf, CancellationToken cancellation)
    {
        if (RateSearch.Choose(entry.Trials) is { } best)
        {
            entry.Runs.Add(Get(RunRequest.Reported(_options, Plan, _parts, entry.Contender, best.Eta, seed), shelf, cancellation));
        }
        else
        {
            _done += Plan.RunSteps;
        }
    }

    private ComparedRun Get(RunRequest request, RunShelf shelf, CancellationToken cancellation)
    {
        long steps = request.Tuning ? Plan.TrialSteps : Plan.RunSteps;
        var elapsed = TimeSpan.Zero;
        var run = shelf.TryFind(request.Key);
        if (run is null)
        {
            long begun = _time.GetTimestamp();
            string what = request.Tuning ? $"{request.Contender.Label}, tuning" : $"{request.Contender.Label}, seed {request.Options.Seed}";
            run = RunRecorder.Run(
                request, _time, step => _observer?.Step(what, _done + step, Plan.Steps), message => _observer?.Notice(message), cancellation);
            shelf.Add(run);
            elapsed = _time.GetElapsedTime(begun);
        }

        _done += steps;
        _observer?.Finished(run, elapsed, _done, Plan.Steps);
        return run;
    }

    private sealed record Entry(Contender Contender)
    {
        public List<RateTrial> Trials { get; } = [];

        public List<ComparedRun> Runs { get; } = [];
    }
}
