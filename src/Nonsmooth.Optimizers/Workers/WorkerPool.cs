using System.Runtime.ExceptionServices;
using Nonsmooth.Settings;

namespace Nonsmooth.Optimizers.Workers;

/// <summary>
/// Persistent threads that run one task together: the caller is worker 0 and takes part.
/// </summary>
/// <remarks>
/// <para>
/// A dispatch wakes the workers, runs <see cref="IWorkerTask.Execute"/> once per worker and returns when
/// all are done; what they wrote is then visible to the caller. It allocates no managed memory.
/// Waiting workers spin for a short while, since training steps follow each other closely, and then park.
/// </para>
/// <para>
/// The pool chooses no shares: a task that cuts its work into contiguous ranges by (worker, workers) and
/// computes each element alone gives the same bits for any number of threads.
/// One dispatch at a time: a second one, from another thread or from inside a task, throws
/// <see cref="InvalidOperationException"/>.
/// </para>
/// </remarks>
public sealed class WorkerPool : IDisposable
{
    private const int SpinRounds = 2_000;

    private readonly Worker[] _workers;
    private readonly ExceptionDispatchInfo?[] _failures;
    private readonly AutoResetEvent _allDone = new(false);
    private IWorkerTask? _task;
    private int _pending;
    private int _callerParked;
    private int _running;
    private int _generation;
    private bool _disposed;

    /// <summary>Starts a pool of <paramref name="threads"/> workers, the caller among them.</summary>
    /// <param name="threads">At least 1; null for one per processor.</param>
    /// <exception cref="NonsmoothException"><paramref name="threads"/> is below 1, or above <see cref="ThreadLimit.Most"/>.</exception>
    public WorkerPool(int? threads = null)
    {
        int count = ThreadLimit.Check(threads ?? Environment.ProcessorCount, "threads");
        if (count < 1)
        {
            throw new NonsmoothException($"threads is {count}: give at least 1, or leave it out for one per processor");
        }

        _failures = new ExceptionDispatchInfo?[count];
        _workers = new Worker[count - 1];
        for (int i = 0; i < _workers.Length; i++)
        {
            _workers[i] = new Worker(this, i + 1);
        }
    }

    /// <summary>The number of workers, the caller included.</summary>
    public int Threads => _workers.Length + 1;

    /// <summary>Runs the task once on every worker and returns when all are done.</summary>
    /// <remarks>
    /// If shares throw, every worker still finishes, and the exception of the lowest-numbered one that
    /// failed is thrown here with its own stack trace. The pool stays usable.
    /// </remarks>
    /// <exception cref="InvalidOperationException">The pool is already running a task.</exception>
    public void Run(IWorkerTask task)
    {
        ArgumentNullException.ThrowIfNull(task);
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (Interlocked.Exchange(ref _running, 1) != 0)
        {
            throw new InvalidOperationException("The worker pool is already running a task.");
        }

        try
        {
            _task = task;
            Volatile.Write(ref _pending, _workers.Length);
            Interlocked.Increment(ref _generation);
            foreach (Worker worker in _workers)
            {
                worker.WakeIfParked();
            }

            ExecuteShare(0);
            WaitForWorkers();
            _task = null;
            ThrowFirstFailure();
        }
        finally
        {
            Volatile.Write(ref _running, 0);
        }
    }

    /// <summary>Stops and joins the threads.</summary>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        Interlocked.Increment(ref _generation);
        foreach (Worker worker in _workers)
        {
            worker.Dispose();
        }

        _allDone.Dispose();
    }

    private void ExecuteShare(int index)
    {
#pragma warning disable CA1031 // Kept and thrown again on the caller's thread once every worker is done.
        try
        {
            _task!.Execute(index, Threads);
        }
        catch (Exception failure)
        {
            _failures[index] = ExceptionDispatchInfo.Capture(failure);
        }
#pragma warning restore CA1031
    }

    private void WaitForWorkers()
    {
        for (int i = 0; i < SpinRounds; i++)
        {
            if (Volatile.Read(ref _pending) == 0)
            {
                return;
            }

            Thread.SpinWait(8);
        }

        // The worker that brings the count to 0 reads the flag after its decrement, and we read the count
        // after setting the flag: one of the two sees the other. A leftover signal only costs a round.
        Interlocked.Exchange(ref _callerParked, 1);
        while (Volatile.Read(ref _pending) != 0)
        {
            _allDone.WaitOne();
        }

        Interlocked.Exchange(ref _callerParked, 0);
    }

    private void ThrowFirstFailure()
    {
        ExceptionDispatchInfo? first = null;
        for (int i = _failures.Length - 1; i >= 0; i--)
        {
            first = _failures[i] ?? first;
            _failures[i] = null;
        }

        first?.Throw();
    }

    private sealed class Worker : IDisposable
    {
        private readonly WorkerPool _pool;
        private readonly int _index;
        private readonly AutoResetEvent _wake = new(false);
        private readonly Thread _thread;
        private int _parked;

        public Worker(WorkerPool pool, int index)
        {
            _pool = pool;
            _index = index;
            _thread = new Thread(Loop) { IsBackground = true, Name = $"nonsmooth worker {index}" };
            _thread.Start();
        }

        public void WakeIfParked()
        {
            if (Volatile.Read(ref _parked) != 0)
            {
                _wake.Set();
            }
        }

        public void Dispose()
        {
            _wake.Set();
            _thread.Join();
            _wake.Dispose();
        }

        private void Loop()
        {
            // Every pool starts at generation 0, so a dispatch made before this thread runs is not missed.
            int seen = 0;
            while (true)
            {
                seen = WaitForNext(seen);
                if (_pool._disposed)
                {
                    return;
                }

                _pool.ExecuteShare(_index);
                if (Interlocked.Decrement(ref _pool._pending) == 0 && Volatile.Read(ref _pool._callerParked) != 0)
                {
                    _pool._allDone.Set();
                }
            }
        }

        private int WaitForNext(int seen)
        {
            for (int i = 0; i < SpinRounds; i++)
            {
                int now = Volatile.Read(ref _pool._generation);
                if (now != seen)
                {
                    return now;
                }

                Thread.SpinWait(8);
            }

            Interlocked.Exchange(ref _parked, 1);
            int generation;
            while ((generation = Volatile.Read(ref _pool._generation)) == seen)
            {
                _wake.WaitOne();
            }

            Interlocked.Exchange(ref _parked, 0);
            return generation;
        }
    }
}
