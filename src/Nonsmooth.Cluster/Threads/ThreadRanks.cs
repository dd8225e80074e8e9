using System.Runtime.ExceptionServices;
using Nonsmooth.Settings;

namespace Nonsmooth.Cluster;

/// <summary>Ranks that are threads of this process: what runs over MPI runs so too, with the same bits, without it.</summary>
public sealed class ThreadRanks
{
    private readonly Mailbox[] _mailboxes;
    private readonly bool[] _ended;
    private readonly object _lock = new();
    private ExceptionDispatchInfo? _first;
    private volatile string? _failure;

    private ThreadRanks(int size, ClusterOptions options)
    {
        (Size, Options) = (size, options);
        Hosts = [.. Enumerable.Repeat(Environment.MachineName, size)];
        _ended = new bool[size];
        _mailboxes = [.. Enumerable.Range(0, size * size).Select(_ => new Mailbox())];
    }

    internal int Size { get; }

    internal ClusterOptions Options { get; }

    internal IReadOnlyList<string> Hosts { get; }

    /// <summary>The line of the first rank that failed.</summary>
    internal string? Failure => _failure;

    /// <summary>Runs the same work on so many threads and comes back when all have ended.</summary>
    /// <param name="size">How many ranks, at least 1.</param>
    /// <param name="work">The work of a rank.</param>
    /// <param name="options">How they wait for each other; null for the defaults.</param>
    /// <remarks>Where a rank throws, the others' waits end at once. A rank that then neither waits nor ends is left behind after the timeout.</remarks>
    /// <exception cref="CommunicationException">A rank did not answer, or ended all, or what it threw was meant for the user; the message begins with the rank and its host.</exception>
    /// <exception cref="NonsmoothException"><paramref name="size"/> is below 1 or too large.</exception>
    public static void Run(int size, Action<ICommunicator> work, ClusterOptions? options = null)
    {
        if (ThreadLimit.Check(size, "ranks") < 1)
        {
            throw new NonsmoothException($"ranks is {size}: give at least 1");
        }

        new ThreadRanks(size, options ?? new ClusterOptions()).Run(work);
    }

    internal Mailbox Mailbox(int from, int to) => _mailboxes[(from * Size) + to];

    /// <summary>Whether a rank's work is over.</summary>
    internal bool HasEnded(int rank) => Volatile.Read(ref _ended[rank]);

    /// <summary>Ends all waits; the first reason counts.</summary>
    internal void Fail(ExceptionDispatchInfo reason, string line)
    {
        lock (_lock)
        {
            if (_first is null)
            {
                (_first, _failure) = (reason, line);
            }
        }
    }

    private void Run(Action<ICommunicator> work)
    {
        var threads = Enumerable.Range(0, Size).Select(rank => new Thread(() => Work(work, rank)) { IsBackground = true, Name = $"nonsmooth rank {rank}" }).ToArray();
        foreach (var thread in threads)
        {
            thread.Start();
        }

        long? failed = null;
        foreach (var thread in threads)
        {
            while (!thread.Join(millisecondsTimeout: 10))
            {
                failed ??= _failure is null ? null : Options.Time.GetTimestamp();
                if (failed is { } since && Options.Time.GetElapsedTime(since) > Options.Timeout)
                {
                    break;
                }
            }
        }

        _first?.Throw();
    }

    private void Work(Action<ICommunicator> work, int rank)
    {
        using var communicator = new ThreadCommunicator(this, rank);
#pragma warning disable CA1031 // Kept and thrown again by the thread that runs the ranks.
        try
        {
            work(communicator);
        }
        catch (CommunicationException e)
        {
            Fail(ExceptionDispatchInfo.Capture(e), e.Message);
        }
        catch (NonsmoothException e)
        {
            string line = $"{Communicator.NameOf(rank, Hosts)}: {e.Message}";
            Fail(ExceptionDispatchInfo.Capture(new CommunicationException(line, e)), line);
        }
        catch (Exception e)
        {
            Fail(ExceptionDispatchInfo.Capture(e), $"{Communicator.NameOf(rank, Hosts)}: {e.Message}");
        }
#pragma warning restore CA1031
        Volatile.Write(ref _ended[rank], true);
    }
}
