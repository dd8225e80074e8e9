using System.Diagnostics;
using System.Globalization;
using Nonsmooth.Cost;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Bench.Counting;

/// <summary>How long it takes to build and count a network, and what that allocates.</summary>
internal static class CountTime
{
    public static int Run(string[] args)
    {
        string[] networks = args.Length > 0 ? args : ["resnet18", "densenet121", "vit-b-16", "gpt2"];
        foreach (string name in networks)
        {
            Count(name);
            var milliseconds = new double[15];
            long bytes = 0;
            for (int i = 0; i < milliseconds.Length; i++)
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                long begin = Stopwatch.GetTimestamp();
                Count(name);
                milliseconds[i] = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
                bytes = GC.GetAllocatedBytesForCurrentThread() - before;
            }

            Array.Sort(milliseconds);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{name,-12} median {milliseconds[7]:F1} ms, most {milliseconds[^1]:F1} ms, {bytes / 1e6:F1} MB allocated"));
        }

        return 0;
    }

    private static CostReport Count(string name) => CostAnalysis.Analyze(Models.Find(name).Build(1).Objective);
}
