using System.Diagnostics;
using System.Globalization;
using Nonsmooth.Randomness;
using Nonsmooth.Training.Checkpoints;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Training.Tests.Engine;

/// <summary>A training process is killed at random moments and resumed until it is done: nothing may tell it from an undisturbed one.</summary>
/// <remarks>Set <c>NONSMOOTH_KILLS</c> for more kills than 6.</remarks>
[Trait("Speed", "Slow")]
public class KillTests
{
    private const int LongestLife = 150;

    [Fact]
    public void AKilledRunEndsWithTheBitsOfAnUndisturbedOne()
    {
        int wanted = int.Parse(Environment.GetEnvironmentVariable("NONSMOOTH_KILLS") ?? "6", CultureInfo.InvariantCulture);
        var random = new CounterRandom(2024).Sequence();
        using var folder = new TemporaryFolder();
        string whole = folder.File("whole");
        Assert.False(Live(whole, Timeout.Infinite, saved: false));
        var (kills, halfway) = (0, 0);
        for (int run = 0; kills < wanted; run++)
        {
            string disturbed = folder.File($"run{run}");
            while (Live(disturbed, kills < wanted ? random.NextInt32(LongestLife) : Timeout.Infinite, saved: kills % 3 != 0))
            {
                kills++;
                halfway += new CheckpointFolder(disturbed).Resume()?.Checkpoint.State!.Step is > 0 and < 2000 ? 1 : 0;
                AssertWholeLines(disturbed);
            }

            AssertSame(whole, disturbed);
        }

        Assert.True(halfway >= wanted / 3, $"only {halfway} of {kills} kills met a run that had saved something");
    }

    /// <summary>
    /// Runs the process, killed so many milliseconds after it is ready for its first step, or has a checkpoint; whether it
    /// was killed.
    /// </summary>
    private static bool Live(string folder, int milliseconds, bool saved)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "Nonsmooth.Training.Kill.dll"), folder },
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        Assert.Equal("started", process.StandardOutput.ReadLine());
        while (saved && !File.Exists(new CheckpointFolder(folder).LastPath) && !process.WaitForExit(1))
        {
        }

        if (process.WaitForExit(milliseconds))
        {
            Assert.Equal(0, process.ExitCode);
            return false;
        }

        process.Kill();
        process.WaitForExit();
        return process.ExitCode != 0;
    }

    private static void AssertWholeLines(string folder)
    {
        string[] lines = File.Exists(Path.Combine(folder, "metrics.csv")) ? File.ReadAllLines(Path.Combine(folder, "metrics.csv")) : [];
        Assert.All(lines, line => Assert.Equal(7, line.Split(',').Length));
        Assert.Equal(Enumerable.Range(1, Math.Max(0, lines.Length - 1)), lines.Skip(1).Select(EpochOf));
    }

    private static int EpochOf(string line) => int.Parse(line.Split(',')[0], CultureInfo.InvariantCulture);

    private static void AssertSame(string whole, string disturbed)
    {
        foreach (var load in new Func<CheckpointFolder, Checkpoint>[] { f => f.LoadLast(), f => f.LoadBest() })
        {
            var (expected, actual) = (load(new CheckpointFolder(whole)), load(new CheckpointFolder(disturbed)));
            Assert.Equal(expected.Tensors.Keys.Order(), actual.Tensors.Keys.Order());
            Assert.Equal((expected.State!.Epoch, expected.State.Step), (actual.State!.Epoch, actual.State.Step));
            foreach (string name in expected.Tensors.Keys.Where(n => n != "run.history"))
            {
                Assert.True(expected[name].Bytes.Span.SequenceEqual(actual[name].Bytes.Span), name);
            }
        }

        Assert.Equal(Lines(whole), Lines(disturbed));
    }

    private static IEnumerable<string> Lines(string folder) =>
        File.ReadLines(Path.Combine(folder, "metrics.csv")).Select(line => line[..line.LastIndexOf(',')]);
}
