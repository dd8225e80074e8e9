using System.Text.Json;
using Nonsmooth.Cli.Shell;
using Nonsmooth.Data;

namespace Nonsmooth.Cli.Tests;

/// <summary>A command line run in process, in a world of its own.</summary>
internal sealed record ToolRun(int ExitCode, string Out, string Error)
{
    /// <summary>The one object on standard output.</summary>
    public JsonElement Json => JsonDocument.Parse(Out).RootElement;

    public static ToolRun Of(params string[] arguments) => In(Environment.CurrentDirectory, arguments);

    public static ToolRun In(string folder, params string[] arguments) => With(context => context with { Folder = folder }, arguments);

    public static ToolRun With(Func<ToolContext, ToolContext> world, params string[] arguments)
    {
        var (output, error) = (new StringWriter { NewLine = "\n" }, new StringWriter { NewLine = "\n" });
        var context = world(new ToolContext { Out = output, Error = error, Data = DataLocations.None });
        int code = Tool.Run(arguments, context);
        return new ToolRun(code, output.ToString(), error.ToString());
    }
}
