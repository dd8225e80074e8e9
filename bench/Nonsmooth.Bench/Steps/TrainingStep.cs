using System.Globalization;
using Nonsmooth.LibTorch.Execution;

namespace Nonsmooth.Bench.Steps;

/// <summary>Step times against PyTorch eager on the same machine, in turns: median of the rounds' ratios.</summary>
internal static class TrainingStep
{
    public static int Run(string[] args)
    {
        string network = Option(args, "--network", "lenet5");
        int batch = int.Parse(Option(args, "--batch", "128"), CultureInfo.InvariantCulture);
        int threads = int.Parse(Option(args, "--threads", "2"), CultureInfo.InvariantCulture);
        int rounds = int.Parse(Option(args, "--rounds", "15"), CultureInfo.InvariantCulture);
        int steps = int.Parse(Option(args, "--steps", "40"), CultureInfo.InvariantCulture);
        using var ours = new NonsmoothStep(network, batch, threads, Precision.Float32);
        using var peer = PyTorchPeer.Start(network, batch, threads);
        ours.Seconds(steps);
        long before = GC.GetTotalAllocatedBytes(true);
        ours.Seconds(steps);
        double allocated = (GC.GetTotalAllocatedBytes(true) - before) / (double)steps;
        peer?.Seconds(steps);
        var mine = new double[rounds];
        var theirs = new double[rounds];
        for (int i = 0; i < rounds; i++)
        {
            mine[i] = 1e3 * ours.Seconds(steps) / steps;
            theirs[i] = peer is null ? double.NaN : 1e3 * peer.Seconds(steps) / steps;
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{network} batch {batch}, {threads} threads, {rounds} rounds of {steps} steps in turns"));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"nonsmooth: median {Median(mine):F3} ms, least {mine.Min():F3} ms; managed bytes a step {allocated:F1}"));
        if (peer is null)
        {
            Console.WriteLine("peer: no Python with PyTorch here; set NONSMOOTH_PYTHON or install python3-torch");
            return 0;
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{peer.Version} eager, AdamW: median {Median(theirs):F3} ms, least {theirs.Min():F3} ms"));
        double[] ratios = [.. mine.Zip(theirs, (a, b) => a / b)];
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"ratio: median {Median(ratios):F3}, from {ratios.Min():F3} to {ratios.Max():F3}"));
        return 0;
    }

    private static string Option(string[] args, string name, string otherwise)
    {
        int at = Array.IndexOf(args, name);
        return at >= 0 && at + 1 < args.Length ? args[at + 1] : otherwise;
    }

    private static double Median(double[] values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
