using System.Globalization;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Cli.Tests;

/// <summary>A program that uses the libraries may have a culture of its own: what they print and read is the same.</summary>
public class CultureTests
{
    public static TheoryData<string> Lines =>
    [
        "cost lenet5 --batch 32",
        "cost mlp:8-16-4 --json",
        "kinks lenet5",
        "optimizers",
        "recipes",
        "networks",
        "compare mlp:2-8-4 --data blobs --train-count 64 --optimizers sgd,adamw --epochs 2 --seeds 3 --rate 0.5 --dry-run",
        "audit mlp:2-8-4 --data blobs --train-count 64 --draws 2 --batches 1 --batch 16 --json",
    ];

    [Theory]
    [MemberData(nameof(Lines))]
    public void TheToolPrintsTheSameUnderAnyCulture(string line)
    {
        var before = CultureInfo.CurrentCulture;
        var expected = ToolRun.Of(line.Split(' '));
        try
        {
            foreach (var culture in Cultures)
            {
                CultureInfo.CurrentCulture = culture;
                var actual = ToolRun.Of(line.Split(' '));
                Assert.Equal((expected.ExitCode, Timeless(expected.Out), expected.Error), (actual.ExitCode, Timeless(actual.Out), actual.Error));
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void ARunWritesTheSameFilesUnderAnyCulture()
    {
        using var folder = new TemporaryFolder();
        var before = CultureInfo.CurrentCulture;
        string[] line = ["train", "mlp:2-8-4", "--data", "blobs", "--train-count", "64", "--epochs", "2", "--rate", "0.05", "--schedule", "cosine:0.1", "--telemetry", "1", "--threads", "1", "--out"];
        Assert.Equal(0, ToolRun.In(folder.Path, [.. line, "one"]).ExitCode);
        try
        {
            CultureInfo.CurrentCulture = Cultures[0];
            Assert.Equal(0, ToolRun.In(folder.Path, [.. line, "two"]).ExitCode);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }

        foreach (string file in (string[])["metrics.csv", "telemetry.csv"])
        {
            string Read(string run) => string.Join('\n', File.ReadAllLines(Path.Combine(folder.Path, run, file)).Select(l => l[..l.LastIndexOf(',')]));
            Assert.Equal(Read("one"), Read("two"));
        }
    }

    private static CultureInfo[] Cultures => [Made(",", ".", "-"), Made(",", " ", "\u2212")];

    // As in de-DE and nb-NO; made, for a machine may have no data of cultures.
    private static CultureInfo Made(string point, string group, string minus)
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (culture.NumberFormat.NumberDecimalSeparator, culture.NumberFormat.NumberGroupSeparator, culture.NumberFormat.NegativeSign) = (point, group, minus);
        (culture.NumberFormat.PercentDecimalSeparator, culture.NumberFormat.PercentGroupSeparator) = (point, group);
        (culture.DateTimeFormat.ShortDatePattern, culture.DateTimeFormat.DateSeparator) = ("dd.MM.yyyy", ".");
        return culture;
    }

    // Times are the machine's.
    private static string Timeless(string text) => System.Text.RegularExpressions.Regex.Replace(text, "\"(seconds|elapsed)[A-Za-z]*\": ?[0-9.eE+-]+", "");
}
