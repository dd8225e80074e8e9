using System.CommandLine;
using Nonsmooth.Cli.Costs;
using Nonsmooth.Cli.Documents;
using Nonsmooth.Cli.Options;
using Nonsmooth.Cli.Training;
using Nonsmooth.Settings;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Cli.Verbs;

/// <summary>Says what a network's loss and its derivatives cost, without running anything.</summary>
internal sealed class CostVerb : Verb
{
    private readonly Argument<string> _network = Parameters.Network();
    private readonly Option<int?> _batch = Parameters.Of("--batch", Ranges.From(1).OrUnset(), null, "Examples at once [default: 1, or what a model file fixes]");
    private readonly InputShapes _input = new();
    private readonly AdapterOption _adapter = new();
    private readonly Option<int?> _classes = Parameters.Of("--classes", Ranges.From(1).OrUnset(), null, "Number of classes [default: the network's own]");
    private readonly Option<int?> _tokens = Parameters.Of("--tokens", Ranges.From(1).OrUnset(), null, "Length of a sequence [default: the network's own]");
    private readonly Option<int?> _lora = Parameters.Of("--lora", Ranges.From(1).OrUnset(), null, "Count adapters of this rank on the linear layers, which are trained alone");
    private readonly Option<int?> _depth = Parameters.Of("--depth", Ranges.From(1).OrUnset(), null, "Parts of the names that make a module [default: what gives about 25 rows]");

    private readonly Option<double?> _nonlinear = Parameters.Of("--nonlinear", Ranges.AtLeast(1).OrUnset(), null, "Price of an exponential, a logarithm, an inverse, in additions [default: 1]");

    private readonly Option<bool> _predict = new("--predict")
    {
        Description = "Predict times without running the network; the first time, this machine is calibrated for 10 seconds",
    };

    private readonly Option<int> _runs = Parameters.Of("--runs", Ranges.From(1), 1000, "Of --predict: how often value and gradient run, for the choice of an executor");
    private readonly Option<bool> _measure = new("--measure") { Description = "Run it too, and set the times beside the prediction" };
    private readonly Option<long?> _fits = Parameters.Of("--fits", ByteSize.Range.OrUnset(), null, "Find the largest batch whose training step fits into this much memory");
    private readonly Option<long?> _checkpoint = Parameters.Of("--checkpoint", ByteSize.Range.OrUnset(), null, "Plan the gradient within this much memory by computing parts of the forward pass again");

    private readonly Option<JacobianOutput> _jacobian = Parameters.Of("--jacobian", Ranges.OneOf(("none", JacobianOutput.None), ("loss", JacobianOutput.Loss), ("logits", JacobianOutput.Logits)), default, "Price forward, reverse and mixed mode for this Jacobian");

    private readonly Option<JacobianInput> _wrt = Parameters.Of("--wrt", Ranges.OneOf(("parameters", JacobianInput.Parameters), ("input", JacobianInput.Input)), default, "What the Jacobian is in");

    private readonly Option<int?> _tangents = Parameters.Of("--tangents", Ranges.From(1).OrUnset(), null, "Directions that forward mode pushes, fewer with a colouring [default: one a column]");

    private readonly Option<int?> _cotangents = Parameters.Of("--cotangents", Ranges.From(1).OrUnset(), null, "Directions that reverse mode pulls back, likewise [default: one a row]");

    private readonly Option<double?> _contraction = Parameters.Of("--contraction", Ranges.Positive.OrUnset(), null, "Of an equilibrium: by what a step shrinks the error, below 1 [default: 0.9]");
    private readonly Option<int?> _iterations = Parameters.Of("--iterations", Ranges.From(1).OrUnset(), null, "Of an equilibrium: the solver's iterations [default: what the accuracy takes]");
    private readonly Option<double?> _accuracy = Parameters.Of("--accuracy", Ranges.Positive.OrUnset(), null, "Of an equilibrium: the relative error that a gradient may have [default: 1e-8]");
    private readonly ScalingParameters _scaling = new();
    private readonly Option<bool> _csv = new("--csv") { Description = "Print a row a node, or a row a module with --depth, as CSV" };
    private readonly Option<bool> _markdown = new("--markdown") { Description = "Print the tables as Markdown" };
    private readonly Option<string?> _report = new("--report")
    {
        Description = "Write one HTML file with pictures of where the operations and the bytes go",
        HelpName = "FILE.html",
    };

    private IEnumerable<Option> _ofNetworks =>
    [
        _batch, _input.Option, _classes, _tokens, _lora, _depth, _predict, _runs, _measure, _fits, _checkpoint, _jacobian, _wrt, _tangents, _cotangents, _csv, _markdown,
        _report, .. _scaling.All, .. _adapter.All,
    ];

