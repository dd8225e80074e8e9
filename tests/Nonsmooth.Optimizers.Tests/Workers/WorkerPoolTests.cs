using Nonsmooth.Tests.Shared;
using Nonsmooth.Optimizers.Workers;

namespace Nonsmooth.Optimizers.Tests.Workers;

public sealed class WorkerPoolTests
{
    [Trait("Speed", "Slow")]
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void Runs_each_share_once_per_dispatch(int threads)
    {
        using var pool = new WorkerPool(threads);
        var task = new CountingTask(threads);
        for (int i = 1; i <= 2_000; i++)
        {
            pool.Run(task);
            Assert.All(task.Counts, count => Assert.Equal(i, count));
        }
    }

    [Fact]
    public void Wakes_workers_that_have_parked()
    {
        using var pool = new WorkerPool(2);
        var task = new CountingTask(2);
        for (int i = 1; i <= 5; i++)
        {
            Thread.Sleep(30);
            pool.Run(task);
            Assert.Equal([i, i], task.Counts);
        }
    }

    [Fact]
    public void Waits_for_workers_slower_than_the_spin()
    {
        using var pool = new WorkerPool(3);
        var task = new SlowTask();
        pool.Run(task);
        Assert.Equal(3, task.Finished);
    }

    [Fact]
    public void Throws_the_lowest_failure_and_stays_usable()
    {
        using var pool = new WorkerPool(3);
        for (int i = 0; i < 3; i++)
        {
            var failure = Assert.Throws<ArithmeticException>(() => pool.Run(new FailingTask()));
            Assert.Equal("share 1", failure.Message);
        }

        var task = new CountingTask(3);
        pool.Run(task);
        Assert.Equal([1, 1, 1], task.Counts);
    }

    [Fact]
    public void Refuses_a_dispatch_inside_a_dispatch()
    {
        using var pool = new WorkerPool(2);
        Assert.Throws<InvalidOperationException>(() => pool.Run(new NestedTask(pool)));
    }

    [Fact]
    public void Allocates_nothing_per_dispatch()
    {
        using var pool = new WorkerPool(2);
        var task = new CountingTask(2);
        Assert.Equal(0, SteadyAllocation.Of(() => pool.Run(task), repeats: 1_000));
    }

    [Fact]
    public void Refuses_no_threads_and_use_after_disposal()
    {
        Assert.Contains("threads is 0", Assert.Throws<NonsmoothException>(() => new WorkerPool(0)).Message, StringComparison.Ordinal);
        var pool = new WorkerPool(2);
        pool.Dispose();
        pool.Dispose();
        Assert.Throws<ObjectDisposedException>(() => pool.Run(new CountingTask(2)));
    }

    private sealed class CountingTask(int workers) : IWorkerTask
    {
        public int[] Counts { get; } = new int[workers];

        public void Execute(int worker, int workers) => Counts[worker]++;
    }

    private sealed class SlowTask : IWorkerTask
    {
        private int _finished;

        public int Finished => _finished;

        public void Execute(int worker, int workers)
        {
            Thread.Sleep(worker * 40);
            Interlocked.Increment(ref _finished);
        }
    }

    private sealed class FailingTask : IWorkerTask
    {
        public void Execute(int worker, int workers)
        {
            if (worker > 0)
            {
                throw new ArithmeticException($"share {worker}");
            }
        }
    }

    private sealed class NestedTask(WorkerPool pool) : IWorkerTask
    {
        public void Execute(int worker, int workers)
        {
            if (worker == 1)
            {
                pool.Run(this);
            }
        }
    }
}
