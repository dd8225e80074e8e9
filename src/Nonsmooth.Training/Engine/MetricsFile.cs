using System.Globalization;
using System.Text;
using Nonsmooth.Data.Files;
using Nonsmooth.Training.Checkpoints;

namespace Nonsmooth.Training.Engine;

/// <summary>The epochs of a run as comma-separated values, and as a tensor of a checkpoint.</summary>
/// <remarks>The file is always written whole, from what the checkpoint holds: no kill leaves half a line or one twice.</remarks>
internal static class MetricsFile
{
    public const string TensorName = "run.history";
    private const int Columns = 7;
    private const string Header = "epoch,step,rate,train_loss,test_loss,test_accuracy,seconds";

    public static void Write(string path, IReadOnlyList<EpochReport> history, IFileSystem? files = null) =>
        AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(Format(history))), files);

    public static string Format(IReadOnlyList<EpochReport> history)
    {
        var text = new StringBuilder(Header).Append('\n');
        foreach (var epoch in history)
        {
            text.Append(CultureInfo.InvariantCulture, $"{epoch.Epoch},{epoch.Step},{epoch.Rate:R},{epoch.TrainLoss:R},")
                .Append(CultureInfo.InvariantCulture, $"{epoch.TestLoss:R},{epoch.TestAccuracy:R},{epoch.Seconds:F3}\n");
        }

        return text.ToString();
    }

    public static StoredTensor Store(IReadOnlyList<EpochReport> history) => StoredTensor.Of<double>(
        [.. history.SelectMany(e => new[] { e.Epoch, e.Step, e.Rate, e.TrainLoss, e.TestLoss, e.TestAccuracy, e.Seconds })],
        history.Count,
        Columns);

    public static IEnumerable<EpochReport> Restore(StoredTensor tensor) =>
        tensor.Values<double>().ToArray().Chunk(Columns).Select(v => new EpochReport((int)v[0], (long)v[1], v[2], v[3], v[4], v[5], v[6]));
}
