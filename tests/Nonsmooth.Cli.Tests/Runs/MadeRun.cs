using System.Globalization;
using System.Text.Json;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Cli.Tests.Runs;

/// <summary>Folders of runs as the engine writes them, made by hand.</summary>
internal static class MadeRun
{
    /// <summary>Makes a run of two steps an epoch.</summary>
    public static string Write(
        TemporaryFolder folder, string name, double[] accuracies, string status = "complete", string seed = "0", string data = "strokes", string network = "lenet5", string optimizer = "adamw", int epochs = 3)
    {
        string path = folder.Subfolder(name);
        File.WriteAllText(Path.Combine(path, "run.json"), JsonSerializer.Serialize(new
        {
            network, data, optimizer, parameters = 44426, epochs, stepsPerEpoch = 2, batchSize = 128, threads = 1, status,
            recipe = new { network, data, epochs, seed, set = new { beta1 = 0.9 } },
            settings = new Dictionary<string, string> { ["network"] = network, ["data"] = data, ["optimizer"] = optimizer, ["seed"] = seed, ["data.checksum"] = seed + "f" },
        }));
        File.WriteAllLines(Path.Combine(path, "metrics.csv"), accuracies.Select((a, i) => Text($"{i + 1},{2 * (i + 1)},0.001,{1.0 / (i + 1)},{1.2 / (i + 1)},{a},{i + 1}.5")).Prepend("epoch,step,rate,train_loss,test_loss,test_accuracy,seconds"));
        File.WriteAllLines(
            Path.Combine(path, "steps.csv"),
            Enumerable.Range(1, 2 * accuracies.Length).Select(s => Text($"{s},{0.5 * s + 0.5},{2.0 / s},0.01,0.2,0,0.03,{(s % 2 == 0 ? 0.1 : 0)},0")).Prepend("step,seconds,loss,data,gradient,sums,update,evaluation,saving"));
        return path;
    }

    /// <summary>Adds samples of kinks.</summary>
    public static void Tie(string path) => File.WriteAllText(
        Path.Combine(path, "telemetry.csv"),
        "step,site,places,ties,zeros,near,active,least,most,seconds\n1,conv1.relu,100,10,10,,5,-2,3,0.1\n1,\"max(a, b)\",10,0,0,,0,,,0.1\n3,conv1.relu,100,30,10,,5,-1,4.5,0.1\n3,\"max(a, b)\",10,0,0,,0,,,0.1\n");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
