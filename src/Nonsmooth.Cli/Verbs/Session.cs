using System.CommandLine;
using System.Runtime.InteropServices;
using Nonsmooth.Cli.Documents;
using Nonsmooth.Cli.Output;
using Nonsmooth.Cli.Training;
using Nonsmooth.LibTorch.Native;

namespace Nonsmooth.Cli.Verbs;

/// <summary>One run of a verb: the world, and the form the user wants results in.</summary>
/// <param name="Context">The world.</param>
/// <param name="Json">Whether the result is one JSON object instead of a page.</param>
internal sealed record Session(ToolContext Context, bool Json)
{
    /// <summary>Whether nothing is said beside the result.</summary>
    public bool Quiet { get; init; }

    /// <summary>Whether more is said beside it.</summary>
    public bool Verbose { get; init; }

    /// <summary>Whether this is the rank that prints and writes files.</summary>
    public bool IsFirst { get; init; } = true;

    /// <summary>Prints the result in the form that was asked for.</summary>
    public void Print(Document document)
    {
        if (Json)
        {
            Context.Out.WriteLine(Documents.Json.Of(document.Data));
        }
        else
        {
            new TerminalWriter(Context.Out, Context.OutIsTerminal, Context.Width).Write(document);
        }
    }

    /// <summary>Refuses a file whose folder does not exist, before minutes of work end in it.</summary>
    /// <param name="path">Relative to the world's folder; null for no file.</param>
    /// <exception cref="UsageException">There is no such folder.</exception>
    public void CheckFolder(string? path)
    {
        if (path is not null && Path.GetDirectoryName(Path.GetFullPath(path, Context.Folder)) is { } folder && !Directory.Exists(folder))
        {
            throw new UsageException($"cannot write {path}: there is no folder {folder}; make it first");
        }
    }

    /// <summary>The same on another rank, which says and writes nothing.</summary>
    public Session Silent() => this with { IsFirst = false, Context = Context with { Out = TextWriter.Null, Error = TextWriter.Null, ErrorIsTerminal = false, OutIsTerminal = false } };

    /// <summary>Writes a file beside the result and says so; null for no file.</summary>
    /// <exception cref="NonsmoothException">It cannot be written.</exception>
    public void Write(string? path, Func<string> text)
    {
        if (path is null || !IsFirst)
        {
            return;
        }

        try
        {
            File.WriteAllText(Path.GetFullPath(path, Context.Folder), text());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new NonsmoothException($"cannot write {path}: {e.Message}", e);
        }

        Note($"wrote {path}");
    }

    /// <summary>Writes a report as a page that says where it comes from; null for no file.</summary>
    /// <exception cref="NonsmoothException">It cannot be written.</exception>
    public void WritePage(string? path, Document document, ParseResult parsed, ulong? seed = null) =>
        Write(path, () => HtmlWriter.Of(document, Origin(parsed, seed)));

    /// <summary>Where what this run made comes from.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="seed">The seed; null for a verb that takes none.</param>
    public Provenance Origin(ParseResult parsed, ulong? seed = null) => new(
        ToolVersion.Text,
        Request.CommandLine(parsed),
        seed,
        Context.Machine(),
        LibTorchLibrary.Version is { Major: > 0 } version ? version.ToString() : null,
        Context.Time.GetUtcNow());

    /// <summary>Lines for a person, beside the result.</summary>
    public void Note(IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            Note(line);
        }
    }

    /// <summary>A line for a person, beside the result.</summary>
    public void Note(string line)
    {
        if (!Quiet)
        {
            Context.Error.WriteLine($"nonsmooth: {line}");
        }
    }

    /// <summary>A line for a person who wants to know more.</summary>
    public void Detail(string line)
    {
        if (Verbose)
        {
            Note(line);
        }
    }

    /// <summary>Does the work; who wants to know more is told where, and what it took.</summary>
    public int Timed(Func<int> work)
    {
        long begun = Context.Time.GetTimestamp();
        Detail($"version {ToolVersion.Text}, {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}, {Environment.ProcessorCount} processors, in {Context.Folder}");
        int code = work();
        Detail($"took {Numbers.Seconds(Context.Time.GetElapsedTime(begun).TotalSeconds)} and {Numbers.Bytes(Environment.WorkingSet)} of memory at the end");
        return code;
    }
}
