using Nonsmooth.Training.Engine;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Training.Tests.Engine;

[Collection("training")]
public sealed class EarlyStopTests
{
    [Theory]
    [InlineData("1", 1, false)]
    [InlineData("loss:12", 12, true)]
    public void TextsAreReadBack(string text, int epochs, bool byLoss)
    {
        Assert.Equal(new EarlyStop(epochs, byLoss), EarlyStop.TryParse(text));
        Assert.Equal(text, new EarlyStop(epochs, byLoss).ToString());
    }

    [Theory]
    [InlineData("0")]
    [InlineData("loss")]
    [InlineData("loss:-1")]
    [InlineData("accuracy:2")]
    public void OtherTextsAreNot(string text) => Assert.Null(EarlyStop.TryParse(text));

    [Fact]
    public void EqualEpochsAreNoBetterAndNaNNeverIs()
    {
        Assert.False(new EarlyStop(1).Reached([]));
        Assert.False(new EarlyStop(1).Reached(History(0.5)));
        Assert.False(new EarlyStop(2).Reached(History(0.5, 0.5)));
        Assert.True(new EarlyStop(2).Reached(History(0.5, 0.5, 0.4)));
        Assert.False(new EarlyStop(2).Reached(History(0.5, 0.4, 0.6, 0.6)));
        Assert.True(new EarlyStop(2, ByLoss: true).Reached(History(0.4, double.NaN, 0.5)));
        Assert.False(new EarlyStop(2, ByLoss: true).Reached(History(0.5, 0.4, 0.4)));
        Assert.True(new EarlyStop(2).Reached(History(double.NaN, double.NaN)));
    }

    [Fact]
    public void ARunThatNoLongerGetsBetterEndsAndSaysSo()
    {
        using var folder = new TemporaryFolder();
        var options = SmallRun.Options with { Rate = 0, Epochs = 9, EarlyStop = new EarlyStop(2), OutputFolder = folder.Path };
        var (result, _) = SmallRun.Train(options);
        Assert.Equal((3, true, false), (result.Epochs, result.StoppedEarly, result.Interrupted));
        Assert.Contains("\"status\": \"stopped early\"", File.ReadAllText(result.Files["run"]), StringComparison.Ordinal);
        var (again, _) = SmallRun.Train(options with { Resume = true });
        Assert.Equal((3, true), (again.Epochs, again.StoppedEarly));
        var (longer, _) = SmallRun.Train(options with { Resume = true, EarlyStop = null });
        Assert.Equal((9, false), (longer.Epochs, longer.StoppedEarly));
    }

    [Fact]
    public void TheBestCheckpointGoesByTheSameMeasure()
    {
        using var folder = new TemporaryFolder();
        var (result, _) = SmallRun.Train(SmallRun.Options with { Rate = 0.002, EarlyStop = new EarlyStop(3, ByLoss: true), OutputFolder = folder.Path });
        Assert.Equal(
            result.History.MinBy(e => e.TestLoss)!.Epoch, new Nonsmooth.Training.Checkpoints.CheckpointFolder(folder.Path).LoadBest().State!.Epoch);
    }

    private static EpochReport[] History(params double[] measures) => [.. measures.Select((m, i) => new EpochReport(i + 1, i + 1, 0.1, 1, m, m, 1))];
}
