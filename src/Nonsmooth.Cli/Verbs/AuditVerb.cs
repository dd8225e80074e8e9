using System.CommandLine;
using Nonsmooth.Cli.Audits;
using Nonsmooth.Cli.Documents;
using Nonsmooth.Cli.Options;
using Nonsmooth.Cli.Output;
using Nonsmooth.Cli.Training;
using Nonsmooth.Data;
using Nonsmooth.LibTorch;
using Nonsmooth.Reliability.Profiles;
using Nonsmooth.Selections;
using Nonsmooth.Training.Audits;
using Nonsmooth.Training.Checkpoints;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Cli.Verbs;

/// <summary>Says whether a network's gradient depends on arbitrary choices at kinks, where, and whether training notices.</summary>
internal sealed class AuditVerb : Verb
{
    // Pairs of a draw and a batch in each format: about what half a minute takes of LeNet-5 in all four.
    private const int _pairs = 40;

    private readonly Argument<string> _network = Parameters.Network();
    private readonly Option<string> _data = new("--data") { Description = "Data set (see nonsmooth datasets)", HelpName = "NAME", DefaultValueFactory = _ => "strokes" };
    private readonly Option<string?> _dataFolder = Parameters.DataFolder();
    private readonly Option<int?> _trainCount = Parameters.Whole("--train-count", "Training examples, of which training is tried [default: all]", least: 1);
    private readonly Option<int?> _testCount = Parameters.Whole("--test-count", "Test examples, of which batches are made [default: all]", least: 1);
    private readonly Option<int?> _tokens = Parameters.Whole("--tokens", "Tokens in an example of a text [default: as many as the network usually takes]", least: 1);
    private readonly Option<int> _batch = Parameters.Whole("--batch", "Examples in a batch", fallback: 128, least: 1);
    private readonly Option<int> _draws = Parameters.Whole("--draws", "Draws of the parameters, M; fewer than 20 give no interval", fallback: 20, least: 1);
    private readonly Option<int?> _batches = Parameters.Whole("--batches", "Batches of each draw, Q, or as many as there are [default: 40 over all draws]", least: 1);
    private readonly Option<ulong> _seed = Parameters.Seed();
    private readonly Option<DrawKind> _init = Parameters.Choice(
        "--init", "How parameters are drawn: as for training, as the published volumes, or uniform on ±1/√fan-in", ("network", DrawKind.Network), ("published", DrawKind.Published), ("fan-in", DrawKind.FanIn));

