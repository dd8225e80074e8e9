using Nonsmooth.Engines.Recordings;
using Nonsmooth.Engines.Spellings;
using Nonsmooth.Reliability.Profiles;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Reliability.Tests.Profiles;

public class RecordedRowsTests
{
    private static readonly Lazy<KinkTable> _table = new(static () => KinkTable.Measure(Profile.All, [.. KinkRows.All.Where(r => r.Claims.Values.Any(c => c.Evidence == Evidence.Recorded))]));

    public static TheoryData<string, string> Engines => new()
    {
        { "libtorch-2.10", "pytorch-2.13" },
        { "libtorch-2.14", "pytorch-2.14" },
        { "jax", "jax-0.10" },
        { "tensorflow", "tensorflow-2.21" },
        { "paddle", "paddle-3.3" },
        { "tinygrad", "tinygrad-0.14" },
        { "autograd", "autograd-1.9" },
        { "pytensor", "pytensor-3.0" },
        { "casadi", "casadi-3.8-sx" },
        { "warp", "warp-1.19" },
    };

    [Fact]
    public void ClaimsAreOfProfiles() => Assert.All(KinkRows.All, row => Assert.Subset(Profile.All.Select(p => p.Name).ToHashSet(), row.Claims.Keys.ToHashSet()));

    [Trait("Speed", "Slow")]
    [Theory]
    [MemberData(nameof(Engines))]
    public void EveryRowIsWhatWasRecordedAtItsPoint(string profile, string name)
    {
        var folder = new RecordingFolder(Path.Combine(SharedData.FolderOrSkip("engines"), "engines"));
        var list = folder.Spellings().ToDictionary(s => s.Name, StringComparer.Ordinal);
        var answers = folder.Open(name).Answers.Where(a => a is { Format: "f64", Point: "" }).ToDictionary(a => a.Spelling, StringComparer.Ordinal);
        int index = Profile.All.ToList().FindIndex(p => p.Name == profile);
        int compared = 0;
        var wrong = new List<string>();
        foreach (var reading in _table.Value.Readings)
        {
            string spelling = reading.Row.RecordedAs ?? reading.Row.Spelling.Name;
            if (list.GetValueOrDefault(spelling)?.Kind == SpellingKind.Map
                && answers.TryGetValue(spelling, out var answer)
                && Gradient(list[spelling], answer, reading.Row.Point) is { } recorded)
            {
                compared++;
                var ours = reading.Values[index];
                if (!ours.Agrees(new(recorded, KinkSource.Declared)))
                {
                    wrong.Add($"{reading.Row.Id}: {(ours.Gradient is { } g ? string.Join(", ", g) : ours.Source)}, recorded {string.Join(", ", recorded)}");
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
        Assert.InRange(compared, 15, int.MaxValue);
    }

    // The recorded gradient at a point; null where the recording does not have the point, or says that nothing depends on it.
    private static double[]? Gradient(RecordedSpelling spelling, Answer answer, IReadOnlyList<double> point)
    {
        var inputs = spelling.Inputs["f64"][0].Arguments;
        int at = Enumerable.Range(0, inputs[0].Data.Count).FirstOrDefault(
            i => inputs.Count == point.Count && inputs.Select((a, j) => Identical(a.Data[i], point[j])).All(static same => same), -1);
        return at < 0 || answer.Reverse is null || answer.Reverse.All(static r => r is null)
            ? null
            : [.. answer.Reverse.Select(r => r?[at] ?? 0)];
    }

    private static bool Identical(double a, double b) => BitConverter.DoubleToInt64Bits(a) == BitConverter.DoubleToInt64Bits(b) || (double.IsNaN(a) && double.IsNaN(b));
}
