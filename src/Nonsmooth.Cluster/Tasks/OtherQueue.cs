using System.Text;

namespace Nonsmooth.Cluster;

/// <summary>The queue of a rank that asks rank 0 for its tasks.</summary>
internal sealed class OtherQueue(ICommunicator ranks, TimeProvider time) : WorkQueue
{
    private int _lists;
    private bool _stopped;
    private long _said;

    public override int Rank => ranks.Rank;

    public override int Size => ranks.Size;

    public override bool IsStopped => _stopped;

    public static void Run(ICommunicator ranks, Action<WorkQueue> work, TimeProvider time)
    {
        var queue = new OtherQueue(ranks, time);
        try
        {
            work(queue);
        }
        catch (OperationCanceledException) when (queue._stopped)
        {
            queue.Leave();
            throw;
        }

        queue.Leave();
    }

    public override IReadOnlyList<T> Run<T>(WorkList<T> list, CancellationToken cancellation = default)
    {
        if (_stopped)
        {
            throw new OperationCanceledException();
        }

        int number = _lists++;
        new WorkMessage(WorkMessageKind.Ask, number, list.Count).Send(ranks, 0);
        while (true)
        {
            var (message, body) = Hear();
            switch (message.Kind)
            {
                case WorkMessageKind.Do:
                    Do(list, number, message.Index, body, cancellation);
                    break;
                case WorkMessageKind.GoOn:
                    new WorkMessage(cancellation.IsCancellationRequested ? WorkMessageKind.Stopped : WorkMessageKind.Ask, number, list.Count).Send(ranks, 0);
                    break;
                case WorkMessageKind.All:
                    return WorkJson.Read<T[]>(body);
                case WorkMessageKind.Stop:
                    _stopped = true;
                    throw new OperationCanceledException(cancellation);
                default:
                    throw new CommunicationException(Encoding.UTF8.GetString(body));
            }
        }
    }

    private void Leave() => new WorkMessage(WorkMessageKind.Leave, _lists).Send(ranks, 0);

    private void Do<T>(WorkList<T> list, int number, int index, byte[] needed, CancellationToken cancellation)
        where T : class
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var item = new WorkItem<T>(index, WorkJson.Read<T[]>(needed), share => Beat(number, index, share, stop), stop.Token);
        _said = time.GetTimestamp();
        byte[] result;
#pragma warning disable CA1031 // Told to rank 0, which has another rank try.
        try
        {
            result = WorkJson.Of(list.Work(item));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            new WorkMessage(WorkMessageKind.Stopped, number).Send(ranks, 0);
            return;
        }
        catch (Exception e)
        {
            new WorkMessage(WorkMessageKind.Threw, number, index).Send(ranks, 0, Encoding.UTF8.GetBytes(FirstQueue.Text(e)));
            return;
        }
#pragma warning restore CA1031
        new WorkMessage(WorkMessageKind.Result, number, index).Send(ranks, 0, result);
    }

    private void Beat(int number, int index, double share, CancellationTokenSource stop)
    {
        if (time.GetElapsedTime(_said) < Beats(ranks))
        {
            return;
        }

        new WorkMessage(WorkMessageKind.Beat, number, index, share).Send(ranks, 0);
        if (Hear().Message.Kind == WorkMessageKind.Stop)
        {
            stop.Cancel();
        }

        _said = time.GetTimestamp();
    }

    private (WorkMessage Message, byte[] Body) Hear()
    {
        long begun = time.GetTimestamp();
        while (!ranks.IsReady(0))
        {
            if (time.GetElapsedTime(begun) > ranks.Timeout)
            {
                throw Communicator.NoAnswer(ranks, $"for {Communicator.NameOf(0, ranks.Hosts)}");
            }

            Thread.Sleep(1);
        }

        return WorkMessage.Receive(ranks, 0);
    }
}
