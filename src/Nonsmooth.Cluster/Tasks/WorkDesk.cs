using System.Globalization;
using System.Runtime.ExceptionServices;
using System.Text;

namespace Nonsmooth.Cluster;

/// <summary>Where rank 0 hands out tasks: a thread that answers the other ranks, beside the one that does this rank's own.</summary>
internal sealed class WorkDesk : IDisposable
{
    private readonly object _lock = new();
    private readonly ICommunicator _ranks;
    private readonly Action<string> _notice;
    private readonly TimeProvider _time;
    private readonly List<WorkRound> _rounds = [];
    private readonly WorkSeat[] _seats;
    private readonly CancellationTokenSource _stop = new();
    private readonly Thread _thread;
    private ExceptionDispatchInfo? _failure;
    private bool _isFinishing;
    private long _finishing;
    private volatile bool _isClosed;

    public WorkDesk(ICommunicator ranks, Action<string> notice, TimeProvider time)
    {
        (_ranks, _notice, _time) = (ranks, notice, time);
        _seats = [.. Enumerable.Range(0, ranks.Size).Select(_ => new WorkSeat())];
        _thread = new Thread(Serve) { IsBackground = true, Name = "nonsmooth work queue" };
        _thread.Start();
    }

    public int Size => _ranks.Size;

    /// <summary>Cancelled once any rank is asked to stop.</summary>
    public CancellationToken Stopped => _stop.Token;

    /// <summary>Does something under the lock.</summary>
    public T Under<T>(Func<T> work)
    {
        lock (_lock)
        {
            return work();
        }
    }

    /// <summary>Does something under the lock, after which there may be more to do.</summary>
    public void Under(Action work)
    {
        lock (_lock)
        {
            work();
            Monitor.PulseAll(_lock);
        }
    }

    /// <summary>Hands out the tasks of one more list.</summary>
    public void Open(WorkRound round) => Under(() => _rounds.Add(round));

    /// <summary>Stops all ranks.</summary>
    public void Stop()
    {
        _stop.Cancel();
        Under(static () => { });
    }

    /// <summary>This rank's next task, once there is one; null when all are done.</summary>
    public int? Take(WorkRound round)
    {
        lock (_lock)
        {
            while (true)
            {
                _failure?.Throw();
                _stop.Token.ThrowIfCancellationRequested();
                if (!_seats[0].IsLeftOut && round.Take(0) is { } index)
                {
                    _seats[0].Work(_rounds.Count - 1, index, _time.GetTimestamp());
                    return index;
                }

                if (round.IsDone)
                {
                    return null;
                }

                Monitor.Wait(_lock, millisecondsTimeout: 20);
            }
        }
    }

    /// <summary>This rank's task is so far.</summary>
    public void Tell(WorkRound round, int index, double share) => Under(() =>
    {
        _seats[0].Heard = _time.GetTimestamp();
        round.Tell(index, share);
    });

    /// <summary>This rank's task has ended.</summary>
    public void Rest() => Under(_seats[0].Go);

    /// <summary>A task of this rank threw.</summary>
    public void Threw(WorkRound round, int index, ExceptionDispatchInfo what) => Under(() => Threw(round, index, 0, what.SourceException.Message, what));

    /// <summary>Waits until the other ranks have come to their end.</summary>
    /// <exception cref="CommunicationException">One has not: it lost its task to another and has not answered since.</exception>
    public void Finish()
    {
        Under(() => (_isFinishing, _finishing) = (true, _time.GetTimestamp()));
        _thread.Join();
        _failure?.Throw();
        for (int rank = 1; rank < Size; rank++)
        {
            if (_seats[rank].IsSilent)
            {
                throw new CommunicationException($"{Name(rank)} has not answered again; its work was done by others, and the results are whole");
            }
        }
    }

    public void Dispose()
    {
        // Where the work threw, the others are not waited for.
        _isClosed = true;
        _thread.Join();
        _stop.Dispose();
    }

    private void Serve()
    {
#pragma warning disable CA1031 // Thrown again by the thread that works.
        try
        {
            while (!_isClosed && !Under(() => _isFinishing && _seats.Skip(1).All(IsOver)))
            {
                bool heard = false;
                for (int rank = 1; rank < Size; rank++)
                {
                    if (_seats[rank].State != WorkSeatState.Left && _ranks.IsReady(rank))
                    {
                        var (message, body) = WorkMessage.Receive(_ranks, rank);
                        Hear(rank, message, body);
                        heard = true;
                    }

                    Answer(rank);
                }

                Watch();
                if (!heard)
                {
                    Thread.Sleep(1);
                }
            }
        }
        catch (Exception e)
        {
            Under(() => _failure ??= ExceptionDispatchInfo.Capture(e));
        }
#pragma warning restore CA1031
    }

    // One that was silent has as long again.
    private bool IsOver(WorkSeat seat) => seat.State == WorkSeatState.Left || (seat.IsSilent && _time.GetElapsedTime(_finishing) > _ranks.Timeout);

    private void Hear(int rank, WorkMessage message, byte[] body)
    {
        if (message.Kind == WorkMessageKind.Stopped)
        {
            _stop.Cancel();
        }

        Under(() => Note(rank, message, body));
        if (message.Kind == WorkMessageKind.Beat)
        {
            new WorkMessage(_stop.IsCancellationRequested ? WorkMessageKind.Stop : WorkMessageKind.GoOn, message.List).Send(_ranks, rank);
        }
    }

