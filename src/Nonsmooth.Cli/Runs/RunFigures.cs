using Nonsmooth.Cli.Output;

namespace Nonsmooth.Cli.Runs;

/// <summary>The three numbers beside the answer.</summary>
internal static class RunFigures
{
    private const string None = "–";

    /// <summary>What each is, and the number.</summary>
    public static IReadOnlyList<(string Name, string Value)> Of(IReadOnlyList<RunRecord> runs) => runs is [var run] ? Alone(run) : Several(runs);

    private static IReadOnlyList<(string, string)> Alone(RunRecord run) =>
    [
        run.TestAccuracy is { } accuracy ? ("test accuracy", Numbers.Percent(accuracy, 2)) : ("test loss", run.TestLoss is { } loss ? Numbers.Digits(loss, 4) : None),
        ("training loss", run.TrainLoss is { } train ? Numbers.Digits(train, 4) : None),
        run.State == RunState.Running ? ("steps done", $"{Numbers.Whole(run.StepsDone)} of {Numbers.Whole(run.Steps)}") : ("time", Numbers.Seconds(run.Seconds)),
    ];

    private static IReadOnlyList<(string, string)> Several(IReadOnlyList<RunRecord> runs)
    {
        RunRecord[] measured = [.. runs.Where(r => r.History.Count > 0)];
        var best = RunMeasure.Common(measured) is { } measure && runs.Select(r => r.Data).Distinct().Count() == 1
            && measure.Best(measured, r => measure.Of(r)!.Value).First() is var first ? ($"best {measure.Name}: {first.Name}", measure.Show(measure.Of(first)!.Value)) : ("best result", None);
        return
        [
            best,
            runs.Where(r => r.SecondsPerStep is not null).MinBy(r => r.SecondsPerStep) is { } quick ? ($"shortest step: {quick.Name}", Numbers.Seconds(quick.SecondsPerStep!.Value)) : ("shortest step", None),
            ("complete", $"{runs.Count(r => r.State is RunState.Complete or RunState.StoppedEarly)} of {runs.Count}"),
        ];
    }
}
