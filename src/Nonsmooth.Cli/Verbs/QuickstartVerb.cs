using System.CommandLine;
using Nonsmooth.Cli.Options;
using Nonsmooth.Cli.Quickstart;
using Nonsmooth.Settings;

namespace Nonsmooth.Cli.Verbs;

/// <summary>Shows the main job on embedded data, in under a minute.</summary>
internal sealed class QuickstartVerb : Verb
{
    private readonly Option<ulong> _seed = Parameters.Of("--seed", Ranges.Seed, 0ul, "Seed of everything random");
    private readonly Option<string?> _out = new("--out")
    {
        Description = "Folder for checkpoints and metrics [default: a new folder nonsmooth-quickstart here]",
        HelpName = "DIR",
    };

    public QuickstartVerb()
        : base(
            "quickstart",
            "Train LeNet-5 with two optimizers on embedded data, and see what its gradients cost and which kinks they meet",
            "nonsmooth quickstart",
            "nonsmooth quickstart --seed 1 --out /tmp/quickstart --json")
    {
        Options.Add(_seed);
        Options.Add(_out);
    }

    protected override int Run(ParseResult parsed, Session session)
    {
        var run = new QuickstartRun
        {
            Seed = parsed.GetValue(_seed),
            Folder = parsed.GetValue(_out) is { Length: > 0 } folder ? Path.GetFullPath(folder, session.Context.Folder) : FreshFolder(session.Context.Folder),
        };
        session.Print(QuickstartDocument.Of(run.Do(session.Context, session.Note)));
        return session.Context.Stop.IsCancellationRequested ? ExitCode.Interrupted : ExitCode.Done;
    }

    private static string FreshFolder(string parent)
    {
        string path = Path.Combine(parent, "nonsmooth-quickstart");
        for (int i = 2; Directory.Exists(path); i++)
        {
            path = Path.Combine(parent, FormattableString.Invariant($"nonsmooth-quickstart-{i}"));
        }

        return path;
    }
}
