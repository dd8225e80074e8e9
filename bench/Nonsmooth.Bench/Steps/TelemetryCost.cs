using System.Globalization;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Reliability.Ties;

namespace Nonsmooth.Bench.Steps;

/// <summary>What counting ties costs a training step: steps without and with it in turns, and the share at one count every so many.</summary>
internal static class TelemetryCost
{
    public static int Run(string[] args)
    {
        string network = args.Length > 0 ? args[0] : "vgg11-bn-cifar";
        int batch = Number(args, 1, 32);
        int every = Number(args, 2, 10);
        int rounds = Number(args, 3, 15);
        var options = new TieOptions { NearUlps = Number(args, 4, 0) };
        using var step = new NonsmoothStep(network, batch, Environment.ProcessorCount, new ExecutionOptions());
        using var ties = new TieObserver(step.Source, step.Gradient.Program, Precision.Float32, options);
        var (plain, counted, own) = (new double[rounds], new double[rounds], new double[rounds]);
        for (int round = -1; round < rounds; round++)
        {
            step.Gradient.Observer = null;
            double without = 1e3 * step.Seconds(1);
            ties.Clear();
            step.Gradient.Observer = ties.Observe;
            double with = 1e3 * step.Seconds(1);

            // The first round warms up.
            if (round >= 0)
            {
                (plain[round], counted[round], own[round]) = (without, with, ties.Times.Sum(t => t.TotalMilliseconds));
            }
        }

        double extra = Median([.. counted.Zip(plain, (c, p) => c - p)]);
        var total = ties.Report.Total();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{network} batch {batch}, {rounds} rounds in turns: step {Median(plain):F1} ms, counted {Median(counted):F1} ms, difference {extra:F1} ms (own clock {Median(own):F1} ms); {100 * extra / Median(plain):F2} % of a step, one in {every}: {100 * extra / Median(plain) / every:F2} %"));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{ties.Report.Sites.Count} sites, {total.Places} places, {total.Ties} tied, {total.Active} active"));
        return 0;
    }

    private static int Number(string[] args, int index, int fallback) =>
        args.Length > index ? int.Parse(args[index], CultureInfo.InvariantCulture) : fallback;

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values.Length % 2 == 1 ? values[values.Length / 2] : (values[(values.Length / 2) - 1] + values[values.Length / 2]) / 2;
    }
}
