using System.Diagnostics;

namespace Nonsmooth.Cluster;

/// <summary>A rank that is a process of MPI's world.</summary>
/// <remarks>
/// Sends and receives are non-blocking ones that are asked until they are done, so that a wait has an end. There is one in a process, and MPI
/// starts once in its life. <see cref="Communicator.Dispose"/> ends MPI after every rank has come to it; where one does not, or a call has failed,
/// all are ended by MPI_Abort, for MPI_Finalize would wait for ever.
/// </remarks>
internal sealed unsafe class MpiCommunicator : Communicator
{
    private const int Tag = 0;

    private static int _started;

    private readonly MpiLibrary _mpi;
    private readonly ClusterOptions _options;
    private readonly int _rank;
    private readonly int _size;
    private IReadOnlyList<string> _hosts = [];

    private MpiCommunicator(MpiLibrary mpi, ClusterOptions options, MpiLaunch launch)
    {
        (_mpi, _options) = (mpi, options);
        int provided, rank, size, before;
        mpi.Check(mpi.Initialized(&before), "MPI_Initialized");
        if (before != 0 || Interlocked.Exchange(ref _started, 1) != 0)
        {
            throw new CommunicationException("MPI has been started in this process before: it starts once only");
        }

        mpi.Check(mpi.InitThread(0, 0, (int)MpiThreadLevel.Serialized, &provided), "MPI_Init_thread");
        ThreadLevel = (MpiThreadLevel)provided;
        mpi.Check(mpi.CommSetErrhandler(mpi.World, mpi.ErrorsReturn), "MPI_Comm_set_errhandler");
        mpi.Check(mpi.CommRank(mpi.World, &rank), "MPI_Comm_rank");
        mpi.Check(mpi.CommSize(mpi.World, &size), "MPI_Comm_size");
        (_rank, _size) = (rank, size);
        if (ThreadLevel < MpiThreadLevel.Serialized)
        {
            Abort($"{mpi.Name} gives thread level {ThreadLevel}: use one that is built with Serialized or Multiple");
        }

        if (size != launch.Size)
        {
            Abort($"{launch.Launcher ?? "the launcher"} started {launch.Size} processes, and {mpi.Name} ({mpi.Path}) sees {size} of them: start them with the mpirun of that library, or set {MpiLaunch.Variable} to the path of the launcher's");
        }
    }

    public override int Rank => _rank;

    public override int Size => _size;

    public override string Transport => _mpi.Name;

    public override TimeSpan Timeout => _options.Timeout;

    public override IReadOnlyList<string> Hosts => _hosts;

    public MpiThreadLevel ThreadLevel { get; }

    /// <summary>Starts MPI.</summary>
    /// <exception cref="CommunicationException">It cannot start, or has been started before.</exception>
    public static MpiCommunicator Start(MpiLibrary mpi, ClusterOptions options, MpiLaunch launch)
    {
        var communicator = new MpiCommunicator(mpi, options, launch);
        communicator._hosts = communicator.AllGather(Environment.MachineName);
        return communicator;
    }

    public override void Abort(string reason)
    {
        _options.Error.WriteLine($"nonsmooth: {Name(_rank)}: {reason}");
        End();
    }

    /// <summary>Ends all ranks with a line that says who and where itself.</summary>
    internal void AbortWithLine(string line)
    {
        // Who waits for the same rank gives up at the same time: the first ends the others before they say so too.
        Thread.Sleep(50 * Math.Min(_rank, 20));
        _options.Error.WriteLine($"nonsmooth: {line}");
        End();
    }

    protected override void Transfer(ReadOnlySpan<byte> outgoing, int to, Span<byte> incoming, int from)
    {
        int sent = 0, received = 0;
        bool sending = to != Nobody, receiving = from != Nobody;
        fixed (byte* source = outgoing)
        fixed (byte* target = incoming)
        {
            // An address for no bytes is none, and not every library takes it.
            byte none;
            while (sending || receiving)
            {
                int give = sending ? Math.Min(_options.PartBytes, outgoing.Length - sent) : 0, take = receiving ? Math.Min(_options.PartBytes, incoming.Length - received) : 0;
                Part(give == 0 ? &none : source + sent, give, sending ? to : Nobody, take == 0 ? &none : target + received, take, receiving ? from : Nobody);
                (sent, received) = (sent + give, received + take);
                (sending, receiving) = (sending && sent < outgoing.Length, receiving && received < incoming.Length);
            }
        }
    }

    protected override bool Arrived(int from)
    {
        int flag;
        byte* status = stackalloc byte[MpiLibrary.StatusBytes];
        _mpi.Check(_mpi.Iprobe(from, Tag, _mpi.World, &flag, status), "MPI_Iprobe");
        return flag != 0;
    }

    protected override void Close(string? broken)
    {
        if (broken is null)
        {
            try
            {
                // Through the base, which no longer lets calls through.
                Meet();
            }
            catch (CommunicationException e)
            {
                broken = e.Message;
            }
        }

        if (broken is not null)
        {
            AbortWithLine(broken);
        }

        _mpi.Check(_mpi.Finalize(), "MPI_Finalize");
    }

    private void Meet()
    {
        Span<byte> token = [0], heard = [0];
        for (int distance = 1; distance < Size; distance *= 2)
        {
            Transfer(token, (Rank + distance) % Size, heard, (Rank - distance + Size) % Size);
        }
    }

    private void Part(byte* source, int give, int to, byte* target, int take, int from)
    {
        nint send = 0, receive = 0;
        byte* status = stackalloc byte[MpiLibrary.StatusBytes];
        if (from != Nobody)
        {
            _mpi.Check(_mpi.Irecv(target, take, _mpi.Bytes, from, Tag, _mpi.World, &receive), "MPI_Irecv");
        }

        if (to != Nobody)
        {
            _mpi.Check(_mpi.Isend(source, give, _mpi.Bytes, to, Tag, _mpi.World, &send), "MPI_Isend");
        }

        bool sent = to == Nobody, received = from == Nobody;
        var wait = new PatientWait(_options.Time);
        while (true)
        {
            if (!received && Tested(&receive, status, "MPI_Test of a receive"))
            {
                received = true;
                CheckLength(status, from, take);
            }

            sent = sent || Tested(&send, status, "MPI_Test of a send");
            if (sent && received)
            {
                return;
            }

            if (wait.Next() > Timeout)
            {
                // What still comes must not be written where the buffer was.
                _ = received ? 0 : _mpi.Cancel(&receive);
                throw TooLong(to, received ? Nobody : from);
            }
        }
    }

    private void CheckLength(byte* status, int from, int expected)
    {
        int count;
        _mpi.Check(_mpi.GetCount(status, _mpi.Bytes, &count), "MPI_Get_count");
        if (count != expected)
        {
            throw OtherLength(Name(Rank), Name(from), count, expected);
        }
    }

    private bool Tested(nint* request, byte* status, string call)
    {
        int flag;
        _mpi.Check(_mpi.Test(request, &flag, status), call);
        return flag != 0;
    }

    private void End()
    {
        _options.Error.Flush();
        _ = _mpi.Abort(_mpi.World, 1);
        Environment.Exit(1);
        throw new UnreachableException();
    }
}
