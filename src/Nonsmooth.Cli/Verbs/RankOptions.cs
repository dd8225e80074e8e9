using System.CommandLine;
using System.Globalization;
using Nonsmooth.Cli.Options;
using Nonsmooth.Cli.Training;
using Nonsmooth.Cluster;
using Nonsmooth.LibTorch.Native;
using Nonsmooth.Settings;
using Nonsmooth.Training.Engine;

namespace Nonsmooth.Cli.Verbs;

/// <summary>The options of a verb that is divided over ranks, and its work on each of them.</summary>
internal sealed class RankOptions
{
    /// <summary>What is to be said of a verb that uses <see cref="Share"/>.</summary>
    public const string OneThreadEach = "; where ranks are asked for, libtorch takes one thread in each";

    private readonly int _usualProcesses;
    private readonly double _usualTimeout;
    private readonly Option<int?> _processes;
    private readonly Option<double?> _timeout;

    /// <summary>Makes the options.</summary>
    /// <param name="processes">Ranks where nobody launched this process and the option is left out.</param>
    /// <param name="timeout">Seconds where the option is left out.</param>
    /// <param name="note">What else is to be said of ranks.</param>
    public RankOptions(int processes = 1, double timeout = 300, string note = "")
    {
        (_usualProcesses, _usualTimeout) = (processes, timeout);
        _processes = Parameters.Of("--processes", Ranges.From(1).OrUnset(), null, Text($"Ranks as threads of this process, where no launcher of MPI started it{note} [default: {processes}]"));
        _timeout = Parameters.Of("--timeout", Ranges.Positive.OrUnset(), null, Text($"Seconds that a rank waits for another before all are ended [default: {timeout}]"));
    }

    /// <summary>Adds them to a verb.</summary>
    public void AddTo(Verb verb)
    {
        verb.Options.Add(_processes);
        verb.Options.Add(_timeout);
    }

    /// <summary>Does the work of a verb on each rank: those of the launcher, or threads of this process.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="session">The run of the verb.</param>
    /// <param name="work">
    /// The work of a rank, its exit code; its session prints on rank 0 only. Where it is interrupted on its own, all ranks are ended; a stop that they
    /// agree on ends the work with an exit code.
    /// </param>
    /// <returns>The highest exit code of the ranks of this process.</returns>
    /// <exception cref="UsageException">Ranks are asked for, and a launcher has started some.</exception>
    /// <exception cref="CommunicationException">Ranks cannot go on together, or the launcher's library is not there.</exception>
    public int Run(ParseResult parsed, Session session, Func<ICommunicator, Session, int> work)
    {
        var context = session.Context;
        int? processes = parsed.GetValue(_processes);
        if (processes is not null && context.Launch.Launcher is { } launcher)
        {
            throw new UsageException($"--processes is for one process without a launcher, and {launcher} started this one: leave it out");
        }

        CheckTimeout(parsed, context, processes ?? _usualProcesses);
        int code = ExitCode.Done;
        var options = new ClusterOptions { Timeout = TimeSpan.FromSeconds(parsed.GetValue(_timeout) ?? _usualTimeout), Time = context.Time, Error = context.Error };
        Ranks.Run(context.Launch, processes ?? _usualProcesses, ranks => Raise(ref code, Work(ranks, ranks.Rank == 0 ? session : session.Silent(), work)), options);
        return code;
    }

    /// <summary>Does the work of a verb on each rank, with a queue of tasks between them.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="session">The run of the verb.</param>
    /// <param name="work">The work of a rank, its exit code; its session prints on rank 0 only.</param>
    /// <returns>The highest exit code of the ranks of this process.</returns>
    /// <remarks>
    /// Where ranks are asked for, if only one, libtorch takes one thread in each, so that bits do not depend on how many there are; where none are, it
    /// takes as many as ever.
    /// </remarks>
    /// <exception cref="UsageException">Ranks are asked for, and a launcher has started some.</exception>
    /// <exception cref="CommunicationException">A rank differs in its command line, release, libraries or instructions, or does not answer.</exception>
    public int Share(ParseResult parsed, Session session, Func<WorkQueue, Session, int> work)
    {
        if (parsed.GetValue(_processes) is not null || session.Context.Launch.Launcher is not null)
        {
            return Run(parsed, session, (ranks, own) => Shared(parsed, ranks, own, work));
        }

        CheckTimeout(parsed, session.Context, 1);
        return work(WorkQueue.Alone(), session);
    }

    private void CheckTimeout(ParseResult parsed, ToolContext context, int ranks) =>
        Idle.Check(parsed, ranks > 1 || context.Launch.Launcher is not null, "one rank waits for nobody", _timeout);

    private static int Shared(ParseResult parsed, ICommunicator ranks, Session session, Func<WorkQueue, Session, int> work)
    {
        LibTorchLibrary.Load();
        ranks.Agree(new Dictionary<string, string>(RunMachine.Facts()) { ["command line"] = Request.CommandLine(parsed) });
        using var threads = LibTorchThreads.Use(1);
        int code = ExitCode.Failed;
        try
        {
            WorkQueue.Over(ranks, queue => code = work(queue, session), line => session.Note(line), session.Context.Time);
        }
        catch (OperationCanceledException) when (ranks.Size > 1)
        {
            // All ranks have agreed to stop.
            session.Note("interrupted");
            code = ExitCode.Interrupted;
        }

        return code;
    }

    private static int Work(ICommunicator ranks, Session session, Func<ICommunicator, Session, int> work)
    {
        try
        {
            return work(ranks, session);
        }
        catch (OperationCanceledException) when (ranks.Size > 1)
        {
            ranks.Abort("interrupted");
            return ExitCode.Interrupted;
        }
    }

    private static void Raise(ref int code, int own)
    {
        for (int seen = Volatile.Read(ref code); own > seen && Interlocked.CompareExchange(ref code, own, seen) != seen; seen = Volatile.Read(ref code))
        {
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
