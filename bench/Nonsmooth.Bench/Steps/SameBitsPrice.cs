using System.Globalization;
using Nonsmooth.Bench.Claims;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Native;

namespace Nonsmooth.Bench.Steps;

/// <summary>
/// What bits that do not depend on threads cost a training step: libtorch with one thread against all, the optimizer with all
/// in both, in turns.
/// </summary>
internal static class SameBitsPrice
{
    private const double RoundSeconds = 0.2;

    public static int Run(string[] args)
    {
        string network = args.Length > 0 ? args[0] : "lenet5";
        int batch = Number(args, 1, 128);
        int rounds = Number(args, 2, 15);
        int threads = Environment.ProcessorCount;
        using var step = new NonsmoothStep(network, batch, threads, new ExecutionOptions());
        step.Seconds(2);
        int steps = Math.Max(1, (int)(RoundSeconds / step.Seconds(1)));
        var (all, one) = (new double[rounds], new double[rounds]);
        for (int round = 0; round < rounds; round++)
        {
            all[round] = Milliseconds(threads);
            one[round] = Milliseconds(1);
        }

        double[] ratios = [.. one.Zip(all, (o, a) => o / a).Order()];
        Taken.Note($"same-bits/{network}", Median(one) / 1e3, Median(all) / 1e3, Median(ratios), ratios[0], ratios[^1]);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{network} batch {batch}, {rounds} rounds in turns: {threads} threads {Median(all):F2} ms, same bits {Median(one):F2} ms, ratio {Median(ratios):F2} ({ratios[0]:F2}-{ratios[^1]:F2})"));
        return 0;

        double Milliseconds(int count)
        {
            LibTorchThreads.Count = count;
            step.Seconds(1);
            return 1e3 * step.Seconds(steps) / steps;
        }
    }

    private static int Number(string[] args, int index, int fallback) =>
        args.Length > index ? int.Parse(args[index], CultureInfo.InvariantCulture) : fallback;

    private static double Median(double[] values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }
}
