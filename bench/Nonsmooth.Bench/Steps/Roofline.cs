using System.Globalization;
using Nonsmooth.Dictionary;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Measurement;
using Nonsmooth.LibTorch.Native;
using Nonsmooth.LibTorch.Tensors;
using Nonsmooth.Tensors;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Bench.Steps;

/// <summary>
/// What one thread of this machine does at most, by libtorch's own product of matrices and by copying; and what share of it steps of convolutional
/// networks reach, ours and libtorch's operators one by one, in turns, by the thread's own time.
/// </summary>
internal static class Roofline
{
    private const int Side = 1024;
    private const int Copied = 1 << 24;

    private static readonly (string Name, int Batch)[] _networks = [("lenet5", 128), ("resnet6-cifar", 64), ("vgg11-cifar", 32)];

    public static int Run(string[] args)
    {
        int rounds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 7;
        LibTorchMemory.KeepFreed();
        LibTorchThreads.Count = 1;
        double flops = Best(Programs.Program.Trace([("a", new Shape(Side, Side)), ("b", new Shape(Side, Side))], v => [("y", Functions.MatMul(v[0], v[1]))]), 2.0 * Side * Side * Side);
        double bytes = Best(Programs.Program.Trace([("x", new Shape(Copied))], v => [("y", Functions.Relu(v[0]))]), 2.0 * sizeof(float) * Copied);
        Print($"one thread: product of {Side} × {Side} in f32 {flops / 1e9:F0} GFLOP/s, relu of {Copied} numbers {bytes / 1e9:F1} GB/s read and written; balance {flops / bytes:F0} FLOP a byte");
        foreach (var (name, batch) in _networks)
        {
            Step(name, batch, rounds, flops, bytes);
        }

        return 0;
    }

    private static void Step(string name, int batch, int rounds, double flops, double bytes)
    {
        var cost = Models.Find(name).Build(batch).Cost();
        double work = 2.0 * (cost.Forward.MultiplyAdds.Effective + cost.Backward.MultiplyAdds.Effective);
        double moved = cost.Forward.Bytes + cost.Backward.Bytes;
        using var ours = new NonsmoothStep(name, batch, 1, new ExecutionOptions());
        using var plain = new NonsmoothStep(name, batch, 1, new ExecutionOptions { Fused = false });
        double[] one = new double[rounds];
        double[] two = new double[rounds];
        for (int round = -1; round < rounds; round++)
        {
            var (a, b) = (ours.ProcessorSeconds(2) / 2, plain.ProcessorSeconds(2) / 2);
            if (round >= 0)
            {
                (one[round], two[round]) = (a, b);
            }
        }

        double[] ratios = [.. one.Zip(two, (a, b) => a / b).Order()];
        double median = one.Order().ElementAt(rounds / 2);
        double bound = (work / flops) + (moved / bytes);
        Print($"{name}, batch {batch}: {1e3 * median:F1} ms ({1e3 * one.Min():F1}–{1e3 * one.Max():F1}), {work / median / 1e9:F0} GFLOP/s, {work / median / flops:P0} of the product's; {ratios[rounds / 2]:F2} ({ratios[0]:F2}–{ratios[^1]:F2}) of libtorch operator by operator; {work / 1e9:F2} GFLOP take at least {1e3 * work / flops:F1} ms, {moved / 1e6:F0} MB at least {1e3 * moved / bytes:F1} ms, one after the other {bound / median:P0} of the step");
    }

    // Amounts a second, the best of some runs.
    private static double Best(Programs.Program program, double amount)
    {
        using var compiled = new LibTorchExecutor().Compile(program);
        TorchTensor[] inputs = [.. SampleInputs.Of(compiled.Program)];
        var clock = ThreadClock.Instance;
        double least = double.PositiveInfinity;
        for (int i = 0; i < 12; i++)
        {
            long begin = clock.GetTimestamp();
            compiled.Run(inputs);
            least = Math.Min(least, clock.GetElapsedTime(begin).TotalSeconds);
        }

        return amount / least;
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
