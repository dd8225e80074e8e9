using System.Runtime.ExceptionServices;
using Nonsmooth.Data;
using Nonsmooth.Optimizers.Workers;
using Nonsmooth.Training.Shards;

namespace Nonsmooth.Training.Engine;

/// <summary>Prepares the next batch on other threads while one is trained on: two batches in turn.</summary>
/// <remarks>A batch is a pure function of its place in the run, so the bits depend neither on the workers nor on when they run.</remarks>
internal sealed class BatchFeed : IDisposable
{
    private readonly BatchTensors[] _batches;
    private readonly ShardPlan _plan;
    private readonly int _epochs;
    private readonly TimeProvider _time;
    private readonly Filling _filling;
    private readonly WorkerPool _workers;
    private readonly Thread _thread;
    private readonly SemaphoreSlim _asked = new(0);
    private readonly SemaphoreSlim _done = new(0);
    private ExceptionDispatchInfo? _failure;
    private Place? _prepared;
    private int _turn;
    private bool _stopping;

    /// <summary>Starts the threads.</summary>
    /// <param name="order">Which of them make a batch.</param>
    /// <param name="epochs">After so many nothing is prepared.</param>
    /// <param name="workers">Threads that fill a batch, at least 1.</param>
    /// <param name="time">For <see cref="Waited"/>.</param>
    /// <param name="plan">Which of a step's batches are taken here.</param>
    /// <param name="batches">Two of the order's size; they become the feed's own.</param>
    public BatchFeed(BatchOrder order, int epochs, int workers, TimeProvider time, ShardPlan plan, params BatchTensors[] batches)
    {
        (_plan, _epochs, _time, _batches) = (plan, epochs, time, batches);
        StepsPerEpoch = order.BatchesPerEpoch / plan.PerStep;
        _filling = new Filling(order, plan, StepsPerEpoch, batches[0]);
        _workers = new WorkerPool(workers);
        _thread = new Thread(Loop) { IsBackground = true, Name = "nonsmooth batches" };
        _thread.Start();
    }

    /// <summary>Steps of an epoch; batches that make no whole step are left out.</summary>
    public int StepsPerEpoch { get; }

    /// <summary>How long <see cref="Take"/> has waited for batches, those included that nobody could have prepared.</summary>
    public TimeSpan Waited { get; private set; }

    /// <summary>The batch of a place in the run, valid until the next one is taken; starts on the one after it.</summary>
    /// <param name="epoch">From 0.</param>
    /// <param name="step">The step of the epoch, from 0.</param>
    /// <param name="take">Which of the step's batches that are taken here, from 0.</param>
    public BatchTensors Take(int epoch, int step, int take)
    {
        long begun = _time.GetTimestamp();
        var place = new Place(epoch, step, take);
        if (_prepared is { } prepared)
        {
            Collect();
            if (prepared != place)
            {
                _prepared = null;
            }
        }

        if (_prepared is null)
        {
            Ask(place);
            Collect();
        }

        Waited += _time.GetElapsedTime(begun);
        var taken = _batches[_turn];
        _prepared = null;
        _turn = 1 - _turn;
        if (Next(place) is { } next)
        {
            Ask(next);
        }

        return taken;
    }

    public void Dispose()
    {
        _stopping = true;
        _asked.Release();
        _thread.Join();
        _workers.Dispose();
        _asked.Dispose();
        _done.Dispose();
        foreach (var batch in _batches)
        {
            batch.Dispose();
        }
    }

    private Place? Next(Place place) =>
        place.Take + 1 < _plan.Takes ? place with { Take = place.Take + 1 }
        : place.Step + 1 < StepsPerEpoch ? new Place(place.Epoch, place.Step + 1, 0)
        : place.Epoch + 1 < _epochs ? new Place(place.Epoch + 1, 0, 0)
        : null;

    private void Ask(Place place)
    {
        _prepared = place;
        _filling.Batch = _batches[_turn];
        _asked.Release();
    }

    private void Collect()
    {
        _done.Wait();
        if (Interlocked.Exchange(ref _failure, null) is { } failure)
        {
            _prepared = null;
            failure.Throw();
        }
    }

    private void Loop()
    {
        while (true)
        {
            _asked.Wait();
            if (_stopping)
            {
                return;
            }

#pragma warning disable CA1031 // Kept and thrown again on the thread that trains.
            try
            {
                _filling.Begin(_prepared!.Value);
                _workers.Run(_filling);
            }
            catch (Exception failure)
            {
                _failure = ExceptionDispatchInfo.Capture(failure);
            }
#pragma warning restore CA1031
            _done.Release();
        }
    }

    private readonly record struct Place(int Epoch, int Step, int Take);

    private sealed class Filling(BatchOrder order, ShardPlan plan, int stepsPerEpoch, BatchTensors first) : IWorkerTask
    {
        private EpochOrder? _examples;
        private EpochDraw _draw;
        private Place _place = new(-1, 0, 0);
        private int _batch;

        public BatchTensors Batch { get; set; } = first;

        public void Begin(Place place)
        {
            _examples = place.Epoch == _place.Epoch ? _examples : order.Epoch(place.Epoch);
            (_place, _draw, _batch) = (place, new EpochDraw(order.Seed, place.Epoch), plan.Place(place.Step, place.Take));
            Batch.Step(((long)place.Epoch * stepsPerEpoch * plan.PerStep) + _batch + 1);
        }

        public void Execute(int worker, int workers) => Batch.FillShare(_examples!.Batch(_batch), worker, workers, _draw);
    }
}