    private readonly Option<string[]> _precision = new("--precision")
    {
        Description = "A format: f16, bf16, f32 or f64; may be given several times [default: all four]",
        HelpName = "NAME",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string[]> _choice = new("--choice")
    {
        Description = $"A choice to test: {string.Join(", ", SelectionKey.Known.Select(k => k.Name))}; may be given several times [default: all that the network makes]",
        HelpName = "NAME",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string?> _profiles = new("--profiles")
    {
        Description = $"Compare two frameworks' conventions instead: two of {string.Join(", ", Profile.All.Select(p => p.Name))}",
        HelpName = "A,B",
    };

    private readonly Option<string?> _layer = new("--layer") { Description = "Choose otherwise at one node or module only", HelpName = "NODE" };
    private readonly Option<string?> _parameters = new("--parameters") { Description = "Trained parameters: a checkpoint of nonsmooth train", HelpName = "FILE" };
    private readonly Option<int> _steps = Parameters.Whole("--training-steps", "Steps of each training run that is tried; 0 tries none", fallback: 100, least: 0);
    private readonly Option<int> _seeds = Parameters.Whole("--training-seeds", "Seeds that are trained under both choices; fewer than 6 give no interval", fallback: 6, least: 2);
    private readonly Option<Device> _device = Parameters.Device();
    private readonly Option<bool> _quick = new("--no-replay") { Description = "Tell zones apart by thresholds instead of replaying in 64 bits, and blame no node: quicker" };
    private readonly Option<string?> _report = new("--report") { Description = "Write one HTML file with pictures", HelpName = "FILE.html" };
    private readonly Option<string?> _csv = new("--csv") { Description = "Write a row a choice and format", HelpName = "FILE.csv" };

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
        foreach (Option option in (Option[])
            [
                _data, _choice, _profiles, _layer, _precision, _batch, _draws, _batches, _init, _seed, _parameters, _steps, _seeds, _quick, _report, _csv,
                _dataFolder, _trainCount, _testCount, _tokens, _device,
            ])
        {
            Options.Add(option);
        }
    }

    protected override int Run(ParseResult parsed, Session session)
    {
        var request = Read(parsed, session.Context);
        session.CheckFolder(parsed.GetValue(_report));
        session.CheckFolder(parsed.GetValue(_csv));
        var sheet = ProgressBar.During(session.Context, "preparing", bar => AuditRun.Make(
            request, (done, text) => bar.Report((long)(1000 * done), 1000, text), session.Context.Stop));
        var document = AuditDocument.Of(sheet);
        session.Print(document);
        session.Write(parsed.GetValue(_report), () => HtmlWriter.Of(document));
        session.Write(parsed.GetValue(_csv), () => CsvWriter.Of(document.Rows!));
        if (sheet.Interrupted)
        {
            session.Note("interrupted: what was finished is shown");
        }

        return sheet.Interrupted ? ExitCode.Failed : ExitCode.Done;
    }

    private AuditRequest Read(ParseResult parsed, ToolContext context)
    {
        string name = Request.Model(parsed.GetRequiredValue(_network), context);
        var usual = Parameters.FindNetwork(name);
        var row = Request.Dataset(Request.Data(parsed, _data, usual));
        var choices = Choices(parsed);
        var precisions = parsed.GetRequiredValue(_precision).Select(name => Formats.Find("--precision", name)).ToList();
        ulong seed = parsed.GetValue(_seed);
        var data = row.Load(new DatasetOptions
        {
            Locations = context.Data with { Option = parsed.GetValue(_dataFolder) ?? context.Data.Option },
            Seed = seed,
            TrainCount = parsed.GetValue(_trainCount),
            TestCount = parsed.GetValue(_testCount),
            Tokens = parsed.GetValue(_tokens) ?? (usual.Examples.Tokens ?? new DatasetOptions().Tokens),
        });
        string? parameters = parsed.GetValue(_parameters);
        int draws = parameters is null ? parsed.GetValue(_draws) : 1;
        var audit = new AuditOptions
        {
            Choices = choices,
            Named = parsed.GetRequiredValue(_choice),
            Layer = parsed.GetValue(_layer),
            Draws = draws,
            Batches = parsed.GetValue(_batches) ?? Math.Max(1, _pairs / draws),
            Replay = !parsed.GetValue(_quick),
            BlamedPairs = parsed.GetValue(_quick) ? 0 : 3,
        };
        return new AuditRequest(
            UsageException.Read(() => Models.For(name, data.Examples)),
            data,
            new NetworkSubjectOptions { Batch = parsed.GetValue(_batch), Seed = seed, Draw = parsed.GetValue(_init), Device = parsed.GetValue(_device) },
            precisions.Count > 0 ? audit with { Precisions = precisions } : audit,
            parameters is null ? null : Checkpoint.Load(Path.GetFullPath(parameters, context.Folder)),
            parsed.GetValue(_steps),
            parsed.GetValue(_seeds),
            Request.CommandLine(parsed));
    }

    private IReadOnlyList<AuditChoice> Choices(ParseResult parsed)
    {
        string[] named = parsed.GetRequiredValue(_choice);
        if (parsed.GetValue(_profiles) is { } profiles)
        {
            if (named.Length > 0)
            {
                throw new UsageException("--profiles compares whole conventions and --choice one choice: give one of the two");
            }

            var (a, b) = ProfilePair.Read(profiles);
            return [new AuditChoice($"{a.Name} → {b.Name}", "whose conventions hold at kinks", $"those of {a.StandsFor}, or of {b.StandsFor}", a.Selection, b.Selection)];
        }

        return [];
    }
}
