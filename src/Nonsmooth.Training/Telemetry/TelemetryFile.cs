using System.Globalization;
using System.Text;
using Nonsmooth.Reliability.Ties;

namespace Nonsmooth.Training.Telemetry;

/// <summary>The tie counts of a run as comma-separated values: a line a site a sampled step.</summary>
/// <remarks>Near ties and active ties are empty where they were not counted; least and most of the site's arguments where there was none.</remarks>
internal sealed class TelemetryFile(string folder, long stepsDone) : IDisposable
{
    public const string Name = "telemetry.csv";
    private readonly StepLines _lines = new(Path.Combine(folder, Name), "step,site,places,ties,zeros,near,active,least,most,seconds", stepsDone);

    public void Add(long step, TieReport report, IReadOnlyList<ValueRange> ranges, IReadOnlyList<TimeSpan> times)
    {
        var text = new StringBuilder();
        for (int i = 0; i < report.Sites.Count; i++)
        {
            var (site, range) = (report.Sites[i], ranges[i]);
            text.Append(CultureInfo.InvariantCulture, $"{step},{Field(site.Site)},{site.Places},{site.Ties},{site.Zeros},{site.NearTies},{site.Active},")
                .Append(CultureInfo.InvariantCulture, $"{(range.HasNumbers ? range.Least : null):R},{(range.HasNumbers ? range.Most : null):R},{times[i].TotalSeconds:F6}\n");
        }

        _lines.Add(text.ToString());
    }

    public void Dispose() => _lines.Dispose();

    private static string Field(string text) => text.Contains(',', StringComparison.Ordinal) ? $"\"{text}\"" : text;
}
