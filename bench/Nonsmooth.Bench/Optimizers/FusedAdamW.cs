using System.Globalization;
using Nonsmooth.Bench.Claims;
using Nonsmooth.Bench.Kernels;
using Nonsmooth.LibTorch.Native;
using Nonsmooth.Optimizers;
using Nonsmooth.Optimizers.Workers;

namespace Nonsmooth.Bench.Optimizers;

/// <summary>AdamW's step beside libtorch's <c>_fused_adamw_</c>: the same tensors' sizes, threads and run, interleaved, medians.</summary>
internal static class FusedAdamW
{
    private const double Rate = 1e-3;

    public static int Run(string[] args)
    {
        long parameters = OptimizerBandwidth.Option(args, "--parameters", 16_777_216);
        int threads = (int)OptimizerBandwidth.Option(args, "--threads", Environment.ProcessorCount);
        int rounds = (int)OptimizerBandwidth.Option(args, "--rounds", 31);
        LibTorchThreads.Count = threads;
        double large = Compare(1, parameters, threads, rounds);
        double few = Compare(1, 1_000, threads, rounds * 20);
        double many = Compare(501, 1_000, threads, rounds * 20);
        Print($"each of 500 more      {(many - few) / 500 * 1e6:F3} us of nonsmooth per tensor of 1000");
        double tiny = (Compare(501, 16, threads, rounds * 20) - Compare(1, 16, threads, rounds * 20)) / 500;
        Print($"each of 500 more      {tiny * 1e6:F3} us of nonsmooth per tensor of 16");
        return large > 0 ? 0 : 1;
    }

    /// <summary>The median seconds of our step.</summary>
    private static double Compare(int tensors, long length, int threads, int rounds)
    {
        using var pool = new WorkerPool(threads);
        using var ours = new TensorLists(tensors, length);
        using var theirs = new TensorLists(tensors, length);
        using Optimizer optimizer = new AdamWOptions().Build(ours.Slots, pool);
        nint[] gradients = [.. ours.Gradients.Select(g => g.DataPointer)];
        for (int i = 0; i < 5; i++)
        {
            optimizer.Step(gradients, Rate);
            theirs.Step(Rate);
        }

        double apart = ours.Distance(theirs);
        double[] seconds = Clock.Medians(rounds, () => optimizer.Step(gradients, Rate), () => theirs.Step(Rate));
        Taken.Note($"fused-adamw/{tensors} x {length}", seconds[0], seconds[1]);
        double bytes = 28.0 * tensors * length;
        Print($"{tensors} x {length}, {threads} threads: nonsmooth {seconds[0] * 1e3:F4} ms ({bytes / seconds[0] / 1e9:F1} GB/s), _fused_adamw_ {seconds[1] * 1e3:F4} ms ({bytes / seconds[1] / 1e9:F1} GB/s), ratio {seconds[0] / seconds[1]:F3}; {apart:E1} apart after 5 steps");
        return seconds[0];
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
