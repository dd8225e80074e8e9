using System.Globalization;
using Nonsmooth.Cli.Output;
using Nonsmooth.Training.Engine;

namespace Nonsmooth.Cli.Training;

/// <summary>Also writes a line after each epoch and after each minute, for a log that nobody watches.</summary>
internal sealed class LineObserver(ProgressBar bar, string title, Action<string> note, TimeProvider time) : BarObserver(bar, title)
{
    private static readonly TimeSpan _often = TimeSpan.FromMinutes(1);
    private readonly string _title = title;
    private long _last = time.GetTimestamp();
    private StepReport _step;

    public override void Step(in StepReport report)
    {
        base.Step(report);
        _step = report;
        if (time.GetElapsedTime(_last) >= _often)
        {
            Say(string.Create(CultureInfo.InvariantCulture, $"loss {report.Loss:F3}"));
        }
    }

    public override void EpochEnded(EpochReport report)
    {
        base.EpochEnded(report);
        Say(string.Create(CultureInfo.InvariantCulture, $"epoch {report.Epoch} is done, train loss {report.TrainLoss:F3}{Accuracy}"));
    }

    private void Say(string what)
    {
        _last = time.GetTimestamp();
        note(string.Create(CultureInfo.InvariantCulture, $"{_title}: step {_step.Step} of {_step.Steps}, {what}, {Numbers.Digits(_step.ImagesPerSecond)} examples/s"));
    }
}
