using System.CommandLine;
using Nonsmooth.Cli.Documents;
using Nonsmooth.Cli.Output;
using Nonsmooth.Training.Engine;

namespace Nonsmooth.Cli.Training;

/// <summary>What a training run came to, as a report.</summary>
internal static class TrainDocument
{
    public static Document Of(TrainReport report) => new Document(report, $"{report.Network} on {report.Data} with {report.Optimizer}")
        .Table(
            report.History,
        [
            (Column.Count("epoch"), e => e.Epoch),
            (Column.Count("step"), e => e.Step),
            (Column.Digits("rate"), e => e.Rate),
            (Column.Digits("train loss", 4), e => e.TrainLoss),
            (Column.Digits("test loss", 4), e => e.TestLoss),
            .. report.Metrics.Keys.Select(Measured),
            (Column.Time("time"), e => e.Seconds),
        ])
        .Say(Sentences(report));

    private static (Column Column, Func<EpochReport, object?> Value) Measured(string metric) =>
        (metric == EvaluationResult.AccuracyName ? Column.Percent($"test {metric}", 2) : Column.Digits($"test {metric}", 4), e => e.Metrics.Find(metric));

    private static IEnumerable<string> Sentences(TrainReport report)
    {
        if (report.TestAccuracy is { } accuracy)
        {
            string what = report.BitsPerToken is null ? "of the test examples are classified rightly" : "of the test tokens are predicted rightly";
            yield return $"{Numbers.Percent(accuracy, 2)} {what} after {Numbers.Whole(report.Epochs)} epochs, {Numbers.Whole(report.Steps)} steps and {Numbers.Seconds(report.Seconds)}.";
        }

        else if (report.TestLoss is { } loss)
        {
            yield return $"The test loss is {Numbers.Digits(loss, 4)} after {Numbers.Whole(report.Epochs)} epochs, {Numbers.Whole(report.Steps)} steps and {Numbers.Seconds(report.Seconds)}.";
        }

        if (report is { Perplexity: { } perplexity, BitsPerToken: { } bits })
        {
            yield return $"The test text has {Numbers.Digits(bits, 4)} bits a token, a perplexity of {Numbers.Digits(perplexity, 4)}.";
        }

        if (report.WaitShare is { } wait)
        {
            yield return $"{Numbers.Percent(wait, 2)} of the training time was spent waiting for data.";
        }

        if (report.ExposedShare is { } exposed)
        {
            yield return $"{Numbers.Whole(report.Ranks)} ranks shared each step; {Numbers.Percent(exposed, 2)} of the training time was spent waiting for sums over them.";
        }

        if (report.StoppedEarly)
        {
            yield return "It ended early: the last epochs were no better than the best one before them.";
        }

        if (report.LossScale is { } scale)
        {
            yield return $"The loss scale ended at {Numbers.Digits(scale)}; {Numbers.Whole(report.StepsSkipped)} steps were skipped, for their gradient was not finite.";
        }

        if (report.Memory is { } memory)
        {
            yield return $"Within {Numbers.Bytes(memory.Budget)}, loss and gradient hold {Numbers.Bytes(memory.Peak)} at their peak"
                + (memory.Recomputed == 0 ? " and compute nothing again." : $" and compute {Numbers.Scaled(memory.Recomputed)} operations of the forward pass again in every step.");
        }

        foreach (var (kind, path) in report.Files)
        {
            yield return $"{kind}: {path}";
        }
    }

    /// <summary>What to say of a run that was stopped.</summary>
    public static string HowToResume(ParseResult parsed, TrainingOptions options, TrainingResult result)
    {
        if (options.OutputFolder is null)
        {
            return $"interrupted after step {Numbers.Whole(result.Steps)}; nothing is saved, for there is no --out folder";
        }

        var words = parsed.Tokens.Select(t => t.Value.Contains(' ', StringComparison.Ordinal) ? $"\"{t.Value}\"" : t.Value).Where(w => w != "--resume");
        return $"interrupted after step {Numbers.Whole(result.Steps)}, which is saved; go on with: nonsmooth {string.Join(' ', words)} --resume";
    }
}
