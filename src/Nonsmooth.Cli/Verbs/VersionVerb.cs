using System.CommandLine;
using System.Runtime.InteropServices;
using Nonsmooth.Cli.Documents;
using Nonsmooth.Cli.Shell;

namespace Nonsmooth.Cli.Verbs;

/// <summary>Says which version this is.</summary>
internal sealed class VersionVerb() : Verb("version", "Show the version", "nonsmooth version")
{
    protected override int Run(ParseResult parsed, Session session)
    {
        session.Print(new Document(new Result(VersionAction.Version, RuntimeInformation.FrameworkDescription, RuntimeInformation.RuntimeIdentifier)).Say(VersionAction.Version));
        return ExitCode.Done;
    }

    private sealed record Result(string Version, string Runtime, string Platform);
}
