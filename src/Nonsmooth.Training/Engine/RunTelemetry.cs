using Nonsmooth.LibTorch.Tensors;
using Nonsmooth.Reliability.Ties;
using Nonsmooth.Training.Telemetry;

namespace Nonsmooth.Training.Engine;

/// <summary>What a run tells while it trains: tie counts of sampled steps, and curves for TensorBoard.</summary>
/// <remarks>The counts are taken on the step's own gradient program as it runs: nothing is computed twice.</remarks>
internal sealed class RunTelemetry : IDisposable
{
    private readonly GradientProgram _gradient;
    private readonly int _every;
    private readonly ITrainingObserver? _observer;
    private readonly TieObserver? _ties;
    private readonly TelemetryFile? _file;
    private readonly EventFile? _events;

    /// <summary>Opens the files of the options' folder, of which so many steps are done.</summary>
    public RunTelemetry(GradientProgram gradient, TrainingOptions options, string? folder, long stepsDone, ITrainingObserver? observer, TimeProvider time)
    {
        (_gradient, _every, _observer) = (gradient, options.TelemetryEverySteps, observer);
        try
        {
            _ties = _every > 0 ? new TieObserver(gradient.Source, gradient.Program, options.Precision, options.Telemetry) : null;
            _file = _every > 0 && folder is not null ? new TelemetryFile(folder, stepsDone) : null;
            _events = options.TensorBoard && folder is not null ? new EventFile(folder, stepsDone, time) : null;
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Runs the gradient of a step, counting if it is the step's turn: the first and then every so many.</summary>
    public double Run(long step, BatchTensors batch) =>
        _ties is not null && (step - 1) % _every == 0 ? Sample(_ties, step, batch) : _gradient.Run(batch);

    /// <summary>Adds a step to the curves.</summary>
    public void StepEnded(long step, double loss) => _events?.Add(step, [("loss/step", loss)]);

    /// <summary>Adds an epoch to the curves.</summary>
    public void EpochEnded(EpochReport report)
    {
        _events?.Add(report.Step, 
        [
            ("loss/train", report.TrainLoss), ("loss/test", report.TestLoss), .. report.Metrics.Select(m => ($"{m.Key}/test", m.Value)), ("rate", report.Rate),
        ]);
        _events?.Flush();
    }

    public void Dispose()
    {
        _ties?.Dispose();
        _file?.Dispose();
        _events?.Dispose();
    }

    private double Sample(TieObserver ties, long step, BatchTensors batch)
    {
        ties.Clear();
        _gradient.Observer = ties.Observe;
        try
        {
            double loss = _gradient.Run(batch);
            var report = ties.Report;
            _file?.Add(step, report, ties.Ranges, ties.Times);
            _events?.Add(step, report.Sites.SelectMany(Curves));
            _events?.Flush();
            TorchTensor[] inputs = [.. batch.Unseeded];
            _observer?.Counted(step, report, inputs);
            return loss;
        }
        finally
        {
            _gradient.Observer = null;
        }
    }

    private static IEnumerable<(string Tag, double Value)> Curves(TieCount site)
    {
        yield return ($"ties/{site.Site}", site.TiedPart);
        if (site.Active is { } active)
        {
            yield return ($"active/{site.Site}", site.Places > 0 ? (double)active / site.Places : 0);
        }
    }
}
