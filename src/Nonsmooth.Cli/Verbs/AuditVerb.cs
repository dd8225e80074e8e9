using System.CommandLine;
using Nonsmooth.Cli.Audits;
using Nonsmooth.Cli.Documents;
using Nonsmooth.Cli.Options;
using Nonsmooth.Cli.Output;
using Nonsmooth.Cli.Training;
using Nonsmooth.Cluster;
using Nonsmooth.Dictionary;
using Nonsmooth.Reliability.Profiles;
using Nonsmooth.Training.Audits;
using Nonsmooth.Training.Checkpoints;
using Nonsmooth.Training.Engine;

namespace Nonsmooth.Cli.Verbs;

/// <summary>Says whether a network's gradient depends on arbitrary choices at kinks, where, and whether training notices.</summary>
internal sealed class AuditVerb : Verb
{
    private readonly Argument<string> _network = Parameters.Network();
    private readonly SettingOptions _data = new(TrainingSettings.OfRecipe.Where(s => s.Key is "data" or "train-count" or "test-count" or "tokens" || ModelFileSettings.Has(s.Key)));
    private readonly SettingOptions _settings = new([.. AuditOptions.All, .. NetworkSubjectOptions.All, .. AuditTrials.All]);
    private readonly Option<string?> _dataFolder = Parameters.DataFolder();
    private readonly Option<string[]> _precision = new Option<string[]>("--precision")
    {
        Description = "A format: f16, bf16, f32 or f64; may be given several times [default: all four]",
        HelpName = "NAME",
        DefaultValueFactory = _ => [],
    }.Completed(() => Formats.Names);

    private readonly Option<string[]> _choice = new Option<string[]>("--choice")
    {
        Description = $"A choice to test: {string.Join(", ", StandardDictionary.Keys.Select(k => k.Name).Order(StringComparer.Ordinal))}, or one of your own functions'; may be given several times [default: all that the network makes]",
        HelpName = "NAME",
        DefaultValueFactory = _ => [],
    }.Completed(() => StandardDictionary.Keys.Select(k => k.Name));

    private readonly Option<string?> _profiles = new("--profiles")
    {
        Description = $"Compare two frameworks' conventions instead: two of {string.Join(", ", Profile.All.Select(p => p.Name))}, or recordings of engines (*.jsonl.gz)",
        HelpName = "A,B",
    };

    private readonly Option<string?> _parameters = new("--parameters") { Description = "Trained parameters: a checkpoint of nonsmooth train", HelpName = "FILE" };
    private readonly Option<string?> _report = new("--report") { Description = "Write one HTML file with pictures", HelpName = "FILE.html" };
    private readonly Option<string?> _csv = new("--csv") { Description = "Write a row a choice and format", HelpName = "FILE.csv" };
    private readonly RankOptions _ranks = new(note: RankOptions.OneThreadEach);

    public AuditVerb()
        : base(
            "audit",
            "Say whether a network's gradient depends on arbitrary choices at kinks, where, and whether training notices",
            "nonsmooth audit lenet5 --data mnist --report audit.html",
            "nonsmooth audit vgg11-cifar --data cifar10 --init published --precision f32 --training-steps 0",
            "nonsmooth audit lenet5 --profiles libtorch-2.10,libtorch-2.14",
            "nonsmooth audit lenet5 --choice max-pool-ties --layer pool1 --json",
            "nonsmooth audit gpt:2-64-4 --data shakespeare-char --tokens 32 --batch 8")
    {
        Arguments.Add(_network);
        foreach (Option option in (Option[])[.. _data.All, _choice, _profiles, _precision, .. _settings.All, _parameters, _report, _csv, _dataFolder])
        {
            Options.Add(option);
        }

        _ranks.AddTo(this);
    }

    protected override bool IsOverRanks => true;

    protected override int Run(ParseResult parsed, Session session)
    {
        session.CheckFolder(parsed.GetValue(_report));
        session.CheckFolder(parsed.GetValue(_csv));
        var requests = new OnePerRank<AuditRequest>(() => Read(parsed, session.Context));
        return _ranks.Share(parsed, session, (queue, own) => Run(parsed, own, requests.Take(), queue));
    }

    private int Run(ParseResult parsed, Session session, AuditRequest request, WorkQueue queue)
    {
        session.Note(request.Network.Notes);
        var sheet = ProgressBar.During(session.Context, "preparing", bar => AuditRun.Make(
            request, (done, text) => bar.Report((long)(1000 * done), 1000, text), queue, session.Context.Stop), isLogged: true);
        if (sheet is null)
        {
            return ExitCode.Done;
        }

        var document = AuditDocument.Of(sheet);
        session.Print(document);
        session.WritePage(parsed.GetValue(_report), document, parsed, sheet.Seed);
        session.Write(parsed.GetValue(_csv), () => CsvWriter.Of(document.Rows!));
        if (sheet.Interrupted)
        {
            session.Note("interrupted: what was finished is shown");
        }

        return sheet.Interrupted ? ExitCode.Interrupted : ExitCode.Done;
    }

    private AuditRequest Read(ParseResult parsed, ToolContext context)
    {
        string name = Request.Model(parsed.GetRequiredValue(_network), context);
        Request.CanRun(name);
        var subject = _settings.Apply(parsed, new NetworkSubjectOptions());
        var recipe = Request.Located(Request.Given(Request.Usual(name) with { Seed = subject.Seed }, parsed, _data), context.Folder);
        Request.Dataset(recipe);
        var choices = Choices(parsed, context);
        var precisions = parsed.GetRequiredValue(_precision).Select(name => Formats.Find("--precision", name)).ToList();
        string? parameters = parsed.GetValue(_parameters);
        var trials = _settings.Apply(parsed, new AuditTrials());
        Idle.Check(parsed, parameters is null, "trained parameters are not drawn", Named("draws", "init"));
        Idle.Check(parsed, trials.Steps > 0, "no training is tried", Named("training-seeds"));
        var data = Request.Load(recipe, _data.Given(parsed).Select(g => (g.Setting.Key, g.Text)), parsed, _dataFolder, context);
        var audit = _settings.Apply(parsed, new AuditOptions { Choices = choices, Named = parsed.GetRequiredValue(_choice) });
        audit = parameters is null ? audit : audit with { Draws = 1 };
        return new AuditRequest(
            UsageException.Read(() => recipe.Model(data.Examples)),
            data,
            subject,
            precisions.Count > 0 ? audit with { Precisions = precisions } : audit,
            parameters is null ? null : Checkpoint.Load(Path.GetFullPath(parameters, context.Folder)),
            trials,
            Request.CommandLine(parsed));
    }

    private IEnumerable<Option> Named(params string[] keys) => _settings.All.Where(o => keys.Contains(o.Name[2..]));

    private IReadOnlyList<AuditChoice> Choices(ParseResult parsed, ToolContext context)
    {
        string[] named = parsed.GetRequiredValue(_choice);
        if (parsed.GetValue(_profiles) is { } profiles)
        {
            if (named.Length > 0)
            {
                throw new UsageException("--profiles compares whole conventions and --choice one choice: give one of the two");
            }

            var (a, b) = ProfilePair.Read(profiles, context);
            return [new AuditChoice($"{a.Name} → {b.Name}", "whose conventions hold at kinks", $"those of {a.StandsFor}, or of {b.StandsFor}", a.Selection, b.Selection)];
        }

        return [];
    }
}
