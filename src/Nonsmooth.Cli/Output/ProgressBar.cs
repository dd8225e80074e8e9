using Spectre.Console;

namespace Nonsmooth.Cli.Output;

/// <summary>A bar with the time left on the error output, drawn only when someone watches it.</summary>
internal sealed class ProgressBar
{
    private readonly ProgressTask? _task;
    private readonly ProgressLines? _lines;

    private ProgressBar(ProgressTask? task, ProgressLines? lines) => (_task, _lines) = (task, lines);

    /// <summary>Does some work under a bar.</summary>
    /// <param name="context">The world.</param>
    /// <param name="title">What the bar says at first.</param>
    /// <param name="work">The work.</param>
    /// <param name="isLogged">Whether lines take the bar's place under a launcher of MPI.</param>
    public static T During<T>(ToolContext context, string title, Func<ProgressBar, T> work, bool isLogged = false)
    {
        if (!context.ErrorIsTerminal)
        {
            return work(new ProgressBar(null, context.Launch.Launcher is null || !isLogged ? null : new ProgressLines(context.Error, context.Time)));
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Interactive = InteractionSupport.Yes,
            Out = new AnsiConsoleOutput(context.Error),
        });
        return console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(live => work(new ProgressBar(live.AddTask(Markup.Escape(title)), null)));
    }

    /// <summary>Moves the bar.</summary>
    public void Report(long done, long of, string text)
    {
        _lines?.Report(done, of, text);
        if (_task is not null)
        {
            _task.MaxValue = of;
            _task.Value = done;
            _task.Description = Markup.Escape(text);
        }
    }
}
