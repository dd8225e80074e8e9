using Nonsmooth.Training.Checkpoints;
using Nonsmooth.Training.Engine;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Training.Tests.Engine;

[Collection("training")]
public sealed class FullDiskTests
{
    [Trait("Speed", "Slow")]
    [Fact]
    public void ARunOnAFullDiskSaysSoKeepsItsLastCheckpointAndCanBeResumed()
    {
        var (_, expected) = SmallRun.Train(SmallRun.Options);
        var (failures, kept) = (0, 0);
        for (int operation = 0; ; operation += 7)
        {
            using var folder = new TemporaryFolder();
            var options = SmallRun.Options with { OutputFolder = folder.Path, CheckpointEverySteps = 4 };
            var disk = new FaultyFileSystem(operation, kill: false);
            try
            {
                using var trainer = new TrainingRun(options, files: disk);
                trainer.Train();
            }
            catch (NonsmoothException e)
            {
                Assert.Contains("No space left on device", e.Message, StringComparison.Ordinal);
                Assert.Contains(folder.Path, e.Message, StringComparison.Ordinal);
                Assert.DoesNotContain('\n', e.Message);
                failures++;
            }

            if (!disk.HasFailed)
            {
                break;
            }

            kept += new CheckpointFolder(folder.Path).Resume() is not null ? 1 : 0;
            Assert.Equal(expected, SmallRun.Train(options with { Resume = true }).Parameters);
        }

        Assert.True(failures > 10 && kept > failures / 2, $"{failures} failures, {kept} with a checkpoint");
    }
}
