using System.Runtime.ExceptionServices;
using Nonsmooth.Data;
using Nonsmooth.Optimizers.Workers;

namespace Nonsmooth.Training.Engine;

/// <summary>Prepares the next batch on other threads while one is trained on: two batches in turn.</summary>
/// <remarks>A batch is a pure function of its place in the run, so the bits depend neither on the workers nor on when they run.</remarks>
internal sealed class BatchFeed : IDisposable
{
    private readonly BatchTensors[] _batches;
    private readonly BatchOrder _order;
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
    /// <param name="batches">Two of the order's size; they become the feed's own.</param>
    public BatchFeed(BatchOrder order, int epochs, int workers, TimeProvider time, params BatchTensors[] batches)
    {
        (_order, _epochs, _time, _batches) = (order, epochs, time, batches);
        _filling = new Filling(order, batches[0]);
        _workers = new WorkerPool(workers);
        BatchesPerEpoch = order.BatchesPerEpoch;
        _thread = new Thread(Loop) { IsBackground = true, Name = "nonsmooth batches" };
        _thread.Start();
    }

    /// <summary>Batches of an epoch that are taken. Default all of the order's.</summary>
    public int BatchesPerEpoch { get; init; }

    /// <summary>How long <see cref="Take"/> has waited for batches, those included that nobody could have prepared.</summary>
    public TimeSpan Waited { get; private set; }

    /// <summary>The batch of a place in the run, valid until the next one is taken; starts on the one after it.</summary>
    public BatchTensors Take(int epoch, int batch, long step)
    {
        long begun = _time.GetTimestamp();
        var place = new Place(epoch, batch, step);
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

    private Place? Next(Place place)
    {
        bool last = place.Batch + 1 == BatchesPerEpoch;
        return last && place.Epoch + 1 >= _epochs
            ? null
            : last ? new Place(place.Epoch + 1, 0, place.Step + 1) : place with { Batch = place.Batch + 1, Step = place.Step + 1 };
    }

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

    private readonly record struct Place(int Epoch, int Batch, long Step);

    private sealed class Filling(BatchOrder order, BatchTensors first) : IWorkerTask
    {
        private EpochOrder? _examples;
        private EpochDraw _draw;
        private Place _place = new(-1, 0, 0);

        public BatchTensors Batch { get; set; } = first;

        public void Begin(Place place)
        {
            _examples = place.Epoch == _place.Epoch ? _examples : order.Epoch(place.Epoch);
            (_place, _draw) = (place, new EpochDraw(order.Seed, place.Epoch));
            Batch.Step(place.Step);
        }

        public void Execute(int worker, int workers) => Batch.FillShare(_examples!.Batch(_place.Batch), worker, workers, _draw);
    }
}
