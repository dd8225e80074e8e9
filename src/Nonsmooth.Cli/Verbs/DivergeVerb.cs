using System.CommandLine;
using Nonsmooth.Cli.Audits;
using Nonsmooth.Cli.Documents;
using Nonsmooth.Cli.Options;
using Nonsmooth.Cli.Output;
using Nonsmooth.Cli.Training;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Reliability.Divergence;
using Nonsmooth.Reliability.Gradients;
using Nonsmooth.Reliability.Profiles;
using Nonsmooth.Settings;
using Nonsmooth.Training.Audits;
using Nonsmooth.Training.Engine;

namespace Nonsmooth.Cli.Verbs;

/// <summary>Names the first node at which a network's gradient parts in two formats or under two conventions.</summary>
internal sealed class DivergeVerb : Verb
{
    private readonly Argument<string> _network = Parameters.Network();
    private readonly SettingOptions _settings = new(TrainingSettings.OfRecipe.Where(s => s.Key is "data" or "seed" or "device" || ModelFileSettings.Has(s.Key)));
    private readonly Option<string?> _dataFolder = Parameters.DataFolder();
    private readonly Option<int> _batch = Parameters.Of("--batch", Ranges.From(1), 32, "Examples in the batch");
    private readonly Option<string> _precision = Named("--precision", "The first run's format");
    private readonly Option<string?> _against = new Option<string?>("--against") { Description = $"The second run's format: {string.Join(", ", Formats.Names)} [default: the first's]", HelpName = "NAME" }.Completed(() => Formats.Names);
    private readonly Option<string?> _profiles = new("--profiles")
    {
        Description = $"The conventions at kinks of both runs: two of {string.Join(", ", Profile.All.Select(p => p.Name))}",
        HelpName = "A,B",
    };

    private readonly Option<double?> _tolerance = Parameters.Of("--tolerance", Ranges.NonNegative.OrUnset(), null, "Relative distance up to which a result counts as the same [default: 0 in one format, 64 roundings in two]");

    public DivergeVerb()
        : base(
            "diverge",
            "Name the first node at which a network's gradient parts in two formats or under two conventions",
            "nonsmooth diverge lenet5 --precision f32 --against f16",
            "nonsmooth diverge resnet18-cifar --data cifar10 --profiles libtorch-2.10,minimal-norm --precision f64 --json")
    {
        foreach (Option option in (Option[])[.. _settings.All, _precision, _against, _profiles, _tolerance, _batch, _dataFolder])
        {
            Options.Add(option);
        }

        Arguments.Add(_network);
    }

    protected override int Run(ParseResult parsed, Session session)
    {
        string name = Request.Model(parsed.GetRequiredValue(_network), session.Context);
        Request.CanRun(name);
        var recipe = Request.Located(Request.Given(Request.Usual(name), parsed, _settings), session.Context.Folder);
        Request.Dataset(recipe);
        var first = Formats.Find("--precision", parsed.GetRequiredValue(_precision));
        var second = parsed.GetValue(_against) is { } against ? Formats.Find("--against", against) : first;
        var (a, b) = parsed.GetValue(_profiles) is { } profiles ? ProfilePair.Read(profiles, session.Context) : (Profile.LibTorch, Profile.LibTorch);
        var data = Request.Load(recipe, _settings.Given(parsed).Select(g => (g.Setting.Key, g.Text)), parsed, _dataFolder, session.Context);
        var network = UsageException.Read(() => recipe.Model(data.Examples));
        session.Note(network.Notes);
        using var subject = new NetworkSubject(network, data.Test, new() { Batch = parsed.GetValue(_batch), Seed = recipe.Seed });
        var report = FirstDivergence.Find(
            GradientRunner.Of(subject.Objective, subject.Parameters, a.Selection),
            GradientRunner.Of(subject.Objective, subject.Parameters, b.Selection),
            subject.Inputs(0, 0),
            new DivergenceOptions { Precision = first, OtherPrecision = second, Tolerance = parsed.GetValue(_tolerance), Device = recipe.Device });
        session.Print(Shown(report, $"{first.Name()} under {a.Name}", $"{second.Name()} under {b.Name}"));
        return ExitCode.Done;
    }

    private static Document Shown(DivergenceReport report, string first, string second)
    {
        var document = new Document(report, $"{first}, against {second}");
        if (report.First is not { } node)
        {
            return document.Say($"All {Numbers.Whole(report.Compared)} nodes that both have agree.");
        }

        document
            .Say($"They part at {node.Node}: {Numbers.Whole(node.Differing)} elements differ, by {Numbers.Digits(node.Relative)} of the result's norm; the first is element {Numbers.Whole(node.Element)}, {Numbers.Digits(node.Value, 6)} against {Numbers.Digits(node.OtherValue, 6)}."
                + (report.FirstDecision is { } decision ? $" The first decision that falls otherwise is at {decision.Node}: from there on the two are on different pieces." : ""))
            .Table(
                report.Diverged,
                (Column.Code("node"), d => d.Node),
                (Column.Text("function"), d => d.Function == d.OtherFunction ? d.Function : $"{d.Function} / {d.OtherFunction}"),
                (Column.Count("elements"), d => d.Differing),
                (Column.Digits("relative"), d => d.Relative),
                (Column.Text("decides"), d => d.Decides ? "yes" : null));
        return report.OnlyInFirst.Count + report.OnlyInSecond.Count == 0 ? document
            : document.Say($"In one program only: {string.Join(", ", report.OnlyInFirst.Concat(report.OnlyInSecond).Take(12))}.");
    }

    private static Option<string> Named(string name, string description) => new Option<string>(name)
    {
        Description = $"{description}: {string.Join(", ", Formats.Names)}",
        HelpName = "NAME",
        DefaultValueFactory = _ => Precision.Float32.Name(),
    }.Completed(() => Formats.Names);
}
