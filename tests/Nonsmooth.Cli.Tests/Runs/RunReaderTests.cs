using Nonsmooth.Cli.Runs;
using Nonsmooth.Data.Files;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Cli.Tests.Runs;

public sealed class RunReaderTests
{
    [Fact]
    public void AFolderSaysWhatItsRunIs()
    {
        using var folder = new TemporaryFolder();
        MadeRun.Tie(MadeRun.Write(folder, "one", [0.5, 0.75, 0.9]));
        var run = Read(folder, "one");
        Assert.Equal(("one", "lenet5", "strokes", "adamw", RunState.Complete), (run.Name, run.Network, run.Data, run.Optimizer, run.State));
        Assert.Equal((3, 6L, 6L, 44426L), (run.History.Count, run.Steps, run.StepsDone, run.Parameters));
        Assert.Equal((0.9, 1.2 / 3, 3.5), (run.TestAccuracy, run.TestLoss!.Value, run.Seconds));
        Assert.Equal(1.2, run.Phases!.Gradient, 12);
        Assert.Equal(0.3, run.Phases.Evaluation, 12);
        Assert.Equal(0.24, run.SecondsPerStep!.Value, 12);
        Assert.Equal(("0", "3", "1"), (run.Settings["seed"], run.Settings["epochs"], run.Settings["threads"]));
        Assert.Equal([new RunSite("conv1.relu", 2, 100, 0.2, 0.3, 0.05, -2, 4.5), new RunSite("max(a, b)", 2, 10, 0, 0, 0, null, null)], run.Sites);
        Assert.Empty(run.Notes);
    }

    [Fact]
    public void ARunThatIsHeldIsGoingOnAndOneThatIsNotWasBrokenOff()
    {
        using var folder = new TemporaryFolder();
        string path = MadeRun.Write(folder, "one", [0.5], status: "running");
        using (FolderLock.Open(path))
        {
            Assert.Equal(RunState.Running, Read(folder, "one").State);
        }

        Assert.Equal(RunState.BrokenOff, Read(folder, "one").State);
        Assert.Equal(RunState.Interrupted, Read(folder, Path.GetFileName(MadeRun.Write(folder, "two", [], status: "interrupted"))).State);
    }

    [Fact]
    public void HalfALineAtTheEndIsPassedOverAndSaid()
    {
        using var folder = new TemporaryFolder();
        string path = MadeRun.Write(folder, "one", [0.5, 0.6]);
        File.AppendAllText(Path.Combine(path, "steps.csv"), "5,3.5,0.");
        var run = Read(folder, "one");
        Assert.Equal(4, run.Curve.Count);
        Assert.Equal(["steps.csv ends in half a line, which is passed over."], run.Notes);
    }

    [Fact]
    public void ADamagedLineInTheMiddleIsAnErrorThatNamesIt()
    {
        using var folder = new TemporaryFolder();
        string path = MadeRun.Write(folder, "one", [0.5, 0.6]);
        File.AppendAllText(Path.Combine(path, "steps.csv"), "5,3.5,x,0,0,0,0,0,0\n6,4,0.1,0,0,0,0,0,0\n");
        var error = Assert.Throws<NonsmoothException>(() => Read(folder, "one"));
        Assert.Equal($"line 6 of '{Path.Combine(path, "steps.csv")}' has no loss that can be read: delete the line, or use another copy", error.Message);
        File.WriteAllText(Path.Combine(path, "run.json"), "{ \"network\": 3 }");
        Assert.Contains("is not what nonsmooth train writes", Assert.Throws<NonsmoothException>(() => Read(folder, "one")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ARunOfAnEarlierReleaseHasItsEpochs()
    {
        using var folder = new TemporaryFolder();
        string path = MadeRun.Write(folder, "one", [0.5, 0.6]);
        File.Delete(Path.Combine(path, "steps.csv"));
        File.WriteAllText(Path.Combine(path, "telemetry.csv"), "step,site,places,ties,zeros,near,active,seconds\n1,fc.relu,100,10,10,,,0.1\n");
        var run = Read(folder, "one");
        Assert.Equal((4L, 2.5, 0.5), (run.StepsDone, run.Seconds, run.TrainLoss!.Value));
        Assert.Null(run.Phases);
        Assert.Equal([new RunSite("fc.relu", 1, 100, 0.1, 0.1, null, null, null)], run.Sites);
    }

    [Fact]
    public void RunsOfOneNameAreToldApartByTheirFolders()
    {
        using var folder = new TemporaryFolder();
        MadeRun.Write(folder, "a/run", [0.5]);
        MadeRun.Write(folder, "b/run", [0.5]);
        Assert.Equal(["a/run", "b/run"], RunReader.Read(RunReader.Folders(["a/run", "b/run/run.json"], folder.Path)).Select(r => r.Name));
    }

    [Fact]
    public void AFolderWithoutARunIsBadUsageThatNamesWhatToGive()
    {
        using var folder = new TemporaryFolder();
        MadeRun.Write(folder, "runs/a", [0.5]);
        Assert.Contains("there is no folder 'none'", Refused("none"), StringComparison.Ordinal);
        Assert.Contains("give those below it, as runs/a", Refused("runs"), StringComparison.Ordinal);
        Assert.Contains("is given twice", Refused("runs/a", "./runs/a/"), StringComparison.Ordinal);
        folder.Subfolder("empty");
        Assert.EndsWith("give the folder of a run, which nonsmooth train --out makes", Refused("empty"), StringComparison.Ordinal);

        string Refused(params string[] names) => Assert.Throws<UsageException>(() => RunReader.Folders(names, folder.Path)).Message;
    }

    private static RunRecord Read(TemporaryFolder folder, string name) => RunReader.Read(RunReader.Folders([name], folder.Path))[0];
}
