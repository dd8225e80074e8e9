using Nonsmooth.Cli.Documents;
using Nonsmooth.Cli.Live;
using Nonsmooth.Files;

namespace Nonsmooth.Cli.Runs;

/// <summary>Serves the page of some runs while they go on. It reads their folders and nothing else, so that no run knows of it.</summary>
internal sealed class RunWatch : IDisposable
{
    // A browser that asks every second has the last page then.
    private static readonly TimeSpan _farewell = TimeSpan.FromSeconds(1.5);

    private readonly Lock _gate = new();
    private readonly IReadOnlyList<string> _folders;
    private readonly string _command;
    private readonly Func<Provenance> _origin;
    private readonly PageServer _server;
    private List<(FileStamp Of, bool IsHeld)> _seen = [];
    private LivePage? _page;
    private bool _isOver;

    /// <summary>Begins to serve.</summary>
    /// <param name="folders">The folders, whole paths; one whose run has not begun is waited for.</param>
    /// <param name="command">The command line that makes the page from the folders.</param>
    /// <param name="origin">Tells where the page comes from.</param>
    /// <param name="port">The port; 0 for a free one.</param>
    /// <exception cref="NonsmoothException">The port cannot be had.</exception>
    public RunWatch(IReadOnlyList<string> folders, string command, Func<Provenance> origin, int port)
    {
        (_folders, _command, _origin) = (folders, command, origin);
        _server = PageServer.Start(Page, port);
    }

    /// <summary>Says where the page is.</summary>
    public void Tell(TextWriter error) => error.WriteLine($"nonsmooth: watch at {_server.Address}");

    /// <summary>Shows the runs as they ended to a browser that is watching, and ends.</summary>
    public void Dispose()
    {
        Volatile.Write(ref _isOver, true);
        if (_server.IsWatched(2 * _farewell))
        {
            Thread.Sleep(_farewell);
        }

        _server.Dispose();
    }

    private LivePage Page()
    {
        lock (_gate)
        {
            bool isOver = Volatile.Read(ref _isOver);
            List<(FileStamp Of, bool IsHeld)> now =
            [
                .. from folder in _folders
                   let isHeld = RunReader.IsHeld(folder)
                   from file in RunFiles.All
                   select (FileStamp.Of(Path.Combine(folder, file)), isHeld),
            ];
            if (_page is null || _page.HasEnded != isOver || !now.SequenceEqual(_seen))
            {
                (_page, _seen) = (new LivePage(HtmlWriter.Of(Read(), _origin()), isOver), now);
            }

            return _page;
        }
    }

    private Document Read()
    {
        try
        {
            return _folders.All(folder => File.Exists(Path.Combine(folder, RunFiles.Run)))
                ? RunDocument.Of(RunSheet.Of(RunReader.Read(_folders), _command))
                : new Document(_folders, "A run that has not begun").Say("It is being prepared: its network is compiled and its data are read.");
        }
        catch (NonsmoothException e)
        {
            return new Document(_folders, "A run that cannot be read").Verdict([e.Message]);
        }
    }
}
