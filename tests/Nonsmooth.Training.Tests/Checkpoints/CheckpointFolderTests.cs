using Nonsmooth.Data.Arrays;
using Nonsmooth.Tests.Shared;
using Nonsmooth.Training.Checkpoints;

namespace Nonsmooth.Training.Tests.Checkpoints;

public sealed class CheckpointFolderTests
{
    [Fact]
    public void ResumesFromNothingWhereNothingWasSaved()
    {
        using var folder = new TemporaryFolder();
        Assert.Null(new CheckpointFolder(folder.File("run")).Resume());
    }

    [Fact]
    public void KeepsTheLastAndTheOneBeforeAndTheBest()
    {
        using var folder = new TemporaryFolder();
        var run = new CheckpointFolder(folder.File("run"));
        run.SaveLast(At(1));
        run.SaveLast(At(2));
        run.SaveBest(At(2));
        run.SaveLast(At(3));
        Assert.Equal(3, Step(run.LoadLast()));
        Assert.Equal(2, Step(Checkpoint.Load(run.PreviousPath)));
        Assert.Equal(2, Step(run.LoadBest()));
        var point = run.Resume()!;
        Assert.Equal((3L, run.LastPath, null), (Step(point.Checkpoint), point.Path, point.Notice));
        Assert.Equal(3, Directory.GetFiles(folder.File("run")).Length);
    }

    [Fact]
    public void SaysSoAndOffersTheOneBeforeWhenTheLastIsDamaged()
    {
        using var folder = new TemporaryFolder();
        var run = Damaged(folder, r => r.LastPath);
        var e = Assert.Throws<NonsmoothException>(run.LoadLast);
        Assert.Contains($"'{run.LastPath}' is damaged", e.Message, StringComparison.Ordinal);
        Assert.EndsWith($"'{run.PreviousPath}', is whole.", e.Message, StringComparison.Ordinal);
        var point = run.Resume()!;
        Assert.Equal((1L, run.PreviousPath), (Step(point.Checkpoint), point.Path));
        Assert.Contains($"'{run.LastPath}' is damaged", point.Notice, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', point.Notice!);
    }

    [Fact]
    public void DoesNotLetADamagedLastPushOutTheGoodOneBefore()
    {
        using var folder = new TemporaryFolder();
        var run = Damaged(folder, r => r.LastPath);
        run.Resume();
        run.SaveLast(At(3));
        Assert.Equal((3, 1), (Step(run.LoadLast()), Step(Checkpoint.Load(run.PreviousPath))));
        run.SaveLast(At(4));
        Assert.Equal((4, 3), (Step(run.LoadLast()), Step(Checkpoint.Load(run.PreviousPath))));
    }

    [Fact]
    public void RefusesToResumeWhenBothAreDamaged()
    {
        using var folder = new TemporaryFolder();
        var run = Damaged(folder, r => r.LastPath);
        File.WriteAllBytes(run.PreviousPath, [1, 2, 3]);
        var e = Assert.Throws<NonsmoothException>(run.Resume);
        Assert.Contains($"'{run.LastPath}' is damaged", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ResumesFromOldOrNewWhereverTheSaveFails(bool kill)
    {
        for (var at = 0; ; at++)
        {
            using var folder = new TemporaryFolder();
            var before = new CheckpointFolder(folder.Path);
            before.SaveLast(At(1));
            before.SaveLast(At(2));
            var files = new FaultyFileSystem(at, kill);
            var e = Record.Exception(() => new CheckpointFolder(folder.Path, files).SaveLast(At(3)));
            var point = new CheckpointFolder(folder.Path).Resume()!;
            Assert.InRange(Step(point.Checkpoint), 2, 3);
            Assert.Equal((before.LastPath, null), (point.Path, point.Notice));
            if (!files.HasFailed)
            {
                Assert.Null(e);
                Assert.Equal(3, Step(point.Checkpoint));
                Assert.True(at > 8, $"only {at} operations");
                break;
            }

            Assert.True(kill ? e is FaultyFileSystem.KilledException : e is NonsmoothException, e?.ToString());
            var after = new CheckpointFolder(folder.Path);
            after.SaveLast(At(4));
            Assert.Equal(4, Step(after.LoadLast()));
            Assert.DoesNotContain(Directory.GetFiles(folder.Path), path => path.EndsWith(".tmp", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void GoesOnFromTheOneBeforeWhenTheLastIsMissing()
    {
        using var folder = new TemporaryFolder();
        var run = new CheckpointFolder(folder.Path);
        run.SaveLast(At(1));
        run.SaveLast(At(2));
        File.Delete(run.LastPath);
        var point = run.Resume()!;
        Assert.Equal((1L, run.PreviousPath), (Step(point.Checkpoint), point.Path));
        Assert.Contains($"'{run.LastPath}' is missing", point.Notice, StringComparison.Ordinal);
        Assert.EndsWith("is whole.", Assert.Throws<NonsmoothException>(run.LoadLast).Message, StringComparison.Ordinal);
    }

    private static CheckpointFolder Damaged(TemporaryFolder folder, Func<CheckpointFolder, string> which)
    {
        var run = new CheckpointFolder(folder.Path);
        run.SaveLast(At(1));
        run.SaveLast(At(2));
        var bytes = File.ReadAllBytes(which(run));
        bytes[^1] ^= 1;
        File.WriteAllBytes(which(run), bytes);
        return run;
    }

    private static Checkpoint At(long step) => new()
    {
        Tensors = { ["weights"] = StoredTensor.Of([1f, 2f], 2), ["steps"] = StoredTensor.Of([step]) },
        State = new RunState(0, step, 1),
    };

    private static long Step(Checkpoint checkpoint) => checkpoint.State!.Step;
}
