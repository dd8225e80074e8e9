using System.Globalization;
using Nonsmooth.Optimizers;
using Nonsmooth.Optimizers.Workers;

namespace Nonsmooth.Training.Engine;

/// <summary>Takes one step: the gradients of its batches, their mean, and the optimizer's update. It allocates no managed memory.</summary>
internal sealed class StepRunner : IDisposable
{
    private readonly GradientProgram _gradient;
    private readonly Optimizer _optimizer;
    private readonly BatchFeed _feed;
    private readonly LossScaler? _scaler;
    private readonly GradientAccumulator? _accumulator;
    private readonly int _batches;
    private readonly bool _isDynamic;
    private readonly double? _clipNorm;
    private StepGuard? _guard;

    public StepRunner(
        TrainingOptions options, GradientProgram gradient, Optimizer optimizer, WorkerPool pool, BatchFeed feed, LossScaler? scaler)
    {
        (_gradient, _optimizer, _feed, _scaler) = (gradient, optimizer, feed, scaler);
        _batches = options.Accumulate;
        _isDynamic = options.Scale.GrowthSteps > 0;
        _accumulator = _batches > 1 ? new GradientAccumulator(optimizer.Slots, pool) : null;
        _clipNorm = options.ClipNorm;
    }

    /// <summary>Runs the first gradient of each step instead, and hears of its end.</summary>
    public RunTelemetry? Telemetry { private get; set; }

    /// <summary>Hears of borders that gradients went through.</summary>
    public BorderWatch? Borders { private get; init; }

    // Undoes the loss scale and makes a mean of the sum, as the update reads it.
    private double Factor => 1 / (_batches * (_scaler?.Scale ?? 1));

    /// <summary>Takes a step; where it comes back with a fault, parameters and optimizer are as they were.</summary>
    public StepOutcome Run(int epoch, int stepOfEpoch, long step, double rate)
    {
        double sum = 0;
        for (int i = 0; i < _batches; i++)
        {
            var batch = _feed.Take(epoch, (stepOfEpoch * _batches) + i, ((step - 1) * _batches) + i + 1);
            double loss = i == 0 && Telemetry is not null ? Telemetry.Run(step, batch) : _gradient.Run(batch);
            if (!double.IsFinite(loss))
            {
                return new StepOutcome(loss, $"the loss is {loss.ToString(CultureInfo.InvariantCulture)}");
            }

            sum += loss;
            _gradient.Follow();
            _accumulator?.Add(_gradient.Gradients, first: i == 0);
        }

        double mean = sum / _batches;
        if (Borders?.StepEnded(step) is { } borders)
        {
            return new StepOutcome(mean, borders, "change the layer or the start, or say --at-borders warn");
        }

        Telemetry?.StepEnded(step, mean);
        var gradients = _accumulator is null ? _gradient.Gradients : _accumulator.Sums;
        if (_scaler is null && _clipNorm is null)
        {
            _optimizer.Step(gradients, rate, Factor);
            return new StepOutcome(mean);
        }

        // Not before the first step: until then a scale may be restored.
        _guard ??= new StepGuard { GradientScale = Factor, MaxNorm = _clipNorm ?? double.PositiveInfinity };
        return Guarded(mean, _optimizer.Step(gradients, rate, _guard));
    }

    public void Dispose() => _accumulator?.Dispose();

    private StepOutcome Guarded(double loss, StepResult result)
    {
        if (_scaler is null)
        {
            return result.Skipped ? new StepOutcome(loss, "the gradient is not finite") : new StepOutcome(loss);
        }

        double scale = _scaler.Scale;
        if (result.Skipped)
        {
            _scaler.Failed();
        }
        else
        {
            _scaler.Succeeded();
        }

        if (_scaler.Scale != scale)
        {
            _guard = _guard! with { GradientScale = Factor };
        }

        return _scaler.SkippedInRow < LossScaler.MostSkips
            ? new StepOutcome(loss)
            : new StepOutcome(
                loss,
                string.Create(CultureInfo.InvariantCulture, $"the gradient was not finite in {LossScaler.MostSkips} steps in a row, the last of them with a loss scale of {scale},"),
                _isDynamic ? "lower the rate, or use a wider precision" : "lower the loss scale, or make it dynamic");
    }
}
