using System.Globalization;
using System.Text;
using Nonsmooth.Data.Arrays;
using Nonsmooth.Data.Files;
using Nonsmooth.Training.Objectives;

namespace Nonsmooth.Training.Engine;

/// <summary>The epochs of a run as comma-separated values, and as a tensor of a checkpoint.</summary>
/// <remarks>The file is always written whole, from what the checkpoint holds: no kill leaves half a line or one twice.</remarks>
internal static class MetricsFile
{
    public const string TensorName = "run.history";
    private const int Columns = 7;

    public static void Write(string path, IReadOnlyList<EpochReport> history, IFileSystem? files = null) =>
        AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(Format(history))), files);

    public static string Format(IReadOnlyList<EpochReport> history)
    {
        var text = new StringBuilder("epoch,step,rate,train_loss,test_loss,test_accuracy,seconds")
            .AppendJoin("", history.Count > 0 ? Others(history[0].Metrics).Select(m => $",test_{m.Key}") : []).Append('\n');
        foreach (var epoch in history)
        {
            text.Append(CultureInfo.InvariantCulture, $"{epoch.Epoch},{epoch.Step},{epoch.Rate:R},{epoch.TrainLoss:R},")
                .Append(CultureInfo.InvariantCulture, $"{epoch.TestLoss:R},{epoch.TestAccuracy:R},{epoch.Seconds:F3}");
            foreach (var (_, value) in Others(epoch.Metrics))
            {
                text.Append(CultureInfo.InvariantCulture, $",{value:R}");
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    /// <summary>A row an epoch: the columns of the file, metrics that a model measures besides accuracy last.</summary>
    public static StoredTensor Store(IReadOnlyList<EpochReport> history) => StoredTensor.Of<double>(
        [.. history.SelectMany(e => (double[])[e.Epoch, e.Step, e.Rate, e.TrainLoss, e.TestLoss, e.TestAccuracy, e.Seconds, .. Others(e.Metrics).Select(m => m.Value)])],
        history.Count,
        Columns + (history.Count > 0 ? Others(history[0].Metrics).Count() : 0));

    /// <param name="tensor">What <see cref="Store"/> made.</param>
    /// <param name="metrics">The model's metrics.</param>
    /// <param name="path">What errors call the checkpoint.</param>
    /// <exception cref="NonsmoothException">It is no table of epochs.</exception>
    public static IEnumerable<EpochReport> Restore(StoredTensor tensor, IReadOnlyList<Metric> metrics, string path)
    {
        if (tensor.Shape is not [_, >= Columns and <= int.MaxValue])
        {
            throw new NonsmoothException($"'{path}' has {TensorName} as {string.Join('×', tensor.Shape)}, a table of at least {Columns} columns is needed: use another copy");
        }

        int columns = (int)tensor.Shape[1];
        return tensor.Values<double>().ToArray().Chunk(columns).Select(v => new EpochReport((int)v[0], (long)v[1], v[2], v[3], v[4], v[5], v[6])
        {
            Metrics = Named(metrics, v[5], v[Columns..]),
        });
    }

    private static MetricValues Named(IReadOnlyList<Metric> metrics, double accuracy, double[] others)
    {
        int next = 0;
        return new(metrics.Select(m => (m.Name, m.Name == EvaluationResult.AccuracyName ? accuracy : next < others.Length ? others[next++] : double.NaN)));
    }

    private static IEnumerable<KeyValuePair<string, double>> Others(MetricValues metrics) => metrics.Where(m => m.Key != EvaluationResult.AccuracyName);
}
