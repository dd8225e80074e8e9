using System.Globalization;
using Nonsmooth.Differentiation;
using Nonsmooth.LibTorch;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Native;
using Nonsmooth.LibTorch.Tensors;
using Nonsmooth.Tensors;
using static Nonsmooth.Dictionary.Functions;

namespace Nonsmooth.Bench.Kernels;

using Program = Nonsmooth.Programs.Program;

/// <summary>
/// A 3×3 convolution of 64 to 64 channels over 32 images of 32×32 in half-precision execution, beside libtorch's own
/// half kernel on the same numbers, in the same run, and beside single precision.
/// </summary>
internal static class HalfConvolution
{
    private const double Forward = 2.0 * 32 * 64 * 64 * 9 * 32 * 32;

    private static readonly long[] _images = [32, 64, 32, 32];
    private static readonly long[] _filters = [64, 64, 3, 3];

    public static int Run(string[] args)
    {
        int rounds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 5;
        LibTorchLibrary.Load();
        using var x = Random(_images, 1);
        using var w = Random(_filters, 2);
        using var g = Random(_images, 3);
        using var halfX = x.To(TorchDtype.Float16);
        using var halfW = w.To(TorchDtype.Float16);
        using var halfG = g.To(TorchDtype.Float16);
        var program = Program.Trace((a, b) => Conv2d(a, b, padding: 1), new Shape(32, 64, 32, 32), new Shape(64, 64, 3, 3));
        var backprop = program.Backprop(new BackpropOptions { KeepValues = false });
        using var forward = Compile(program, Precision.Float16);
        using var backward = Compile(backprop, Precision.Float16);
        using var wideForward = Compile(program, Precision.Float32);
        using var wideBackward = Compile(backprop, Precision.Float32);
        var native = new DirectConvolution([1, 1], [1, 1], [1, 1], 1);
        double[] own = Clock.Medians(
            rounds, () => forward.Run(x, w), () => backward.Run(x, w, g), () => wideForward.Run(x, w), () => wideBackward.Run(x, w, g));
        double[] peer = Clock.Medians(
            Math.Min(rounds, 3),
            () => native.Forward(halfX.Handle, halfW.Handle, default).Delete(),
            () =>
            {
                var result = native.Backward(halfG.Handle, halfX.Handle, halfW.Handle, true, true, false, DeviceKind.Cpu);
                result.Input.Delete();
                result.Weight.Delete();
            });
        Console.WriteLine($"3×3 convolution 64 to 64 on 32×64×32×32, {LibTorchThreads.Count} threads, medians of {rounds} rounds");
        Print("half execution", own[0], own[1]);
        Print("single execution", own[2], own[3]);
        Print("libtorch's half kernel", peer[0], peer[1]);
        return 0;
    }

    private static void Print(string what, double forward, double backward) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{what,-24} forward {forward * 1e3,8:F1} ms {Forward / forward / 1e9,7:F1} GFLOP/s, backward {backward * 1e3,8:F1} ms {2 * Forward / backward / 1e9,7:F1} GFLOP/s"));

    private static CompiledProgram Compile(Program program, Precision precision) =>
        new LibTorchExecutor(new ExecutionOptions { Precision = precision }).Compile(program);

    private static TorchTensor Random(long[] sizes, int seed)
    {
        var random = new Random(seed);
        float[] values = [.. Enumerable.Range(0, (int)sizes.Aggregate(1L, (a, b) => a * b)).Select(_ => (float)(random.NextDouble() - 0.5))];
        return TorchTensor.FromSpan<float>(values, sizes);
    }
}
