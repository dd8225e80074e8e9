using System.Globalization;
using Nonsmooth.Cluster;
using Nonsmooth.Optimizers;
using Nonsmooth.Optimizers.Workers;
using Nonsmooth.Training.Shards;

namespace Nonsmooth.Training.Engine;

/// <summary>Takes one step: the gradients of its batches and shards, their mean, and the optimizer's update. On one rank it allocates no managed memory.</summary>
internal sealed class StepRunner : IDisposable
{
    private readonly GradientProgram _gradient;
    private readonly StateShare _optimizer;
    private readonly BatchFeed _feed;
    private readonly LossScaler? _scaler;
    private readonly ShardPlan _plan;
    private readonly ICommunicator _ranks;
    private readonly StepNews _news;
    private readonly GradientSum? _sum;
    private readonly BucketSum? _buckets;
    private readonly BufferShards? _buffers;
    private readonly Action<int, nint>? _ready;
    private readonly bool[] _added;
    private readonly bool _isDynamic;
    private readonly double? _clipNorm;
    private StepGuard? _guard;
    private int _complete;

    public StepRunner(
        TrainingOptions options, GradientProgram gradient, StateShare optimizer, WorkerPool pool, BatchFeed feed, LossScaler? scaler, ShardPlan plan, ICommunicator ranks, IReadOnlyList<ParameterSlot> slots, BufferSet buffers, TimeProvider time)
    {
        (_gradient, _optimizer, _feed, _scaler, _plan, _ranks) = (gradient, optimizer, feed, scaler, plan, ranks);
        _isDynamic = options.Scale.GrowthSteps > 0;
        _news = new StepNews(ranks, plan);
        _sum = plan.PerStep > 1 ? new GradientSum(slots, pool, plan, ranks.Size > 1 ? gradient.Order : null) : null;
        _buffers = plan.IsSharded && buffers.Length > 0 ? new BufferShards(buffers, plan, ranks) : null;
        _added = new bool[slots.Count];
        if (ranks.Size > 1 && _sum is not null)
        {
            _buckets = new BucketSum(ranks, _sum.Numbers, _sum.Order.Select(_sum.End), options.BucketLength, time);
            _ready = Ready;
        }

        _clipNorm = options.ClipNorm;
    }

    /// <summary>Runs the first gradient of each step instead, and hears of its end.</summary>
    public RunTelemetry? Telemetry { private get; set; }

    /// <summary>Hears of borders that gradients went through.</summary>
    public required BorderWatch Borders { private get; init; }

    /// <summary>Time that sums over ranks took, and that steps waited for them.</summary>
    public (TimeSpan Busy, TimeSpan Exposed) Communication => _buckets is null ? default : (_buckets.Busy, _buckets.Exposed);

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
        _sum?.Begin();
        _buffers?.Begin();
        for (int take = 0; take < _plan.Takes; take++)
        {
            var batch = _feed.Take(epoch, stepOfEpoch, take);
            bool last = take == _plan.Takes - 1 && _buckets is not null;
            if (last)
            {
                Begin();
            }

            double loss = take == 0 && Telemetry is not null ? Telemetry.Run(step, batch) : _gradient.Run(batch);
            _gradient.Ready = null;
            _news.Losses[take] = loss;
            if (!double.IsFinite(loss) && _ranks.Size == 1)
            {
                // The others of the step are not computed; zero is finite.
                _news.Losses[(take + 1)..].Clear();
                _news.Tell(stop);
                return Fault();
            }

            Follow();
            if (last)
            {
                _sum!.EndBatch();
            }
            else
            {
                _sum?.Add(_gradient.Gradients);
            }
        }

        _buckets?.Finish();
        _news.Tell(stop);
        double mean = _news.Mean();
        if (_news.NotFinite() is not null)
        {
            return Fault();
        }

        if (BordersOf(step) is { } borders)
        {
            return new StepOutcome(mean, borders, "change the layer or the start, or say --at-borders warn");
        }

        Telemetry?.StepEnded(step, mean);
        var outcome = Update(mean, rate);
        if (outcome.Fault is null)
        {
            _buffers?.Finish();
        }

        return outcome with { Stop = _news.Stop };
    }

    public void Dispose() => _buckets?.Dispose();

    private StepOutcome Fault()
    {
        var (loss, where) = _news.NotFinite()!.Value;
        return new StepOutcome(loss, $"the loss is {loss.ToString(CultureInfo.InvariantCulture)}{where}");
    }

    private StepOutcome Update(double mean, double rate)
    {
        var gradients = _sum is null ? _gradient.Gradients : _sum.Sums;
        if (_scaler is null && _clipNorm is null)
        {
            _optimizer.Step(gradients, rate, Factor);
            return new StepOutcome(mean);
        }

        // Not before the first step: until then a scale may be restored.
        _guard ??= new StepGuard { GradientScale = Factor, MaxNorm = _clipNorm ?? double.PositiveInfinity };
        return Guarded(mean, _optimizer.Step(gradients, rate, _guard));
    }

    private void Follow()
    {
        if (_plan.IsSharded)
        {
            _buffers?.Add(_gradient);
        }
        else
        {
            _gradient.Follow();
        }
    }

    // Sums over ranks begin while the last gradient is computed.
    private void Begin()
    {
        _buckets!.Begin();
        Array.Clear(_added);
        _complete = 0;
        _gradient.Ready = _ready;
    }

    private void Ready(int slot, nint gradient)
    {
        _sum!.Add(slot, gradient);
        _added[slot] = true;
        int before = _complete;
        while (_complete < _added.Length && _added[_sum.Order[_complete]])
        {
            _complete++;
        }

        if (_complete > before)
        {
            _buckets!.Ready(_sum.End(_sum.Order[_complete - 1]));
        }
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
