using System.CommandLine;
using Nonsmooth.Cli.Documents;
using Nonsmooth.Cli.Verbs;

namespace Nonsmooth.Cli.Shell;

/// <summary>
/// How one command line fails: a line on standard error for a person, and with <c>--json</c> an object on standard output too, where a
/// program looks, unless its result stands there already.
/// </summary>
internal sealed class Failures(ParseResult parsed, ToolContext context)
{
    /// <summary>The command line cannot be understood.</summary>
    public int Refuse(string message, Exception? cause = null)
    {
        string of = parsed.CommandResult.Command is Verb { Name: var verb } ? $"{Tool.Name} {verb}" : Tool.Name;
        return Say(message.TrimEnd('.'), $" (see {of} --help)", ExitCode.BadUsage, cause);
    }

    /// <summary>The work failed.</summary>
    public int Fail(string message, Exception? cause = null) => Say(message, "", ExitCode.Failed, cause);

    /// <summary>The user stopped it.</summary>
    public int Interrupt() => Say("interrupted", "", ExitCode.Interrupted, null);

    private int Say(string message, string more, int code, Exception? cause)
    {
        context.Error.WriteLine($"{Tool.Name}: {message}{more}");
        var options = parsed.CommandResult.Command.Options;
        for (var inner = cause?.InnerException; inner is not null && Has("--verbose"); inner = inner.InnerException)
        {
            context.Error.WriteLine($"{Tool.Name}: caused by {inner.GetType().Name}: {inner.Message.ReplaceLineEndings(" ")}");
        }

        if (Has("--json") && context.Out is WatchedWriter { HasWritten: false })
        {
            context.Out.WriteLine(Json.Of(ErrorObject.Of(message, code)));
        }

        return code;

        bool Has(string name) => options.FirstOrDefault(o => o.Name == name) is { } option && parsed.GetResult(option) is { Implicit: false };
    }
}