    private void Note(int rank, WorkMessage message, byte[] body)
    {
        var seat = _seats[rank];
        long now = _time.GetTimestamp();
        seat.Heard = now;
        if (seat.IsSilent)
        {
            seat.IsSilent = false;
            _notice($"{Name(rank)} answers again");
        }

        switch (message.Kind)
        {
            case WorkMessageKind.Ask:
                seat.Count = message.Index;
                seat.Wait(message.List, now);
                break;
            case WorkMessageKind.Result:
                _rounds[message.List].Accept(message.Index, body);
                seat.Wait(message.List, now);
                break;
            case WorkMessageKind.Threw:
                string why = Encoding.UTF8.GetString(body);
                Threw(_rounds[message.List], message.Index, rank, why, ExceptionDispatchInfo.Capture(new CommunicationException($"{Name(rank)}: {why}")));
                seat.Wait(message.List, now);
                break;
            case WorkMessageKind.Beat:
                _rounds[message.List].Tell(message.Index, message.Share);
                break;
            case WorkMessageKind.Stopped:
                seat.Wait(message.List, now);
                break;
            case WorkMessageKind.Leave:
                seat.Leave();
                break;
            default:
                break;
        }
    }

    // Decided under the lock, sent outside: the other thread need not wait until it is taken.
    private void Answer(int rank)
    {
        var (message, body) = Under(() => Reply(_seats[rank]));
        message?.Send(_ranks, rank, body);
    }

    private (WorkMessage? Message, byte[] Body) Reply(WorkSeat seat)
    {
        if (seat.State != WorkSeatState.Waits)
        {
            return (null, []);
        }

        (WorkMessage? Message, byte[] Body) Last(WorkMessageKind kind, byte[] body)
        {
            seat.Go();
            return (new WorkMessage(kind, seat.List), body);
        }

        var round = seat.List < _rounds.Count ? _rounds[seat.List] : null;
        long now = _time.GetTimestamp();
        if (_failure is { } failure)
        {
            return Last(WorkMessageKind.Fail, Encoding.UTF8.GetBytes(FirstQueue.Text(failure.SourceException)));
        }

        if (_stop.IsCancellationRequested)
        {
            return Last(WorkMessageKind.Stop, []);
        }

        if ((round is null && _isFinishing) || (round is not null && round.Count != seat.Count))
        {
            return Last(WorkMessageKind.Fail, Encoding.UTF8.GetBytes(string.Create(
                CultureInfo.InvariantCulture, $"list {seat.List} has {seat.Count} tasks here and {(round is null ? "is none" : $"{round.Count}")} on {Name(0)}: the ranks do not do the same thing; start all with the same release, configuration and data")));
        }

        if (round is { IsDone: true })
        {
            return Last(WorkMessageKind.All, round.All());
        }

        if (round is not null && !seat.IsLeftOut && round.Take(Array.IndexOf(_seats, seat)) is { } index)
        {
            seat.Work(seat.List, index, now);
            return (new WorkMessage(WorkMessageKind.Do, seat.List, index), round.Needed(index));
        }

        if (_time.GetElapsedTime(seat.Heard, now) < WorkQueue.Beats(_ranks))
        {
            return (null, []);
        }

        seat.Work(seat.List, WorkSeat.None, now);
        return (new WorkMessage(WorkMessageKind.GoOn, seat.List), []);
    }

    // Who says nothing for too long loses its task, and is not waited for at the end.
    private void Watch() => Under(() =>
    {
        for (int rank = 0; rank < Size; rank++)
        {
            var seat = _seats[rank];
            bool isDue = seat.State == WorkSeatState.Works || (_isFinishing && rank > 0 && seat.State == WorkSeatState.Away);
            if (!isDue || seat.IsSilent || _time.GetElapsedTime(Math.Max(seat.Heard, _finishing)) <= _ranks.Timeout)
            {
                continue;
            }

            bool works = seat.State == WorkSeatState.Works && seat.Index != WorkSeat.None;
            string said = string.Create(CultureInfo.InvariantCulture, $"{Name(rank)} has said nothing{(works ? $" of task {seat.Index}" : "")} for {_ranks.Timeout.TotalSeconds:0.###} s");
            if (rank == 0)
            {
                // Nobody else could go on without it.
                _ranks.Abort(said);
            }

            seat.IsSilent = true;
            if (works)
            {
                _rounds[seat.List].GiveBack(seat.Index, rank);
            }

            _notice(works ? $"{said}: another rank does it" : said);
        }
    });

    private void Threw(WorkRound round, int index, int rank, string why, ExceptionDispatchInfo what)
    {
        _seats[rank].IsLeftOut = true;
        if (!round.Retry(index, rank) || _seats.All(s => s.IsLeftOut))
        {
            _failure ??= what;
            return;
        }

        _notice(string.Create(CultureInfo.InvariantCulture, $"task {index} failed on {Name(rank)} ({why.Split('\n')[0]}): another rank does it, and this one gets no more"));
    }

    private string Name(int rank) => Communicator.NameOf(rank, _ranks.Hosts);
}
