using Nonsmooth.LibTorch.Tensors;
using Nonsmooth.Reliability.Ties;
using Nonsmooth.Training.Engine;

namespace Nonsmooth.Training.Tests.Engine;

/// <summary>Keeps what a trainer reports, and can cancel at a step or in an evaluation.</summary>
internal sealed class Recorder : ITrainingObserver, IDisposable
{
    private readonly CancellationTokenSource _source = new();

    public long CancelAtStep { get; init; } = -1;

    public CancellationToken Token => _source.Token;

    public TrainingPlan? Plan { get; private set; }

    public List<StepReport> Steps { get; } = [];

    public List<EpochReport> Epochs { get; } = [];

    public List<string> Notices { get; } = [];

    public List<(long Step, TieReport Report)> Counts { get; } = [];

    public void Started(TrainingPlan plan) => Plan = plan;

    public void Step(in StepReport report)
    {
        Steps.Add(report);
        if (report.Step == CancelAtStep)
        {
            _source.Cancel();
        }
    }

    public void EpochEnded(EpochReport report) => Epochs.Add(report);

    public void Counted(long step, TieReport report, IReadOnlyList<TorchTensor> inputs) => Counts.Add((step, report));

    public void Notice(string message) => Notices.Add(message);

    public void Dispose() => _source.Dispose();
}