    public CostVerb()
        : base(
            "cost",
            "Say what a network's loss and its derivatives cost: the theorem's bounds and exact counts, before anything runs",
            "nonsmooth cost resnet18 --batch 32",
            "nonsmooth cost lenet5 --batch 64 --measure",
            "nonsmooth cost resnet18 --fits 16GiB",
            "nonsmooth cost gpt2 --tokens 256 --report cost.html",
            "nonsmooth cost lenet5 --jacobian logits --wrt input",
            "nonsmooth cost equilibrium:64 --contraction 0.95",
            "nonsmooth cost resnet18-cifar --ranks 64 --batch 512 --predict",
            "nonsmooth cost gpt2 --ranks 4096 --device 50T:1.5TB/s --link 5us:100Gb/s --simulate 100",
            "nonsmooth cost mlp:4-8-3 --nonlinear 10 --json")
    {
        Arguments.Add(_network);
        foreach (Option option in (Option[])
            [
                _batch, _input.Option, _classes, _tokens, _lora, _depth, _nonlinear, _predict, _runs, _measure, _fits, _checkpoint, _jacobian, _wrt, _tangents,
                _cotangents, _contraction, _iterations, _accuracy, .. _scaling.All, _csv, _markdown, _report, .. _adapter.All,
            ])
        {
            Options.Add(option);
        }
    }

    protected override int Run(ParseResult parsed, Session session)
    {
        session.CheckFolder(parsed.GetValue(_report));
        bool csv = parsed.GetValue(_csv);
        bool markdown = parsed.GetValue(_markdown);
        if ((session.Json ? 1 : 0) + (csv ? 1 : 0) + (markdown ? 1 : 0) > 1)
        {
            throw new UsageException("more than one form is asked for: give one of --json, --csv, --markdown");
        }

        double nonlinear = parsed.GetValue(_nonlinear) ?? 1;
        if (parsed.GetRequiredValue(_network) is var name && name.StartsWith(StrategySheet.Prefix, StringComparison.Ordinal))
        {
            Idle.Check(parsed, false, $"'{name}' is an equilibrium, priced by --contraction, --iterations, --accuracy and --nonlinear", _ofNetworks);
            session.Print(StrategySheet
                .Of(name, parsed.GetValue(_contraction) ?? 0.9, parsed.GetValue(_iterations), parsed.GetValue(_accuracy) ?? 1e-8, nonlinear).Document());
            return ExitCode.Done;
        }

        Idle.Check(parsed, false, $"'{name}' is no equilibrium, as equilibrium:64 is", _contraction, _iterations, _accuracy);
        Idle.Check(parsed, parsed.GetValue(_predict), "it is about --predict", _runs);
        var network = Parameters.FindNetwork(
            Request.Model(parsed.GetRequiredValue(_network), session.Context), _input.Settings(parsed, parsed.GetValue(_classes), parsed.GetValue(_tokens), _adapter.Read(parsed, session.Context)));
        network = parsed.GetValue(_lora) is { } rank ? network with { LowRank = new LowRank(rank) } : network;
        session.Note(network.Notes);
        var scaling = _scaling.Read(parsed, parsed.GetValue(_batch), [_depth, _measure, _fits, _checkpoint, _jacobian], session.Context);
        var (document, fits) = scaling is null ? Alone(parsed, network, nonlinear, session) : (ScalingDocument.Of(ScalingSheet.Of(network, scaling, session.Context.Calibration)), true);
        if (csv || markdown)
        {
            session.Context.Out.Write(csv ? CsvWriter.Of(document.Rows!) : MarkdownWriter.Of(document));
        }
        else
        {
            session.Print(document);
        }

        session.WritePage(parsed.GetValue(_report), document, parsed);
        return fits ? ExitCode.Done : ExitCode.Failed;
    }

    private (Document Document, bool Fits) Alone(ParseResult parsed, Model network, double nonlinear, Session session)
    {
        var depth = parsed.GetValue(_depth);
        var programs = network.Build(parsed.GetValue(_batch) ?? network.UsualBatch);
        var jacobian = JacobianWish.Read(
            network, parsed.GetValue(_jacobian), parsed.GetValue(_wrt), parsed.GetValue(_tangents), parsed.GetValue(_cotangents));
        var wishes = new CostWishes(
            parsed.GetValue(_predict),
            parsed.GetValue(_measure),
            parsed.GetValue(_fits),
            parsed.GetValue(_checkpoint),
            jacobian,
            nonlinear,
            parsed.GetValue(_runs),
            session.Context.Calibration);
        var sheet = CostSheet.Of(network, programs, nonlinear, depth, CostExtras.Of(network, programs, wishes));
        bool fits = sheet.Fits is not { Batch: 0 };
        if (!fits)
        {
            session.Note($"--fits is '{parsed.GetResult(_fits)!.Tokens[0].Value}': not even one example fits; give more memory, or --checkpoint for what a step needs at least");
        }

        return (CostDocument.Of(sheet, modules: depth is not null), fits);
    }
}
