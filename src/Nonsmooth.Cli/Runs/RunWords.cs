using Nonsmooth.Cli.Output;
using Nonsmooth.Training.Studies;

namespace Nonsmooth.Cli.Runs;

/// <summary>Runs in sentences.</summary>
internal static class RunWords
{
    private const double Risk = 0.05;
    private const int Few = 6;

    public static string Title(IReadOnlyList<RunRecord> runs) =>
        runs.Count == 1 ? $"{runs[0].Network} on {runs[0].Data} with {runs[0].Optimizer}" : $"{runs.Count} runs side by side";

    /// <summary>What the runs say, the answer first.</summary>
    public static IReadOnlyList<string> Verdict(IReadOnlyList<RunRecord> runs) =>
        runs.Count == 1 ? [.. Alone(runs[0])] : [.. Several(runs), .. runs.Select(run => Unfinished(run, run.Name)).OfType<string>()];

    /// <summary>Where a run stands, in a word or two.</summary>
    public static string State(RunState state) => state switch
    {
        RunState.Running => "running",
        RunState.Complete => "complete",
        RunState.StoppedEarly => "stopped early",
        RunState.Interrupted => "interrupted",
        _ => "broken off",
    };

    private static IEnumerable<string> Alone(RunRecord run)
    {
        string after = $"after {Numbers.Whole(run.History.Count)} of {Numbers.Count(run.Epochs, "epoch")} and {Numbers.Seconds(run.Seconds)}";
        yield return run.TestAccuracy is { } accuracy ? $"{Numbers.Percent(accuracy, 2)} of the test examples are answered rightly {after}."
            : run.TestLoss is { } loss ? $"The test loss is {Numbers.Digits(loss, 4)} {after}."
            : "Nothing can be said of unseen examples yet: the first epoch is not done.";
        if (Unfinished(run, "The run") is { } unfinished)
        {
            yield return unfinished;
        }
    }

    private static string? Unfinished(RunRecord run, string name)
    {
        string at = $"step {Numbers.Whole(run.StepsDone)} of {Numbers.Whole(run.Steps)}";
        return run.State switch
        {
            RunState.Running => $"{name} is still going: {at}.",
            RunState.Interrupted => $"{name} was stopped at {at}: the same command with --resume goes on.",
            RunState.BrokenOff => $"{name} was broken off at {at}, by a kill or an error: the same command with --resume goes on from its last checkpoint.",
            RunState.StoppedEarly => $"{name} ended early: its last epochs were no better than the best one before them.",
            _ => null,
        };
    }

    private static IEnumerable<string> Several(IReadOnlyList<RunRecord> runs)
    {
        string[] data = [.. runs.Select(run => run.Data).Distinct()];
        RunRecord[] measured = [.. runs.Where(run => run.History.Count > 0)];
        if (data.Length > 1)
        {
            yield return $"These runs are of different data ({string.Join(", ", data)}), so their results cannot be compared.";
        }
        else if (measured.Length < 2 || RunMeasure.Common(measured) is not { } measure)
        {
            yield return measured.Length < 2 ? "There is nothing to compare yet: fewer than two of the runs have finished an epoch."
                : "These runs cannot be compared: no measure is finite in all of them.";
        }
        else
        {
            yield return Compared(RunGroup.Of(measured), measure);
        }

        RunSetting[] differing = [.. RunSheet.Rows(runs).Where(row => row.Differs())];
        string[] names = [.. differing.Where(row => !row.Key.Contains('.', StringComparison.Ordinal)).Select(row => row.Key)];
        if (names.Length is > 0 and <= Few)
        {
            yield return $"They differ in {string.Join(", ", names)}{(differing.Any(row => row.Key.StartsWith("optimizer.", StringComparison.Ordinal)) ? " and settings of the optimizer" : "")}.";
        }

        if (runs.All(run => run.State == RunState.Complete) && runs.MinBy(run => run.Seconds) is { } quick && runs.MaxBy(run => run.Seconds) is { } slow && slow.Seconds > quick.Seconds)
        {
            yield return $"{quick.Name} took the least time, {Numbers.Seconds(quick.Seconds)}; {slow.Name} the most, {Numbers.Seconds(slow.Seconds)}.";
        }
    }

    private static string Compared(IReadOnlyList<RunGroup> groups, RunMeasure measure)
    {
        if (groups.Count == 1)
        {
            return Spread(groups[0].Runs, measure);
        }

        RunGroup[] order = [.. measure.Best(groups, group => group.Mean(measure))];
        var (best, next) = (order[0], order[1]);
        double apart = Math.Abs(best.Mean(measure) - next.Mean(measure));
        string values = $"{best.Name} {measure.Show(best.Mean(measure))}, {next.Name} {measure.Show(next.Mean(measure))}";
        if (apart == 0)
        {
            return $"{best.Name} and {next.Name} end with the same {measure.Name}, {measure.Show(best.Mean(measure))}{(groups.Count > 2 ? ", the best of all" : "")}.";
        }

        // Which two are first is seen before they are compared: any two could be.
        var difference = MeanDifference.Of(best.Differences(next, measure), 2 * Risk / (groups.Count * (groups.Count - 1)));
        return difference switch
        {
            { HasInterval: false } => $"{best.Name} ended best by {measure.Name}, {measure.Apart(apart)} ahead of {next.Name} ({values}), but {Seeds(difference.Pairs)} cannot tell a better setting from luck: nonsmooth compare runs enough.",
            { IncludesZero: true } => $"{best.Name} and {next.Name} cannot be told apart by {measure.Name}, over {difference.Pairs} seeds that both have ({values}).",
            _ => $"{best.Name} is better than {next.Name} by {measure.Name}: by {Between(measure.Apart(Math.Min(Math.Abs(difference.Low), Math.Abs(difference.High))), measure.Apart(Math.Max(Math.Abs(difference.Low), Math.Abs(difference.High))))}, over {difference.Pairs} seeds that both have.",
        };
    }

    private static string Between(string least, string most) => least == most ? least : $"{least} to {most}";

    private static string Spread(IReadOnlyList<RunRecord> runs, RunMeasure measure)
    {
        double[] values = [.. runs.Select(run => measure.Of(run)!.Value).Order()];
        string between = values[0] == values[^1] ? $"all have a {measure.Name} of {measure.Show(values[0])}"
            : $"their {measure.Name} is between {measure.Show(values[0])} and {measure.Show(values[^1])}";
        int seeds = runs.Select(run => run.Seed).Distinct().Count();
        return seeds == 1 ? $"These runs have the same settings and the same seed: {between}." : $"These runs differ in their seed alone: {between}, which is what luck does.";
    }

    private static string Seeds(int pairs) => pairs switch
    {
        0 => "no seed that both have",
        1 => "one seed each",
        _ => $"{pairs} seeds each",
    };
}
