using System.Globalization;
using System.Text;
using Nonsmooth.Data.Files;
using Nonsmooth.Files;
using Nonsmooth.Reliability.Ties;

namespace Nonsmooth.Training.Telemetry;

/// <summary>The tie counts of a run as comma-separated values: a line a site a sampled step, appended as they come.</summary>
/// <remarks>Near ties and active ties are empty where they were not counted. A run that goes on drops the lines of steps it makes again.</remarks>
internal sealed class TelemetryFile : IDisposable
{
    public const string Name = "telemetry.csv";
    private const string Header = "step,site,places,ties,zeros,near,active,seconds";
    private readonly string _path;
    private readonly FileStream _stream;
    private readonly Int128 _identity;

    /// <summary>Opens it, keeping the lines of the steps that are done.</summary>
    public TelemetryFile(string folder, long stepsDone)
    {
        _path = Path.Combine(folder, Name);
        string[] kept = File.Exists(_path) ? [.. Whole(InputFile.ReadText(_path, "", 1 << 30)).Where(l => StepOf(l) <= stepsDone)] : [];
        AtomicFile.Write(_path, stream => stream.Write(Encoding.UTF8.GetBytes(string.Concat(kept.Prepend(Header).Select(l => l + "\n")))));
        _stream = FileFailure.Named(_path, () => new FileStream(_path, FileMode.Append, FileAccess.Write, FileShare.Read));
        _identity = FileStamp.Of(_path).Identity;
    }

    public void Add(long step, TieReport report, IReadOnlyList<TimeSpan> times)
    {
        var text = new StringBuilder();
        for (int i = 0; i < report.Sites.Count; i++)
        {
            var site = report.Sites[i];
            text.Append(CultureInfo.InvariantCulture, $"{step},{Field(site.Site)},{site.Places},{site.Ties},{site.Zeros},{site.NearTies},{site.Active},{times[i].TotalSeconds:F6}\n");
        }

        FileFailure.Named(_path, () =>
        {
            FileFailure.RequireThere(_path, _identity);
            _stream.Write(Encoding.UTF8.GetBytes(text.ToString()));
            _stream.Flush();
            return true;
        });
    }

    public void Dispose() => _stream.Dispose();

    // A kill can leave half a line at the end.
    private static IEnumerable<string> Whole(string text) => text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1);

    private static long StepOf(string line) =>
        long.TryParse(line.Split(',')[0], NumberStyles.None, CultureInfo.InvariantCulture, out long step) ? step : long.MaxValue;

    private static string Field(string text) => text.Contains(',', StringComparison.Ordinal) ? $"\"{text}\"" : text;
}
