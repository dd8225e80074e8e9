using Nonsmooth.Tests.Shared;
using Nonsmooth.Training.Engine;

namespace Nonsmooth.Training.Tests.Engine;

/// <summary>The folder of a run that is deleted or replaced while it trains.</summary>
[Collection("training")]
public class LostFolderTests
{
    public static TheoryData<string> Losses => ["folder", "lock", "telemetry", "moved"];

    [Theory]
    [MemberData(nameof(Losses))]
    public void IsAnErrorAndNotALossInSilence(string what)
    {
        using var folder = new TemporaryFolder();
        string run = folder.File("run");
        var options = SmallRun.Options with { OutputFolder = run, TelemetryEverySteps = 1 };
        var error = Assert.Throws<NonsmoothException>(() => SmallRun.Train(options, new AtStep(5, () => Lose(what, run))));
        Assert.Contains("was deleted or replaced while", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ADeletedFolderCannotBeTakenByASecondRunUnnoticed()
    {
        using var folder = new TemporaryFolder();
        string run = folder.File("run");
        var options = SmallRun.Options with { OutputFolder = run };
        var error = Assert.Throws<NonsmoothException>(() => SmallRun.Train(options, new AtStep(5, () =>
        {
            Directory.Delete(run, recursive: true);
            SmallRun.Train(options with { Epochs = 1 });
        })));
        Assert.Contains("was deleted or replaced while", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, File.ReadAllLines(Path.Combine(run, "metrics.csv")).Length);
    }

    private static void Lose(string what, string run)
    {
        switch (what)
        {
            case "folder":
                Directory.Delete(run, recursive: true);
                break;
            case "lock":
                File.Delete(Path.Combine(run, ".lock"));
                break;
            case "telemetry":
                File.Delete(Path.Combine(run, "telemetry.csv"));
                break;
            default:
                Directory.Move(run, run + "2");
                break;
        }
    }

    private sealed class AtStep(long step, Action act) : ITrainingObserver
    {
        public void Step(in StepReport report)
        {
            if (report.Step == step)
            {
                act();
            }
        }
    }
}
