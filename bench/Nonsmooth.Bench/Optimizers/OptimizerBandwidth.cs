using System.Diagnostics;
using System.Globalization;
using Nonsmooth.Optimizers;
using Nonsmooth.Optimizers.Workers;

namespace Nonsmooth.Bench.Optimizers;

/// <summary>
/// An optimizer's step against an in-place stream over the same bytes: same run, same threads, interleaved, medians.
/// </summary>
internal static class OptimizerBandwidth
{
    private const double Rate = 1e-3;

    public static int Run(string[] args)
    {
        long parameters = Option(args, "--parameters", 25_000_000);
        int threads = (int)Option(args, "--threads", Environment.ProcessorCount);
        int rounds = (int)Option(args, "--rounds", 41);
        int at = Array.IndexOf(args, "--optimizer");
        OptimizerEntry entry = OptimizerRegistry.Find(at >= 0 ? args[at + 1] : "innaprop");

        OptimizerOptions options = entry.Defaults with { StateFormat = args.Contains("--bfloat16") ? NumberFormat.BFloat16 : NumberFormat.Float32 };

        using var pool = new WorkerPool(threads);
        using var theta = new NativeArray(parameters, 1, 1);
        using var gradient = new NativeArray(parameters, 2, 0.1f);
        using var streamP = new NativeArray(parameters, 3, 1);
        using var streamG = new NativeArray(parameters, 4, 1);
        using var streamV = new NativeArray(parameters, 5, 1);
        using var streamM = new NativeArray(parameters, 6, 1);
        using Optimizer optimizer = options.Build([new ParameterSlot("p", theta.Address, parameters)], pool);
        var stream = new StreamPass(streamP.Address, streamG.Address, streamV.Address, streamM.Address, parameters);
        nint[] gradients = [gradient.Address];

        int states = optimizer.States.Count;
        double stepBytes = parameters * (12.0 + (states * (options.StateFormat == NumberFormat.BFloat16 ? 4 : 8)));
        double streamBytes = parameters * 28.0;
        double[] stepSeconds = new double[rounds];
        double[] streamSeconds = new double[rounds];
        for (int i = 0; i < 5; i++)
        {
            optimizer.Step(gradients, Rate);
            pool.Run(stream);
        }

        for (int i = 0; i < rounds; i++)
        {
            long start = Stopwatch.GetTimestamp();
            optimizer.Step(gradients, Rate);
            long middle = Stopwatch.GetTimestamp();
            pool.Run(stream);
            long end = Stopwatch.GetTimestamp();
            stepSeconds[i] = (middle - start) / (double)Stopwatch.Frequency;
            streamSeconds[i] = (end - middle) / (double)Stopwatch.Frequency;
        }

        double allocated = AllocatedPerStep(optimizer, gradients);
        double step = stepBytes / Median(stepSeconds) / 1e9;
        double ceiling = streamBytes / Median(streamSeconds) / 1e9;
        Print($"optimizer              {entry.Name}, states in {options.StateFormat}, {parameters} parameters, {threads} threads, {rounds} rounds");
        Print($"step                   {Median(stepSeconds) * 1e3:F2} ms median, {stepSeconds.Min() * 1e3:F2} ms best, {step:F1} GB/s");
        Print($"in-place stream        {Median(streamSeconds) * 1e3:F2} ms median, {streamSeconds.Min() * 1e3:F2} ms best, {ceiling:F1} GB/s");
        Print($"ratio                  {100 * step / ceiling:F1} % (medians), {100 * stepBytes / streamBytes * streamSeconds.Min() / stepSeconds.Min():F1} % (best)");
        Print($"managed bytes per step {allocated:F1} (all threads)");
        bool same = SameBits(options, threads);
        Print($"1 and {Math.Max(2, threads)} threads        {(same ? "same bits" : "DIFFERENT BITS")}");
        return same && allocated == 0 ? 0 : 1;
    }

    /// <summary>
    /// The count is the whole process's, where the runtime's own threads may add a few bytes now and then:
    /// what a step allocates shows in every repetition, so the least one is it.
    /// </summary>
    private static double AllocatedPerStep(Optimizer optimizer, nint[] gradients)
    {
        const int repetitions = 3;
        const int steps = 10;
        double least = double.MaxValue;
        for (int i = 0; i < repetitions; i++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            for (int step = 0; step < steps; step++)
            {
                optimizer.Step(gradients, Rate);
            }

            least = Math.Min(least, (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)steps);
        }

        return least;
    }

    private static bool SameBits(OptimizerOptions options, int threads)
    {
        using var one = new WorkerPool(1);
        using var many = new WorkerPool(Math.Max(2, threads));
        using NativeArray first = Train(options, one);
        using NativeArray second = Train(options, many);
        return first.Bytes.SequenceEqual(second.Bytes);
    }

    private static NativeArray Train(OptimizerOptions options, WorkerPool pool)
    {
        const long length = 1_000_003;
        var theta = new NativeArray(length, 1, 1);
        using var gradient = new NativeArray(length, 2, 0.1f);
        using Optimizer optimizer = options.Build([new ParameterSlot("p", theta.Address, length)], pool);
        for (int i = 0; i < 20; i++)
        {
            optimizer.Step([gradient.Address], Rate);
        }

        return theta;
    }

    private static double Median(double[] values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    public static long Option(string[] args, string name, long otherwise)
    {
        int at = Array.IndexOf(args, name);
        return at >= 0 ? long.Parse(args[at + 1], CultureInfo.InvariantCulture) : otherwise;
    }

    private static void Print(FormattableString line) => Console.WriteLine(FormattableString.Invariant(line));
}
