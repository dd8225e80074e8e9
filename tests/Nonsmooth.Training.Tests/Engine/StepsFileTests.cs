using System.Globalization;
using Nonsmooth.Tests.Shared;
using Nonsmooth.Training.Engine;

namespace Nonsmooth.Training.Tests.Engine;

public sealed class StepsFileTests
{
    private static readonly TimeSpan _second = TimeSpan.FromSeconds(1);

    [Fact]
    public void ARunWritesItsLossAndWhereItsTimeWentAndKeepsItsBits()
    {
        using var folder = new TemporaryFolder();
        using var recorder = new Recorder();
        var (result, parameters) = SmallRun.Train(SmallRun.Options with { OutputFolder = folder.Path }, recorder);
        double[][] lines = Lines(result.Files["steps"]);
        Assert.Equal(recorder.Steps.Select(s => (double)s.Step), lines.Select(l => l[0]));
        Assert.Equal(recorder.Steps.Select(s => s.Loss), lines.Select(l => l[2]));
        Assert.Equal(lines.Select(l => l[1]).Order(), lines.Select(l => l[1]));
        Assert.InRange(lines.Sum(l => l[3..].Sum()), 0.2 * result.Seconds, 1.001 * result.Seconds);
        Assert.Equal([10.0, 20, 30], lines.Where(l => l[7] > 0).Select(l => l[0]));
        Assert.Equal([10.0, 20, 30], lines.Where(l => l[8] > 0).Select(l => l[0]));
        Assert.Equal(SmallRun.Train(SmallRun.Options).Parameters, parameters);
    }

    [Fact]
    public void ARunThatGoesOnHasEachStepOnceAndTheMeanOfWhatWasBetween()
    {
        using var folder = new TemporaryFolder();
        var options = SmallRun.Options with { OutputFolder = folder.Path, CheckpointEverySteps = 6 };
        using var recorder = new Recorder { CancelAtStep = 14 };
        SmallRun.Train(options, recorder, recorder.Token);
        File.AppendAllText(folder.File(StepsFile.Name), "15,1,9,0,0,0,0,0,0\n16,1,9");
        var (result, _) = SmallRun.Train(options with { Resume = true });
        double[][] lines = Lines(folder.File(StepsFile.Name));
        Assert.Equal(Enumerable.Range(1, 30).Select(i => (double)i), lines.Select(l => l[0]));
        Assert.Equal(result.TrainLoss!.Value, lines[20..].Average(l => l[2]), 12);
    }

    [Fact]
    public void ALongRunHasFewLinesAndASlowOneEnough()
    {
        using var folder = new TemporaryFolder();
        using (var file = new StepsFile(folder.Path, 0, 5000))
        {
            for (int step = 1; step <= 25; step++)
            {
                file.Add(step);
                double seconds = step <= 20 ? 0 : 3 * step;
                if (file.IsDue(step, seconds))
                {
                    file.Write(step, seconds, new RunTimes(step * _second, default, default, default, default, default));
                }
            }
        }

        double[][] lines = Lines(folder.File(StepsFile.Name));
        Assert.Equal([1.0, 10, 20, 21, 23, 25], lines.Select(l => l[0]));
        Assert.Equal([1, 6, 15.5, 21, 22.5, 24.5], lines.Select(l => l[2]));
        Assert.Equal([1.0, 9, 10, 1, 2, 2], lines.Select(l => l[3]));
    }

    private static double[][] Lines(string path) =>
        [.. File.ReadAllLines(path).Skip(1).Select(l => l.Split(',').Select(t => double.Parse(t, CultureInfo.InvariantCulture)).ToArray())];
}
