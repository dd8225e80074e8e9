using System.Runtime.ExceptionServices;

namespace Nonsmooth.Cluster;

/// <summary>The queue of rank 0, which does tasks like the others and has a <see cref="WorkDesk"/> that hands them out.</summary>
internal sealed class FirstQueue : WorkQueue
{
    private readonly WorkDesk _desk;
    private readonly TimeProvider _time;

    private FirstQueue(WorkDesk desk, TimeProvider time) => (_desk, _time) = (desk, time);

    public override int Rank => 0;

    public override int Size => _desk.Size;

    public override bool IsStopped => _desk.Stopped.IsCancellationRequested;

    public static void Run(ICommunicator ranks, Action<WorkQueue> work, Action<string> notice, TimeProvider time)
    {
        using var desk = new WorkDesk(ranks, notice, time);
        try
        {
            work(new FirstQueue(desk, time));
        }
        catch (OperationCanceledException) when (desk.Stopped.IsCancellationRequested)
        {
            desk.Finish();
            throw;
        }

        desk.Finish();
    }

    public override IReadOnlyList<T> Run<T>(WorkList<T> list, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        var round = new WorkRound<T>(list, _time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _desk.Stopped);
        using var asked = cancellation.Register(_desk.Stop);
        _desk.Open(round);
        try
        {
            return Work(list, round, stop.Token);
        }
        finally
        {
            _desk.Under(() => round.IsClosed = true);
        }
    }

    private IReadOnlyList<T> Work<T>(WorkList<T> list, WorkRound<T> round, CancellationToken stop)
        where T : class
    {
        while (_desk.Take(round) is { } index)
        {
            var item = new WorkItem<T>(index, _desk.Under(() => round.Inputs(index)!), share => _desk.Tell(round, index, share), stop);
            T value;
#pragma warning disable CA1031 // Another rank tries; where that fails too, it is thrown as it is.
            try
            {
                value = list.Work(item);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                _desk.Stop();
                throw;
            }
            catch (Exception e)
            {
                _desk.Threw(round, index, ExceptionDispatchInfo.Capture(e));
                continue;
            }
            finally
            {
                _desk.Rest();
            }
#pragma warning restore CA1031

            _desk.Under(() => round.Accept(index, value));
        }

        return round.Results;
    }

    /// <summary>What a rank threw, for a line: of a defect its trace.</summary>
    public static string Text(Exception e) => e is NonsmoothException ? e.Message : e.ToString();
}
