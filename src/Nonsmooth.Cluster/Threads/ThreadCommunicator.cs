using System.Runtime.ExceptionServices;

namespace Nonsmooth.Cluster;

/// <summary>A rank that is a thread.</summary>
internal sealed unsafe class ThreadCommunicator : Communicator
{
    private readonly ThreadRanks _ranks;
    private readonly Action _wait;
    private long _begun;
    private (int To, int From) _others;

    public ThreadCommunicator(ThreadRanks ranks, int rank)
    {
        (_ranks, Rank) = (ranks, rank);
        _wait = Wait;
    }

    public override int Rank { get; }

    public override int Size => _ranks.Size;

    public override string Transport => "threads of one process";

    public override TimeSpan Timeout => _ranks.Options.Timeout;

    public override IReadOnlyList<string> Hosts => _ranks.Hosts;

    public override void Abort(string reason)
    {
        string line = $"{Name(Rank)}: {reason}";
        _ranks.Fail(ExceptionDispatchInfo.Capture(new CommunicationException(line)), line);
        throw new CommunicationException(line);
    }

    protected override void Transfer(ReadOnlySpan<byte> outgoing, int to, Span<byte> incoming, int from)
    {
        (_begun, _others) = (_ranks.Options.Time.GetTimestamp(), (to, from));
        var sending = to == Nobody ? null : _ranks.Mailbox(Rank, to);
        fixed (byte* data = outgoing)
        {
            try
            {
                sending?.Offer(data, outgoing.Length);
                if (from != Nobody && _ranks.Mailbox(from, Rank).Take(incoming, _wait) is var sent && sent != incoming.Length)
                {
                    throw OtherLength(Name(Rank), Name(from), sent, incoming.Length);
                }

                _others.From = Nobody;
                sending?.WaitEmpty(_wait);
            }
            catch (CommunicationException e)
            {
                sending?.Withdraw();
                _ranks.Fail(ExceptionDispatchInfo.Capture(e), e.Message);
                throw;
            }
        }
    }

    protected override bool Arrived(int from) =>
        _ranks.Failure is { } failure ? throw new CommunicationException(failure) : _ranks.Mailbox(from, Rank).IsFull;

    // The group lives on until all its threads have ended.
    protected override void Close(string? broken)
    {
    }

    private void Wait()
    {
        if (_ranks.Failure is { } failure)
        {
            throw new CommunicationException(failure);
        }

        // What a rank sends is taken before it ends, so nothing more comes from one that has ended.
        int other = _others.From == Nobody ? _others.To : _others.From;
        if (_ranks.HasEnded(other))
        {
            throw new CommunicationException($"{Name(Rank)} waits for {Name(other)}, which has ended: the ranks do not do the same thing");
        }

        if (_ranks.Options.Time.GetElapsedTime(_begun) > Timeout)
        {
            throw TooLong(_others.To, _others.From);
        }
    }
}
