using System.CommandLine;
using Nonsmooth.Cli.Engines;
using Nonsmooth.Cli.Kinks;
using Nonsmooth.Cli.Options;
using Nonsmooth.Cli.Training;
using Nonsmooth.Engines.Recordings;
using Nonsmooth.Reliability.Profiles;

namespace Nonsmooth.Cli.Verbs;

/// <summary>Shows what is nonsmooth, what is selected there, and how frameworks differ.</summary>
internal sealed class KinksVerb : Verb
{
    private readonly Argument<string?> _network = new Argument<string?>("network")
    {
        Description = "Show the kinks of a network only: a name (see nonsmooth networks), or one of your own, ASSEMBLY.dll:TYPE",
        HelpName = "NETWORK",
        Arity = ArgumentArity.ZeroOrOne,
    }.Completed(Parameters.Networks);

    private readonly InputShapes _input = new();
    private readonly AdapterOption _adapter = new();

    private readonly Option<string?> _profile = new Option<string?>("--profile")
    {
        Description = $"Show one profile only: {string.Join(", ", Profile.All.Select(static p => p.Name))}",
        HelpName = "NAME",
    }.Completed(Parameters.Profiles);

    private readonly Option<string[]> _diff = new Option<string[]>("--diff")
    {
        Description = "Show what differs between two profiles, folders that hold a libtorch, or recordings of engines (*.jsonl.gz)",
        HelpName = "A B",
        Arity = new ArgumentArity(2, 2),
        AllowMultipleArgumentsPerToken = true,
    }.Completed(Parameters.Profiles);

    public KinksVerb()
        : base(
            "kinks",
            "Show what is not smooth and which derivative is selected there, here and in other frameworks",
            "nonsmooth kinks",
            "nonsmooth kinks lenet5",
            "nonsmooth kinks --profile jax",
            "nonsmooth kinks --diff libtorch-2.10 libtorch-2.14",
            "nonsmooth kinks --diff before.jsonl.gz after.jsonl.gz")
    {
        Arguments.Add(_network);
        Options.Add(_profile);
        Options.Add(_diff);
        foreach (Option option in (Option[])[_input.Option, .. _adapter.All])
        {
            Options.Add(option);
        }
    }

    protected override int Run(ParseResult parsed, Session session)
    {
        string? profile = parsed.GetValue(_profile);
        Idle.Check(parsed, parsed.GetValue(_network) is not null, "it is about a network, and none is given", [_input.Option, .. _adapter.All]);
        if (parsed.GetValue(_network) is { } network)
        {
            if (profile is not null || parsed.GetValue(_diff) is { Length: 2 })
            {
                throw new UsageException("a network's kinks are shown without --profile and --diff: leave them out");
            }

            var model = Parameters.FindNetwork(Request.Model(network, session.Context), _input.Settings(parsed, adapter: _adapter.Read(parsed, session.Context)));
            session.Note(model.Notes);
            session.Print(ModelKinks.Of(model).Shown());
        }
        else if (parsed.GetValue(_diff) is { Length: 2 } pair)
        {
            if (profile is not null)
            {
                throw new UsageException("--profile and --diff exclude each other: give one");
            }

            session.Print(pair.All(RecordingFile.IsOne)
                ? RecordingDiffDocument.Of(pair[0], pair[1], session.Context.Folder)
                : CatalogueDocument.Of(KinkDiff.Between(pair[0], pair[1])));
        }
        else if (profile is not null)
        {
            session.Print(CatalogueDocument.Of(CatalogueSheet.Of(UsageException.Read(() => Profile.Find(profile)))));
        }
        else
        {
            session.Print(KinkDocument.Of(KinkCatalogue.Make()));
        }

        return ExitCode.Done;
    }
}
