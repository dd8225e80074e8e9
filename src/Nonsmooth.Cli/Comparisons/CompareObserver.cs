using Nonsmooth.Cli.Output;
using Nonsmooth.Training.Comparisons;

namespace Nonsmooth.Cli.Comparisons;

/// <summary>Shows a comparison's progress on a bar, and keeps what the user should read.</summary>
internal sealed class CompareObserver(ProgressBar bar) : IComparisonObserver
{
    private readonly List<string> _notices = [];
    private int _runs;
    private int _finished;

    /// <summary>What there was to say, in order, each once.</summary>
    public IReadOnlyList<string> Notices => [.. _notices.Distinct()];

    public void Planned(ComparisonPlan plan) => _runs = plan.Runs;

    public void Step(string what, long done, long steps) => bar.Report(done, steps, $"run {_finished + 1} of {_runs}: {what}");

    public void Finished(ComparedRun run, TimeSpan elapsed, long done, long steps) => _finished++;

    public void Notice(string message) => _notices.Add(message);
}
