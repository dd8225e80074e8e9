using Nonsmooth.Optimizers;
using Nonsmooth.Training.Engine;

namespace Nonsmooth.Training.Comparisons;

/// <summary>Does one run, evaluating the held-out part along it.</summary>
internal sealed class RunRecorder : ITrainingObserver
{
    private readonly RunRequest _request;
    private readonly Action<long> _step;
    private readonly Action<string> _notice;
    private readonly CancellationToken _cancellation;
    private readonly List<CurvePoint> _curve = [];
    private long _steps;
    private Func<(double Seconds, double Loss, double Accuracy)?>? _measure;

    private RunRecorder(RunRequest request, Action<long> step, Action<string> notice, CancellationToken cancellation) =>
        (_request, _step, _notice, _cancellation) = (request, step, notice, cancellation);

    /// <summary>Trains to the end or until it diverges.</summary>
    /// <param name="request">The run.</param>
    /// <param name="time">The clock.</param>
    /// <param name="step">Told every step that is done.</param>
    /// <param name="notice">Told what the user should see.</param>
    /// <param name="cancellation">Stops between steps.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static ComparedRun Run(RunRequest request, TimeProvider time, Action<long> step, Action<string> notice, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return request.Refusal() is { } why
            ? Record(request) with { Diverged = why }
            : new RunRecorder(request, step, notice, cancellation).Train(time);
    }

    public void Step(in StepReport report)
    {
        _steps = report.Step;
        _step(_steps);
        if (_measure is not null && Due(report.Step, report.Steps) && _measure() is { } held)
        {
            _curve.Add(new CurvePoint(report.Step, held.Seconds, held.Loss, held.Accuracy));
        }
    }

    public void Notice(string message) => _notice($"{_request.Contender.Label}: {message}");

    private ComparedRun Train(TimeProvider time)
    {
        using var training = new TrainingRun(_request.Options, this, time);
        var session = training.Session;
        var evaluator = _request.Evaluations > 0 ? session.EvaluatorOf(_request.HeldOut) : null;
        _measure = evaluator is null ? null : () =>
            session.TryEvaluate(evaluator, _cancellation) is { } held ? (session.Stepping.TotalSeconds, held.Loss, held.Accuracy) : null;
        var run = Record(_request) with
        {
            StateBytes = session.Optimizer.States.Sum(s => s.Length * s.Format.Bytes()),
            Parameters = session.ParameterCount,
            Curve = _curve,
        };
        try
        {
            var result = training.Train(_cancellation);
            if (result.Interrupted)
            {
                throw new OperationCanceledException(_cancellation);
            }

            var (test, held) = (result.TestLoss!.Value, evaluator is null ? result.TestLoss!.Value : _curve[^1].Loss);
            run = !double.IsFinite(test) || !double.IsFinite(held)
                ? run with { Diverged = "the loss after the last step is not finite" }
                : _request.Tuning ? run with { HeldOutLoss = held }
                : run with { HeldOutLoss = held, TestLoss = test, TestAccuracy = result.TestAccuracy ?? double.NaN };
        }
        catch (DivergedException e)
        {
            run = run with { Diverged = e.Message };
        }

        return run with { Steps = _steps, Seconds = session.Stepping.TotalSeconds };
    }

    // Evenly along the run, the last at its end.
    private bool Due(long step, long steps) => step * _request.Evaluations / steps > (step - 1) * _request.Evaluations / steps;

    private static ComparedRun Record(RunRequest request) => new()
    {
        Key = request.Key,
        Contender = request.Contender.Label,
        Tuning = request.Tuning,
        Seed = request.Options.Seed,
        Eta = request.Eta,
        Rate = request.Options.Rate,
        Steps = 0,
        Seconds = 0,
    };
}
