namespace Nonsmooth.Cli.Shell;

/// <summary>Where the process starts.</summary>
internal static class EntryPoint
{
    private static int Main(string[] arguments)
    {
        using var interrupt = new Interrupt();
        return Tool.Run(arguments, ToolContext.OfProcess(interrupt.Token));
    }
}
