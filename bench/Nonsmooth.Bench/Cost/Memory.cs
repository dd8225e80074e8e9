using System.Globalization;
using Nonsmooth.LibTorch.Measurement;
using Nonsmooth.LibTorch.Native;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Bench.Cost;

/// <summary>Predicted against measured peaks of memory, each measured in a process of its own.</summary>
internal static class Memory
{
    internal static readonly (string Name, int[] Batches)[] Cases =
    [
        ("lenet5", [128, 512, 2048]), ("vgg11-bn-cifar", [8, 32, 128]), ("resnet18-cifar", [8, 32, 64]),
        ("densenet121-cifar", [4, 8, 16]), ("gpt-mini", [1, 2, 4]),
    ];

    private const double Mebi = 1 << 20;

    public static int Run(string[] args)
    {
        if (args is ["child", var child, var size, .. var rest])
        {
            return MemoryChild.Run(child, int.Parse(size, CultureInfo.InvariantCulture), rest is ["nodes"]);
        }

        var cases = args.Length == 0 ? Cases : [(args[0], [.. args[1..].Select(b => int.Parse(b, CultureInfo.InvariantCulture))])];
        foreach (var (name, batches) in cases)
        {
            foreach (int batch in batches)
            {
                var memory = Predict(name, batch);
                long measured = MemoryChild.Measure(name, batch);
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name,-18} batch {batch,5}: predicted {memory.ProcessPeak / Mebi,8:F1} MiB (plan {memory.Peak / Mebi,8:F1}, workspace {memory.Workspace / Mebi,6:F1}), measured {measured / Mebi,8:F1} MiB, error {((double)memory.ProcessPeak / measured) - 1,7:P1}"));
            }
        }

        return 0;
    }

    /// <summary>Without an optimizer, since none runs in the measurement, and for one thread, as measured.</summary>
    internal static MemoryPrediction Predict(string name, int batch)
    {
        LibTorchThreads.Count = 1;
        return MemoryPrediction.Of(Models.Find(name).Build(batch).Gradient(), states: 0);
    }
}
