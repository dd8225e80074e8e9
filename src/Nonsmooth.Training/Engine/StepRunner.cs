using System.Globalization;
using Nonsmooth.Cluster;
using Nonsmooth.Optimizers;
using Nonsmooth.Training.Shards;

namespace Nonsmooth.Training.Engine;

/// <summary>Takes one step: the gradients of its batches and shards, their mean, and the optimizer's update. On one rank it allocates no managed memory.</summary>
internal sealed class StepRunner
{
    private readonly GradientProgram _gradient;
    private readonly StateShare _optimizer;
    private readonly BatchFeed _feed;
    private readonly LossScaler? _scaler;
    private readonly ShardPlan _plan;
    private readonly ICommunicator _ranks;
    private readonly StepNews _news;
    private readonly StepSums _sums;
    private readonly TimeProvider _time;
    private readonly bool _isDynamic;
    private readonly double? _clipNorm;
    private StepGuard? _guard;

    public StepRunner(
        TrainingOptions options, GradientProgram gradient, StepSums sums, StateShare optimizer, BatchFeed feed, LossScaler? scaler, ShardPlan plan, ICommunicator ranks, TimeProvider time)
    {
        (_gradient, _sums, _optimizer, _feed, _scaler, _plan, _ranks, _time) = (gradient, sums, optimizer, feed, scaler, plan, ranks, time);
        _isDynamic = options.Scale.GrowthSteps > 0;
        _news = new StepNews(ranks, plan);
        _clipNorm = options.ClipNorm;
    }

    /// <summary>Runs the first gradient of each step instead, and hears of its end.</summary>
    public RunTelemetry? Telemetry { private get; set; }

    /// <summary>Time that the optimizer took.</summary>
    public TimeSpan Updating { get; private set; }

    /// <summary>Hears of borders that gradients went through.</summary>
    public required BorderWatch Borders { private get; init; }

    // Undoes the loss scale and makes a mean of the sum, as the update reads it.
    private double Factor => 1 / (_plan.PerStep * (_scaler?.Scale ?? 1));

    /// <summary>Takes a step; where it comes back with a fault, parameters and optimizer are as they were.</summary>
    /// <param name="epoch">From 0.</param>
    /// <param name="stepOfEpoch">From 0.</param>
    /// <param name="step">From 1, of the whole run.</param>
    /// <param name="rate">The learning rate.</param>
    /// <param name="stop">Whether this rank asks all to end after the step.</param>
    public StepOutcome Run(int epoch, int stepOfEpoch, long step, double rate, bool stop)
    {
        _sums.Begin();
        for (int take = 0; take < _plan.Takes; take++)
        {
            var batch = _feed.Take(epoch, stepOfEpoch, take);
            _sums.BeginGradient(take);
            double loss = take == 0 && Telemetry is not null ? Telemetry.Run(step, batch) : _gradient.Run(batch);
            _news.Losses[take] = loss;
            if (!double.IsFinite(loss) && _ranks.Size == 1)
            {
                // The others of the step are not computed; zero is finite.
                _news.Losses[(take + 1)..].Clear();
                _news.Tell(stop);
                return Fault(_news.NotFinite()!.Value);
            }

            _sums.EndGradient();
        }

        _sums.Finish();
        _news.Tell(stop);
        double mean = _news.Mean();
        if (_news.NotFinite() is { } bad)
        {
            return Fault(bad);
        }

        if (BordersOf(step) is { } borders)
        {
            return new StepOutcome(mean, borders, "change the layer or the start, or say --at-borders warn");
        }

        Telemetry?.StepEnded(step, mean);
        long begun = _time.GetTimestamp();
        var outcome = Update(mean, rate);
        Updating += _time.GetElapsedTime(begun);
        if (outcome.Fault is null)
        {
            _sums.MoveBuffers();
        }

        return outcome with { Stop = _news.Stop };
    }

    private static StepOutcome Fault((double Loss, string Where) bad) =>
        new(bad.Loss, $"the loss is {bad.Loss.ToString(CultureInfo.InvariantCulture)}{bad.Where}");

    private StepOutcome Update(double mean, double rate)
    {
        var gradients = _sums.Gradients;
        if (_scaler is null && _clipNorm is null)
        {
            _optimizer.Step(gradients, rate, Factor);
            return new StepOutcome(mean);
        }

        // Not before the first step: until then a scale may be restored.
        _guard ??= new StepGuard { GradientScale = Factor, MaxNorm = _clipNorm ?? double.PositiveInfinity };
        return Guarded(mean, _optimizer.Step(gradients, rate, _guard));
    }

    private string? BordersOf(long step)
    {
        string? own = Borders.StepEnded(step);
        return _ranks.Size > 1 && Borders.Stops ? _ranks.AllGather(own ?? "").FirstOrDefault(text => text.Length > 0) : own;
    }

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
