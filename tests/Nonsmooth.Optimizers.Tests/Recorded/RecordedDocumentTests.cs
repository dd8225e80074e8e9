using System.Runtime.CompilerServices;
using System.Text;

namespace Nonsmooth.Optimizers.Tests.Recorded;

/// <summary>The page of the recordings, written from the tables with <c>NONSMOOTH_ACCEPT=1</c>.</summary>
public sealed class RecordedDocumentTests
{
    [Fact]
    public void The_page_is_what_the_tables_say()
    {
        string path = Path.Combine(Path.GetDirectoryName(Here())!, "..", "..", "..", "docs", "optimizers-recorded.md");
        string text = Page();
        if (Environment.GetEnvironmentVariable("NONSMOOTH_ACCEPT") == "1")
        {
            File.WriteAllText(path, text);
        }

        Assert.Equal(text, File.ReadAllText(path));
    }

    private static string Page()
    {
        var all = RecordedFiles.Optimizers;
        var compared = all.Where(r => RecordedRows.Find(r) is { } row && row.Compares(r)).ToArray();
        int different = compared.Count(r => RecordedDifferences.Find(r) is not null);
        var page = new StringBuilder();
        page.Append(
            $"""
            # Optimizers and schedules of PyTorch and optax

            How to have here what {string.Join(" and ", all.Select(r => r.Engine).Distinct())} do. Tests repeat trajectories that were recorded from them, on a quadratic with
            kinks, Rosenbrock's function and a small network: within {RecordedRun.DoubleTolerance:R} of the largest parameter after 30 steps where both compute in float64, and
            within {RecordedRun.SingleTolerance:R} after 10 in float32. Settings named below are ours, after `--set`; the rate is the same. Of {all.Length} recordings {compared.Length} are repeated,
            {compared.Length - different} of them within these bounds; {different} differ by a definition named here. `NONSMOOTH_ACCEPT=1` writes this page anew when the tests run.

            | theirs | with | here | differs in |
            | --- | --- | --- | --- |

            """);
        foreach (var group in compared.GroupBy(r => (r.Engine, r.Optimizer, r.Text)))
        {
            var recording = group.First();
            string? reason = group.Select(r => RecordedDifferences.Find(r)?.Reason).FirstOrDefault(r => r is not null);
            page.Append($"| {recording.Library} `{recording.Optimizer}` | {Code(recording.Text)} | {Code(RecordedRows.Find(recording)!.Options(recording).Text)} | {reason} |\n");
        }

        page.Append("\n`clip_norm` is the run's `--clip-norm` or `StepGuard.MaxNorm`, with `NormEpsilon = 1e-6` for torch's; `clip_value` is done to the gradients before the step.\n\n## Not here\n\n| theirs | why |\n| --- | --- |\n");
        foreach (var (name, reason) in RecordedLacking.Optimizers.Concat(RecordedLacking.Settings))
        {
            page.Append($"| `{name}` | {reason} |\n");
        }

        page.Append("\n## Schedules\n\n`t` counts from 1 here and from 0 there. What has a text can be typed; the rest is made in code.\n\n| theirs | here | differs in |\n| --- | --- | --- |\n");
        foreach (var row in RecordedScheduleRows.All)
        {
            page.Append($"| `{row.Name}` | `{Nonsmooth.Optimizers.Schedules.ScheduleText.Write(row.Ours)}` | {row.Reason} |\n");
        }

        foreach (var (name, reason) in RecordedScheduleRows.Lacking)
        {
            page.Append($"| `{name}` | – | {reason} |\n");
        }

        return page.ToString();
    }

    private static string Code(string text) => text.Length == 0 ? "" : $"`{text}`";

    private static string Here([CallerFilePath] string path = "") => path;
}
