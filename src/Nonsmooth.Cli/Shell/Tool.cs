using System.CommandLine;
using System.CommandLine.Help;
using Nonsmooth.Cli.Verbs;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Cli.Shell;

/// <summary>The command line: its verbs, and what becomes of what they throw.</summary>
internal static class Tool
{
    private const string _name = "nonsmooth";

    /// <summary>Runs one command line.</summary>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static int Run(IReadOnlyList<string> arguments, ToolContext context)
    {
        var root = Root(context);
        var parsed = root.Parse(arguments);
        if (arguments.Count > 0 && parsed.Action is not HelpWithExamples and not VersionAction && parsed.Errors.Count > 0)
        {
            return Refuse(Complaints.Of(parsed), parsed.CommandResult.Command, context);
        }

        try
        {
            return (arguments.Count == 0 ? root.Parse("--help") : parsed).Invoke(new InvocationConfiguration
            {
                Output = context.Out,
                Error = context.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            });
        }
        catch (UsageException e)
        {
            return Refuse(e.Message, parsed.CommandResult.Command, context);
        }
        catch (NonsmoothException e)
        {
            context.Error.WriteLine($"{_name}: {e.Message}");
            return ExitCode.Failed;
        }
        catch (Exception e) when (ModelAssembly.Of(e) is { } own)
        {
            context.Error.WriteLine($"{_name}: {own.Failed(e).Message}");
            return ExitCode.Failed;
        }
        catch (OperationCanceledException)
        {
            context.Error.WriteLine($"{_name}: interrupted");
            return ExitCode.Failed;
        }
        catch (Exception e) when (e is OverflowException or OutOfMemoryException)
        {
            context.Error.WriteLine($"{_name}: what is asked for is too large {(e is OverflowException ? "to be counted in 64 bits" : "for this machine's memory")}: give smaller sizes");
            return ExitCode.Failed;
        }
#pragma warning disable CA1031 // The last line of defence: a defect is shown whole, and the exit code is ours.
        catch (Exception e)
#pragma warning restore CA1031
        {
            context.Error.WriteLine($"{_name}: this is a defect of nonsmooth, please report it: {e}");
            return ExitCode.Failed;
        }
    }

    /// <summary>The command line with all verbs.</summary>
    public static Command Root(ToolContext context)
    {
        var root = new Command(_name, "Differentiate, audit and train programs that are not differentiable everywhere.");
        foreach (var verb in Verb.All)
        {
            verb.Bind(context);
            root.Subcommands.Add(verb);
        }

        var help = new HelpOption("--help", "-h", "-?") { Description = "Show help and an example" };
        help.Action = new HelpWithExamples(new HelpAction { MaxWidth = context.Width });
        root.Options.Add(help);
        root.Options.Add(new Option<bool>("--version") { Description = "Show the version", Action = new VersionAction() });
        return root;
    }

    private static int Refuse(string message, Command command, ToolContext context)
    {
        string of = command is Verb ? $"{_name} {command.Name}" : _name;
        context.Error.WriteLine($"{_name}: {message.TrimEnd('.')} (see {of} --help)");
        return ExitCode.BadUsage;
    }
}
