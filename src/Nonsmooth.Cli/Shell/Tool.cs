using System.CommandLine;
using System.CommandLine.Help;
using Nonsmooth.Cli.Verbs;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Cli.Shell;

/// <summary>The command line: its verbs, and what becomes of what they throw.</summary>
internal static class Tool
{
    /// <summary>What users type.</summary>
    public const string Name = "nonsmooth";

    /// <summary>Runs one command line.</summary>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static int Run(IReadOnlyList<string> arguments, ToolContext world)
    {
        if (Suggestions.Asked(arguments) is var (position, line))
        {
            foreach (string suggestion in Suggestions.At(position, line))
            {
                world.Out.WriteLine(suggestion);
            }

            return ExitCode.Done;
        }

        var context = world with { Out = new WatchedWriter(world.Out) };
        var parsed = Root(context, arguments).Parse(arguments.Count == 0 ? ["--help"] : arguments);
        var failures = new Failures(parsed, context);
        if (parsed.Action is not HelpWithExamples and not VersionAction && parsed.Errors.Count > 0)
        {
            return failures.Refuse(Complaints.Of(parsed));
        }

        try
        {
            return parsed.Invoke(new InvocationConfiguration
            {
                Output = context.Out,
                Error = context.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            });
        }
        catch (UsageException e)
        {
            return failures.Refuse(e.Message, e);
        }
        catch (NonsmoothException e)
        {
            return failures.Fail(e.Message, e);
        }
        catch (Exception e) when (ModelAssembly.Of(e) is { } own)
        {
            return failures.Fail(own.Failed(e).Message, e);
        }
        catch (OperationCanceledException)
        {
            return failures.Interrupt();
        }
        catch (Exception e) when (e is OverflowException or OutOfMemoryException)
        {
            return failures.Fail($"what is asked for is too large {(e is OverflowException ? "to be counted in 64 bits" : "for this machine's memory")}: give smaller sizes", e);
        }
#pragma warning disable CA1031 // The last line of defence: a defect is shown whole, and the exit code is ours.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return failures.Fail($"this is a defect of nonsmooth, please report it: {e}");
        }
    }

    /// <summary>The command line with all verbs.</summary>
    public static Command Root(ToolContext context) => Root(context, []);

    /// <summary>The command line with the verb that arguments begin with, or with all where they begin with none.</summary>
    public static Command Root(ToolContext context, IReadOnlyList<string> arguments)
    {
        var root = new Command(Name, "Differentiate, audit and train programs that are not differentiable everywhere.");
        foreach (var verb in arguments.Count > 0 && Verb.TryFind(arguments[0]) is { IsOfAll: false } meant ? [meant] : Verb.All)
        {
            verb.Bind(context);
            root.Subcommands.Add(verb);
        }

        var help = new HelpOption("--help", "-h", "-?") { Description = "Show help and an example" };
        help.Action = new HelpWithExamples(new HelpAction { MaxWidth = context.Width }, context.Width);
        root.Options.Add(help);
        root.Options.Add(new Option<bool>("--version") { Description = "Show the version", Action = new VersionAction() });
        return root;
    }
}
