using System.CommandLine;
using System.CommandLine.Invocation;

namespace Nonsmooth.Cli.Shell;

/// <summary>Prints the version of this tool.</summary>
internal sealed class VersionAction : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        parseResult.InvocationConfiguration.Output.WriteLine(ToolVersion.Text);
        return ExitCode.Done;
    }
}
