using System.Globalization;
using System.Text;
using Nonsmooth.Data.Files;
using Nonsmooth.Files;

namespace Nonsmooth.Training.Telemetry;

/// <summary>A file of a run's folder to which lines are appended as they come, each beginning with its step. A run that goes on drops the lines of steps it makes again.</summary>
internal sealed class StepLines : IDisposable
{
    private readonly string _path;
    private readonly FileStream _stream;
    private readonly Int128 _identity;

    /// <summary>Opens it, keeping the lines of the steps that are done.</summary>
    public StepLines(string path, string header, long stepsDone)
    {
        _path = path;
        string[] kept = File.Exists(path) ? [.. Whole(InputFile.ReadText(path, "", 1 << 30)).Where(l => StepOf(l) <= stepsDone)] : [];
        AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(string.Concat(kept.Prepend(header).Select(l => l + "\n")))));
        _stream = FileFailure.Named(path, () => new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read));
        _identity = FileStamp.Of(path).Identity;
    }

    /// <summary>Appends whole lines and hands them to the operating system.</summary>
    /// <exception cref="NonsmoothException">The disk is full, or the file was deleted or replaced.</exception>
    public void Add(string lines) => FileFailure.Named(_path, () =>
    {
        FileFailure.RequireThere(_path, _identity);
        _stream.Write(Encoding.UTF8.GetBytes(lines));
        _stream.Flush();
        return true;
    });

    public void Dispose() => _stream.Dispose();

    // A kill can leave half a line at the end.
    private static IEnumerable<string> Whole(string text) => text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1);

    private static long StepOf(string line) =>
        long.TryParse(line.Split(',')[0], NumberStyles.None, CultureInfo.InvariantCulture, out long step) ? step : long.MaxValue;
}
