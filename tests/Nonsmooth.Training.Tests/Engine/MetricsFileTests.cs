using Nonsmooth.Training.Engine;
using Nonsmooth.Training.Objectives;

namespace Nonsmooth.Training.Tests.Engine;

public class MetricsFileTests
{
    private static readonly EpochReport[] _history =
    [
        new(1, 10, 1e-3, 2.25, double.NaN, 0.5, 1.25),
        new(2, 20, 5e-4, 1.125, 0.1, 0.75, 2.5),
    ];

    [Fact]
    public void ALineAnEpoch() => Assert.Equal(
        "epoch,step,rate,train_loss,test_loss,test_accuracy,seconds\n1,10,0.001,2.25,NaN,0.5,1.250\n2,20,0.0005,1.125,0.1,0.75,2.500\n",
        MetricsFile.Format(_history));

    [Fact]
    public void MetricsOfOnesOwnAreColumnsAtTheEnd()
    {
        EpochReport[] history = [_history[0] with { Metrics = new([("mae", 3), ("accuracy", 0.5), ("mse", 9)]) }];
        Assert.Equal(
            "epoch,step,rate,train_loss,test_loss,test_accuracy,seconds,test_mae,test_mse\n1,10,0.001,2.25,NaN,0.5,1.250,3,9\n", MetricsFile.Format(history));
        Assert.Equal(
            history,
            MetricsFile.Restore(MetricsFile.Store(history), [Metrics.MeanAbsoluteError("y"), Metrics.Accuracy(), Metrics.MeanSquaredError("y")], "x"));
    }

    [Fact]
    public void ACheckpointGivesItBack()
    {
        Assert.Equal(_history, MetricsFile.Restore(MetricsFile.Store(_history), [], "x"));
        Assert.Empty(MetricsFile.Restore(MetricsFile.Store([]), [], "x"));
    }
}
