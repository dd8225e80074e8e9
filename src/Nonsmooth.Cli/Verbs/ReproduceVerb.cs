using System.CommandLine;
using Nonsmooth.Cli.Documents;
using Nonsmooth.Cli.Options;
using Nonsmooth.Cli.Output;
using Nonsmooth.Cli.Studies;
using Nonsmooth.Cluster;
using Nonsmooth.Settings;

namespace Nonsmooth.Cli.Verbs;

/// <summary>Repeats a published study and sets our numbers beside its own.</summary>
internal sealed class ReproduceVerb : Verb
{
    private readonly Argument<string?> _name = new Argument<string?>("name")
    {
        Description = "A study; without one, the studies are listed", HelpName = "NAME", Arity = ArgumentArity.ZeroOrOne,
    }.Completed(() => Reproduction.All.Select(r => r.Name));

    private readonly Option<bool> _full = new("--full") { Description = "As much as was published, where that is feasible" };
    private readonly Option<int?> _seeds = Parameters.Of("--seeds", Ranges.From(1).OrUnset(), null, "Seeds of each training [default: the study's own]");
    private readonly Option<int?> _draws = Parameters.Of("--draws", Ranges.From(1).OrUnset(), null, "Draws of the parameters [default: the study's own]");
    private readonly Option<int?> _batches = Parameters.Of("--batches", Ranges.From(1).OrUnset(), null, "Batches of each draw, in maxpool-volumes [default: the study's own]");
    private readonly Option<string[]> _rows = new("--row")
    {
        Description = "Only the rows of this setting, or with this text in it; may be given several times", HelpName = "SETTING", AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<string?> _log = new("--draw-log")
    {
        Description = "File that each draw of the parameters is appended to; a later run with it takes up after the last", HelpName = "FILE",
    };

    private readonly Option<string?> _dataFolder = Parameters.DataFolder();
    private readonly Option<string?> _csv = new("--csv") { Description = "File that each row is written to when it is there", HelpName = "FILE" };
    private readonly RankOptions _ranks = new(note: RankOptions.OneThreadEach);

    public ReproduceVerb()
        : base(
            "reproduce",
            "Repeat a published study and set its numbers beside ours",
            "nonsmooth reproduce",
            "nonsmooth reproduce relu-bug --data-dir ~/data",
            "nonsmooth reproduce maxpool-beta --seeds 3 --csv beta.csv",
            "nonsmooth reproduce relu-volumes --processes 2 --draw-log draws.csv")
    {
        Arguments.Add(_name);
        foreach (Option option in (Option[])[_full, _seeds, _draws, _batches, _rows, _log, _dataFolder, _csv])
        {
            Options.Add(option);
        }

        _ranks.AddTo(this);
    }

    protected override bool IsOverRanks => true;

    protected override int Run(ParseResult parsed, Session session)
    {
        string? name = parsed.GetValue(_name);
        if (name is null)
        {
            Idle.Check(parsed, false, "no study is named", _full, _seeds, _draws, _batches, _rows, _log, _dataFolder, _csv);
            return _ranks.Share(parsed, session, (_, own) => List(own));
        }

        var study = Reproduction.All.FirstOrDefault(r => r.Name == name)
            ?? throw new UsageException($"no study '{name}': {Nearest.Mend(name, Reproduction.All.Select(r => r.Name))}");
        Idle.Check(parsed, study is MaxPoolVolumes, $"study {study.Name} has no such batches", _batches);
        return _ranks.Share(parsed, session, (queue, own) => Run(parsed, own, study, queue));
    }

    private static int List(Session session)
    {
        session.Print(Studies());
        return ExitCode.Done;
    }

    private int Run(ParseResult parsed, Session session, Reproduction study, WorkQueue queue)
    {
        var context = session.Context;
        using var file = new RowFile(Path(_csv));
        var log = new DrawLog(Path(_log));
        var (says, measured) = ProgressBar.During(context, study.Name, bar =>
        {
            var request = new ReproduceRequest(
                parsed.GetValue(_full),
                parsed.GetValue(_seeds),
                parsed.GetValue(_draws),
                parsed.GetValue(_batches),
                log,
                context.Data with { Option = parsed.GetValue(_dataFolder) ?? context.Data.Option },
                (share, text) => bar.Report((long)(1000 * share), 1000, text),
                queue,
                context.Stop);
            var parts = ReproductionPart.Chosen(study.Parts(request), parsed.GetValue(_rows) ?? []);
            return (study.Says(request), MeasuredParts.Of(parts, request, row => file.Write(study.Name, row)));
        }, isLogged: true);
        session.Print(Shown(new Report(study.Name, says, measured.Interrupted, measured.Rows)));
        if (measured.Interrupted)
        {
            session.Note($"interrupted: {measured.Rows.Count} row(s) are finished");
        }

        return measured.Interrupted ? ExitCode.Interrupted : ExitCode.Done;

        // One rank writes.
        string? Path(Option<string?> option) => session.IsFirst && parsed.GetValue(option) is { } path ? System.IO.Path.GetFullPath(path, context.Folder) : null;
    }

    private static Document Studies()
    {
        Entry[] studies = [.. Reproduction.All.Select(r => new Entry(r.Name, r.What, r.Time))];
        return new Document(new Listing(studies))
            .Table(studies, (Column.Text("name"), s => s.Name), (Column.Text("time, reduced / full"), s => s.Time), (Column.Text("what was published") with { Priority = 1 }, s => s.What))
            .Say("Without --full a study is reduced to fit the time; each says what is less than was published. Times are of two cores.");
    }

    private static Document Shown(Report report) => new Document(report, report.Study).Say(report.Says).Table(
        report.Rows,
        (Column.Text("setting"), r => r.Setting),
        (Column.Text("quantity"), r => r.Quantity),
        (Column.Text("published"), r => r.Published),
        (Column.Digits("ours", 4) with { IsNumber = false, Missing = "none" }, r => r.Value),
        (Column.Digits("95 % interval") with { IsNumber = false, Missing = "" }, r => r.Low is { } low && r.High is { } high ? new[] { low, high } : null),
        (Column.Text("on"), r => r.On),
        (Column.Time("time"), r => r.Seconds));

    private sealed record Entry(string Name, string What, string Time);

    private sealed record Listing(IReadOnlyList<Entry> Studies);

    private sealed record Report(string Study, IReadOnlyList<string> Says, bool Interrupted, IReadOnlyList<ReproductionRow> Rows);
}
