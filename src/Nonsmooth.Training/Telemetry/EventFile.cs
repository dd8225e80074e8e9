using System.Globalization;
using Nonsmooth.Files;

namespace Nonsmooth.Training.Telemetry;

/// <summary>A TensorBoard event file: curves by tag, appended to as they come.</summary>
/// <remarks>
/// A run that goes on writes a new file beside the old ones and tells TensorBoard from which step on to take it. A kill
/// leaves at most one broken record, at the end, which readers skip.
/// </remarks>
public sealed class EventFile : IDisposable
{
    private readonly FileStream _stream;
    private readonly Int128 _identity;
    private readonly TimeProvider _time;

    /// <summary>Makes a file of a new name in a folder.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="stepsDone">Steps that older files of the folder hold rightly; later ones of theirs are dropped. 0 for a new run.</param>
    /// <param name="time">The clock of the events.</param>
    /// <exception cref="NonsmoothException">The file cannot be made.</exception>
    public EventFile(string folder, long stepsDone, TimeProvider time)
    {
        _time = time;
        Path = Free(folder, time.GetUtcNow().ToUnixTimeSeconds());
        _stream = FileFailure.Named(Path, () => new FileStream(Path, FileMode.CreateNew, FileAccess.Write, FileShare.Read));
        _identity = FileStamp.Of(Path).Identity;
        Append(EventMessage.Version(Now));
        if (stepsDone > 0)
        {
            Append(EventMessage.Restart(Now, stepsDone + 1));
        }

        Flush();
    }

    /// <summary>Where it is.</summary>
    public string Path { get; }

    private double Now => _time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;

    /// <summary>Adds a point to each of some curves; it may stay in memory until <see cref="Flush"/>.</summary>
    /// <exception cref="NonsmoothException">The disk is full.</exception>
    public void Add(long step, IEnumerable<(string Tag, double Value)> points) => Append(EventMessage.Scalars(Now, step, points));

    /// <summary>Hands everything to the operating system.</summary>
    /// <exception cref="NonsmoothException">The disk is full.</exception>
    public void Flush() => FileFailure.Named(Path, () =>
    {
        FileFailure.RequireThere(Path, _identity);
        _stream.Flush();
        return true;
    });

    /// <summary>Closes the file.</summary>
    public void Dispose() => _stream.Dispose();

    private void Append(byte[] message) => FileFailure.Named(Path, () =>
    {
        _stream.Write(TensorRecord.Of(message));
        return true;
    });

    private static string Free(string folder, long seconds)
    {
        for (int i = 0; ; i++)
        {
            string path = System.IO.Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"events.out.tfevents.{seconds:D10}.nonsmooth.{i}"));
            if (!File.Exists(path))
            {
                return path;
            }
        }
    }
}
