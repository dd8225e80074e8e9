using System.Runtime.InteropServices;

namespace Nonsmooth.Cluster;

/// <summary>Ranks that speak from GPU to GPU, one a rank, beside a communicator of processes that starts them.</summary>
/// <remarks>
/// Calls are put into a stream of the device and come back before they are done; additions go into the same stream. Has not run on a GPU: its calls
/// are tested against a library of the same interface that moves bytes of the processor's memory.
/// </remarks>
public sealed unsafe class NcclRanks : IDeviceRanks, IDisposable
{
    private readonly NcclLibrary _nccl;
    private readonly nint _stream;
    private nint _communicator;

    private NcclRanks(NcclLibrary nccl, nint communicator, int rank, int size, nint stream) =>
        (_nccl, _communicator, Rank, Size, _stream) = (nccl, communicator, rank, size, stream);

    /// <inheritdoc/>
    public int Rank { get; }

    /// <inheritdoc/>
    public int Size { get; }

    /// <summary>Starts a communicator; every rank makes the call, with its own device chosen.</summary>
    /// <param name="nccl">The library.</param>
    /// <param name="ranks">The same ranks as processes, or as threads with a device each.</param>
    /// <param name="stream">The stream of CUDA that everything goes into; 0 for the default one.</param>
    /// <exception cref="CommunicationException">Ranks do not find each other.</exception>
    public static NcclRanks Start(NcclLibrary nccl, ICommunicator ranks, nint stream)
    {
        NcclUniqueId id = default;
        if (ranks.Rank == 0)
        {
            nccl.Check(nccl.GetUniqueId(&id), "ncclGetUniqueId");
        }

        ranks.Broadcast(MemoryMarshal.AsBytes(new Span<NcclUniqueId>(ref id)), 0);
        nint communicator;
        nccl.Check(nccl.CommInitRank(&communicator, ranks.Size, id, ranks.Rank), "ncclCommInitRank");
        return new NcclRanks(nccl, communicator, ranks.Rank, ranks.Size, stream);
    }

    /// <inheritdoc/>
    public void Exchange(nint given, long givenBytes, nint taken, long takenBytes, int partner)
    {
        ObjectDisposedException.ThrowIf(_communicator == 0, this);
        ArgumentOutOfRangeException.ThrowIfEqual(partner, Rank);

        // In one group, or each would wait for the other's receive.
        _nccl.Check(_nccl.GroupStart(), "ncclGroupStart");
        var sent = _nccl.Send(given, (nuint)givenBytes, NcclType.UInt8, partner, _communicator, _stream);
        var received = _nccl.Recv(taken, (nuint)takenBytes, NcclType.UInt8, partner, _communicator, _stream);
        var ended = _nccl.GroupEnd();
        _nccl.Check(sent, "ncclSend");
        _nccl.Check(received, "ncclRecv");
        _nccl.Check(ended, "ncclGroupEnd");
    }

    /// <summary>NCCL's own reduction, whose order of additions is its own: for comparison, not for runs that shall have the same bits.</summary>
    /// <param name="numbers">Address of the numbers, which the result replaces.</param>
    /// <param name="length">How many.</param>
    /// <param name="type">What they are.</param>
    /// <param name="operation">What is done with them.</param>
    /// <exception cref="CommunicationException">The ranks cannot go on together.</exception>
    public void AllReduce(nint numbers, long length, NcclType type, NcclOperation operation)
    {
        ObjectDisposedException.ThrowIf(_communicator == 0, this);
        _nccl.Check(_nccl.AllReduce(numbers, numbers, (nuint)length, type, operation, _communicator, _stream), "ncclAllReduce");
    }

    /// <summary>Refuses an error that has come up since in what was put into the stream.</summary>
    /// <exception cref="CommunicationException">There is one.</exception>
    public void Check()
    {
        ObjectDisposedException.ThrowIf(_communicator == 0, this);
        NcclResult since;
        _nccl.Check(_nccl.CommGetAsyncError(_communicator, &since), "ncclCommGetAsyncError");
        _nccl.Check(since, "work in the stream");
    }

    /// <summary>Ends this rank's communicator without waiting for what is in the stream: where another rank does not answer.</summary>
    public void Abort()
    {
        if (Interlocked.Exchange(ref _communicator, 0) is not 0 and var communicator)
        {
            _nccl.Check(_nccl.CommAbort(communicator), "ncclCommAbort");
        }
    }

    /// <summary>Ends the communicator once what is in the stream is done.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _communicator, 0) is not 0 and var communicator)
        {
            _nccl.Check(_nccl.CommDestroy(communicator), "ncclCommDestroy");
        }
    }
}
