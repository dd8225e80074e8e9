using System.CommandLine;
using System.Runtime.InteropServices;
using Nonsmooth.Cli.Documents;

namespace Nonsmooth.Cli.Verbs;

/// <summary>Says which version this is.</summary>
internal sealed class VersionVerb() : Verb("version", "Show the version", "nonsmooth version")
{
    protected override int Run(ParseResult parsed, Session session)
    {
        session.Print(new Document(new Result(ToolVersion.Text, RuntimeInformation.FrameworkDescription, RuntimeInformation.RuntimeIdentifier)).Say(ToolVersion.Text));
        return ExitCode.Done;
    }

    private sealed record Result(string Version, string Runtime, string Platform);
}
