using System.CommandLine;
using Nonsmooth.Cli.Output;
using Nonsmooth.Training.Engine;

namespace Nonsmooth.Cli.Training;

/// <summary>Shows what a training run came to.</summary>
internal static class TrainPage
{
    public static void Show(TrainReport report, Page page)
    {
        page.Heading($"{report.Network} on {report.Data} with {report.Optimizer}");
        page.Table(
            [">epoch", ">step", ">rate", ">train loss", ">test loss", .. report.Metrics.Keys.Select(name => $">test {name}"), ">time"],
            report.History.Select(e => (string[])
            [
                Numbers.Whole(e.Epoch), Numbers.Whole(e.Step), Numbers.Digits(e.Rate), Numbers.Digits(e.TrainLoss, 4), Numbers.Digits(e.TestLoss, 4),
                .. e.Metrics.Select(m => m.Key == EvaluationResult.AccuracyName ? Numbers.Percent(m.Value, 2) : Numbers.Digits(m.Value, 4)), Numbers.Seconds(e.Seconds),
            ]));
        if (report.TestAccuracy is { } accuracy)
        {
            string what = report.BitsPerToken is null ? "of the test examples are classified rightly" : "of the test tokens are predicted rightly";
            page.Say($"{Numbers.Percent(accuracy, 2)} {what} after {Numbers.Whole(report.Epochs)} epochs, {Numbers.Whole(report.Steps)} steps and {Numbers.Seconds(report.Seconds)}.");
        }

        else if (report.TestLoss is { } loss)
        {
            page.Say($"The test loss is {Numbers.Digits(loss, 4)} after {Numbers.Whole(report.Epochs)} epochs, {Numbers.Whole(report.Steps)} steps and {Numbers.Seconds(report.Seconds)}.");
        }

        if (report is { Perplexity: { } perplexity, BitsPerToken: { } bits })
        {
            page.Say($"The test text has {Numbers.Digits(bits, 4)} bits a token, a perplexity of {Numbers.Digits(perplexity, 4)}.");
        }

        if (report.WaitShare is { } wait)
        {
            page.Say($"{Numbers.Percent(wait, 2)} of the training time was spent waiting for data.");
        }

        if (report.StoppedEarly)
        {
            page.Say("It ended early: the last epochs were no better than the best one before them.");
        }

        if (report.LossScale is { } scale)
        {
            page.Say($"The loss scale ended at {Numbers.Digits(scale)}; {Numbers.Whole(report.StepsSkipped)} steps were skipped, for their gradient was not finite.");
        }

        if (report.Memory is { } memory)
        {
            page.Say($"Within {Numbers.Bytes(memory.Budget)}, loss and gradient hold {Numbers.Bytes(memory.Peak)} at their peak"
                + (memory.Recomputed == 0 ? " and compute nothing again." : $" and compute {Numbers.Scaled(memory.Recomputed)} operations of the forward pass again in every step."));
        }

        foreach (var (kind, path) in report.Files)
        {
            page.Say($"{kind}: {path}");
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
