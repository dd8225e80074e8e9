using System.Collections.Concurrent;
using System.Diagnostics;
using Nonsmooth.Engines.Recordings;

namespace Nonsmooth.Engines.Protocol;

/// <summary>An engine that is a process: it reads lines and writes lines; one that hangs or dies is started again.</summary>
/// <param name="command">The command, as a shell takes it.</param>
/// <param name="folder">Where it runs.</param>
/// <param name="patience">How long an answer may take.</param>
public sealed class EngineProcess(string command, string folder, TimeSpan patience) : IEngine, IDisposable
{
    private const int _longest = 1 << 24;
    private const double _lastWords = 5;

    private Process? _process;
    private EngineSession? _session;
    private BlockingCollection<string>? _lines;
    private EngineHello? _hello;

    /// <summary>How often it was started.</summary>
    public int Starts { get; private set; }

    /// <inheritdoc/>
    public EngineHello Hello => _hello ??= Guarded(() => Session.Hello);

    /// <inheritdoc/>
    public Answer Ask(Question question) => Guarded(() => Session.Ask(question));

    /// <inheritdoc/>
    public void Dispose() => Stop();

    private EngineSession Session
    {
        get
        {
            if (_session is null)
            {
                Start();
            }

            return _session!;
        }
    }

    // After a fault nobody knows what is still on its way: the process is ended, and a new one answers the next question.
    private T Guarded<T>(Func<T> ask)
    {
        try
        {
            return ask();
        }
        catch (EngineFaultException)
        {
            Stop();
            throw;
        }
    }

    private void Start()
    {
        Starts++;
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec " + command])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        var process = Process.Start(start) ?? throw new EngineFaultException($"'{command}' cannot be started");
        var lines = new BlockingCollection<string>(1 << 12);
        string last = "";
        var errors = new Thread(() => Follow(process.StandardError, text => last = text)) { IsBackground = true };
        errors.Start();
        new Thread(() => Read(process.StandardOutput, lines)) { IsBackground = true }.Start();
        (_process, _lines) = (process, lines);
        var session = new EngineSession(line => Exchange(line, process, lines, LastWords));
        _session = session;
        if (_hello is not null)
        {
            _ = session.Hello;
        }

        // The end of a process may be known before what it wrote has been read; a child of it may hold the pipe open.
        string LastWords()
        {
            _ = errors.Join(TimeSpan.FromSeconds(_lastWords));
            return last;
        }
    }

    // A thread of its own: on a busy machine the pool's come late.
    private static void Follow(StreamReader errors, Action<string> said)
    {
        try
        {
            while (errors.ReadLine() is { } text)
            {
                if (text.Length > 0)
                {
                    said(text);
                }
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The process was ended: what it wrote last is nobody's.
        }
    }

    private static void Read(StreamReader output, BlockingCollection<string> lines)
    {
        try
        {
            var text = new System.Text.StringBuilder();
            for (int c = output.Read(); c >= 0; c = output.Read())
            {
                if (c == '\n' || text.Length > _longest)
                {
                    lines.Add(text.ToString());
                    text.Clear();
                }
                else
                {
                    text.Append((char)c);
                }
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The process was ended: what it wrote last is nobody's.
        }
        finally
        {
            try
            {
                lines.CompleteAdding();
            }
            catch (ObjectDisposedException)
            {
                // Stopped meanwhile.
            }
        }
    }

    private string Exchange(string line, Process process, BlockingCollection<string> lines, Func<string> last)
    {
        try
        {
            process.StandardInput.WriteLine(line);
            process.StandardInput.Flush();
        }
        catch (IOException)
        {
            // It does not listen any more; what it said before may tell why.
        }

        // To begin takes an engine longer than to answer: it loads what it needs.
        if (lines.TryTake(out string? back, (int)(patience.TotalMilliseconds * (line == Wire.Hello ? 10 : 1))))
        {
            return back;
        }

        if (!lines.IsCompleted)
        {
            throw new EngineFaultException($"no answer within {patience.TotalSeconds:0.#} s: it hangs");
        }

        process.WaitForExit(1000);
        string how = process.HasExited ? $"with code {process.ExitCode}" : "its output", said = last();
        throw new EngineFaultException($"it ended, {how}{(said.Length > 0 ? $": {Shortened(said)}" : "")}");
    }

    private static string Shortened(string text) => text.Length > 120 ? text[..120] + "…" : text;

    private void Stop()
    {
        (var process, _session) = (_process, null);
        _process = null;
        if (process is null)
        {
            return;
        }

        try
        {
            process.StandardInput.Close();
            if (!process.WaitForExit(200))
            {
                process.Kill(entireProcessTree: true);
            }
        }
        catch (Exception e) when (e is InvalidOperationException or IOException or System.ComponentModel.Win32Exception)
        {
            // It is gone already.
        }

        process.Dispose();
    }
}
