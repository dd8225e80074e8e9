using System.Runtime.ExceptionServices;
using Nonsmooth.Cluster;

namespace Nonsmooth.Training.Shards;

/// <summary>Sums over ranks, bucket by bucket, on a thread of its own while the rest of the numbers is computed.</summary>
/// <remarks>Each number goes through the additions of <see cref="TreeSum"/>, whatever bucket it is in. All ranks have the same buckets and take them in one order.</remarks>
internal sealed class BucketSum : IDisposable
{
    /// <summary>Numbers of a bucket: long enough that its latency is small, short enough that the last one, which nothing hides, is.</summary>
    public const int UsualLength = 1 << 20;

    private readonly ICommunicator _ranks;
    private readonly float[] _numbers;
    private readonly float[] _scratch;
    private readonly int[] _ends;
    private readonly TimeProvider _time;
    private readonly Thread _thread;
    private readonly SemaphoreSlim _ready = new(0);
    private readonly SemaphoreSlim _done = new(0);
    private ExceptionDispatchInfo? _failure;
    private int _next;
    private volatile bool _stopping;

    /// <summary>Starts the thread.</summary>
    /// <param name="ranks">The ranks; between <see cref="Begin"/> and <see cref="Finish"/> nobody else speaks to them.</param>
    /// <param name="numbers">What is summed, in place.</param>
    /// <param name="ends">Where buckets may end, rising; the last is the length.</param>
    /// <param name="length">Numbers of a bucket at least, but for the last.</param>
    /// <param name="time">For <see cref="Busy"/> and <see cref="Exposed"/>.</param>
    public BucketSum(ICommunicator ranks, float[] numbers, IEnumerable<int> ends, int length, TimeProvider time)
    {
        (_ranks, _numbers, _time) = (ranks, numbers, time);
        var chosen = new List<int>();
        foreach (int end in ends)
        {
            if (end - (chosen.Count > 0 ? chosen[^1] : 0) >= length || end == numbers.Length)
            {
                chosen.Add(end);
            }
        }

        _ends = [.. chosen];
        _scratch = new float[_ends.Select((end, i) => end - (i > 0 ? _ends[i - 1] : 0)).DefaultIfEmpty().Max()];
        _thread = new Thread(Loop) { IsBackground = true, Name = "nonsmooth sums over ranks" };
        _thread.Start();
    }

    /// <summary>Time that sums have taken.</summary>
    public TimeSpan Busy { get; private set; }

    /// <summary>Time that <see cref="Finish"/> has waited for them: what is not hidden behind computations.</summary>
    public TimeSpan Exposed { get; private set; }

    /// <summary>Begins a step.</summary>
    public void Begin() => _next = 0;

    /// <summary>Hears that the numbers before this place are complete.</summary>
    public void Ready(int end)
    {
        while (_next < _ends.Length && _ends[_next] <= end)
        {
            _next++;
            _ready.Release();
        }
    }

    /// <summary>Comes back when all is summed.</summary>
    /// <exception cref="CommunicationException">A rank does not answer.</exception>
    public void Finish()
    {
        if (_ends.Length == 0)
        {
            return;
        }

        long begun = _time.GetTimestamp();
        Ready(_numbers.Length);
        _done.Wait();
        Exposed += _time.GetElapsedTime(begun);
        Interlocked.Exchange(ref _failure, null)?.Throw();
    }

    public void Dispose()
    {
        _stopping = true;
        _ready.Release();

        // A thread that waits for a rank which does not answer comes back after the timeout.
        _thread.Join();
        _ready.Dispose();
        _done.Dispose();
    }

    private void Loop()
    {
        while (true)
        {
            for (int bucket = 0; bucket < _ends.Length; bucket++)
            {
                _ready.Wait();
                if (_stopping)
                {
                    return;
                }

                Sum(bucket);
            }

            if (_ends.Length == 0)
            {
                _ready.Wait();
                return;
            }

            _done.Release();
        }
    }

    private void Sum(int bucket)
    {
        if (_failure is not null)
        {
            return;
        }

#pragma warning disable CA1031 // Kept and thrown again on the thread that trains.
        try
        {
            long begun = _time.GetTimestamp();
            int start = bucket > 0 ? _ends[bucket - 1] : 0;
            TreeSum.AllReduce(_ranks, _numbers.AsSpan(start, _ends[bucket] - start), _scratch);
            Busy += _time.GetElapsedTime(begun);
        }
        catch (Exception failure)
        {
            _failure = ExceptionDispatchInfo.Capture(failure);
        }
#pragma warning restore CA1031
    }
}
