using System.Globalization;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Measurement;
using Nonsmooth.LibTorch.Native;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Bench.Cost;

/// <summary>Predicted against measured peaks of memory: what the process's resident set grows by while a gradient runs.</summary>
internal static class Memory
{
    private const double Mebi = 1 << 20;

    public static int Run(string[] args)
    {
        LibTorchThreads.Count = 1;
        string name = args[0];
        Warm(name);
        foreach (string batch in args[1..])
        {
            var gradient = NetworkRegistry.Find(name).Build(int.Parse(batch, CultureInfo.InvariantCulture)).Gradient();
            var memory = MemoryPrediction.Of(gradient, states: 0);
            long before = Read("VmRSS");
            var inputs = SampleInputs.Of(gradient);
            using var compiled = new LibTorchExecutor().Compile(gradient);
            GC.Collect();
            File.WriteAllText("/proc/self/clear_refs", "5");
            compiled.Run([.. inputs]);
            long peak = Read("VmHWM");
            double predicted = (before + memory.ProcessPeak) / Mebi;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{name} batch {batch}: predicted {predicted:F1} MiB of the process (program {memory.Peak / Mebi:F1}, workspace {memory.Workspace / Mebi:F1}, saved {memory.Saved / Mebi:F1}, temporaries {memory.Temporaries / Mebi:F1}, at {memory.PeakNode}), measured {peak / Mebi:F1} MiB (program {(peak - before) / Mebi:F1}), error {(predicted * Mebi / peak) - 1:P1}"));
            foreach (var input in inputs)
            {
                input.Dispose();
            }
        }

        return 0;
    }

    // What libtorch and the runtime make once is no part of a program's memory.
    private static void Warm(string name)
    {
        var gradient = NetworkRegistry.Find(name).Build(2).Gradient();
        var inputs = SampleInputs.Of(gradient);
        using var compiled = new LibTorchExecutor().Compile(gradient);
        compiled.Run([.. inputs]);
        foreach (var input in inputs)
        {
            input.Dispose();
        }
    }

    private static long Read(string key) => 1024 * long.Parse(
        File.ReadLines("/proc/self/status").First(line => line.StartsWith(key, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2],
        CultureInfo.InvariantCulture);
}
