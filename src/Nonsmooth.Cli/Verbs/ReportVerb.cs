using System.CommandLine;
using Nonsmooth.Cli.Documents;
using Nonsmooth.Cli.Live;
using Nonsmooth.Cli.Runs;
using Nonsmooth.Cli.Training;

namespace Nonsmooth.Cli.Verbs;

/// <summary>Shows training runs side by side, from their folders.</summary>
internal sealed class ReportVerb : Verb
{
    private static readonly TimeSpan _often = TimeSpan.FromSeconds(0.5);

    private readonly Argument<string[]> _folders = new("runs")
    {
        Description = "Folders of runs, as nonsmooth train --out makes them; runs that are still going may be among them",
        HelpName = "FOLDER",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<bool> _csv = new("--csv") { Description = "Print a row a run, as CSV" };
    private readonly Option<string?> _report = new("--report") { Description = "Write one HTML file with curves, kinks by layer, times and settings", HelpName = "FILE.html" };

    private readonly WatchOption _watch = new("Follow runs that are still going: serve the page on 127.0.0.1, at this port or a free one, until they end");

    public ReportVerb()
        : base(
            "report",
            "Show training runs side by side: which is best at what, curves, kinks by layer, where the time went, settings that differ",
            "nonsmooth report runs/a runs/b",
            "nonsmooth report runs/lenet --report lenet.html",
            "nonsmooth report runs/a runs/b --csv > runs.csv",
            "nonsmooth report runs/a --watch")
    {
        Arguments.Add(_folders);
        Options.Add(_csv);
        Options.Add(_report);
        Options.Add(_watch.Option);
    }

    protected override int Run(ParseResult parsed, Session session)
    {
        session.CheckFolder(parsed.GetValue(_report));
        bool csv = parsed.GetValue(_csv);
        if (csv && session.Json)
        {
            throw new UsageException("more than one form is asked for: give one of --json and --csv");
        }

        var folders = RunReader.Folders(parsed.GetRequiredValue(_folders), session.Context.Folder);
        string command = Request.CommandLine(parsed);
        bool isStopped = _watch.Port(parsed) is { } port && !Watched(folders, command, port, session, () => session.Origin(parsed));
        var document = RunDocument.Of(RunSheet.Of(RunReader.Read(folders), command));
        if (csv)
        {
            session.Context.Out.Write(CsvWriter.Of(document.Rows!));
        }
        else
        {
            session.Print(document);
        }

        session.WritePage(parsed.GetValue(_report), document, parsed);
        return isStopped ? ExitCode.Interrupted : ExitCode.Done;
    }

    /// <summary>Serves the page until every run has ended; false where the user stopped it before.</summary>
    private static bool Watched(IReadOnlyList<string> folders, string command, int port, Session session, Func<Provenance> origin)
    {
        if (!folders.Any(RunReader.IsHeld))
        {
            throw new UsageException("--watch follows runs that are still going, and no process trains in a folder that is given: leave it out");
        }

        using var watch = new RunWatch(folders, command, origin, port);
        watch.Tell(session.Context.Error);
        while (folders.Any(RunReader.IsHeld))
        {
            if (session.Context.Stop.WaitHandle.WaitOne(_often))
            {
                return false;
            }
        }

        return true;
    }
}
