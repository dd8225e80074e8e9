using System.Globalization;
using Nonsmooth.Cli.Output;
using Nonsmooth.Training.Engine;

namespace Nonsmooth.Cli.Training;

/// <summary>Shows a run's loss and accuracy on a progress bar, and keeps what the user should read.</summary>
internal class BarObserver(ProgressBar bar, string title, Action<string>? tell = null) : ITrainingObserver
{
    private readonly List<string> _notices = [];

    /// <summary>What the engine had to say, in order.</summary>
    public IReadOnlyList<string> Notices => _notices;

    /// <summary>What the last test came to, as the end of a sentence.</summary>
    protected string Accuracy { get; private set; } = "";

    public virtual void Step(in StepReport report)
    {
        string text = string.Create(CultureInfo.InvariantCulture, $"{title}: epoch {report.Epoch}, loss {report.Loss:F3}{Accuracy}");
        bar.Report(report.Step, report.Steps, text);
    }

    public virtual void EpochEnded(EpochReport report)
    {
        Accuracy = double.IsNaN(report.TestAccuracy) ? $", test {Numbers.Digits(report.TestLoss)}" : $", test {Numbers.Percent(report.TestAccuracy)}";
        tell?.Invoke($"{title}: epoch {report.Epoch}, step {report.Step}, loss {Numbers.Digits(report.TrainLoss, 4)}{Accuracy}, {Numbers.Seconds(report.Seconds)}");
    }

    public void Notice(string message) => _notices.Add(message);
}
