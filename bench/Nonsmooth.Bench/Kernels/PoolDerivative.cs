using System.Globalization;
using Nonsmooth.Dictionary;
using Nonsmooth.LibTorch;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Native;
using Nonsmooth.LibTorch.Tensors;
using Nonsmooth.Programs;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.Bench.Kernels;

using Program = Nonsmooth.Programs.Program;

/// <summary>
/// The cotangent of VGG11's first pooling at batch 128 under some tie rules, after a relu, beside a copy of its
/// argument: bytes are those of x, the index, the cotangent and the result, each once.
/// </summary>
internal static class PoolDerivative
{
    private static readonly Shape _images = new(128, 64, 32, 32);

    public static int Run(string[] args)
    {
        int rounds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 11;
        foreach (var precision in Enum.GetValues<Precision>())
        {
            foreach (var (kernel, stride, padding) in ((int, int, int)[])[(2, 2, 0), (3, 2, 1)])
            {
                var pool = new MaxPool2d([kernel, kernel], [stride, stride], [padding, padding], [1, 1]);
                foreach (var rule in (TieRule[])[TieRule.First, TieRule.Last, TieRule.Average, TieRule.Beta(100)])
                {
                    Time(pool, rule, precision, rounds);
                }
            }
        }

        return 0;
    }

    private static void Time(MaxPool2d pool, TieRule rule, Precision precision, int rounds)
    {
        var executor = new LibTorchExecutor(new ExecutionOptions { Precision = precision });
        using var forward = executor.Compile(Program.Trace(
            [("x", _images)], v => [.. v[0].Builder.ApplyAll(pool, v[0]).Select((r, i) => ($"r{i}", r))]));
        var dtype = precision switch
        {
            Precision.Float64 => TorchDtype.Float64,
            Precision.BFloat16 => TorchDtype.BFloat16,
            _ => TorchDtype.Float32,
        };
        var random = new Random(1);
        float[] numbers = [.. Enumerable.Range(0, _images.Elements).Select(_ => Math.Max(0, random.NextSingle() - 0.5f))];
        using var narrow = TorchTensor.FromSpan<float>(numbers, [128, 64, 32, 32]);
        using var x = narrow.To(dtype);
        var pooled = forward.Call(x);
        var builder = new ProgramBuilder();
        var maxima = pool.InferTypes([_images])[0].Shape;
        Variable[] inputs = [builder.Input("x", _images), builder.Input("index", TensorType.Index(maxima)), builder.Input("g", maxima)];
        using var scatter = executor.Compile(builder.Build([("y", builder.Apply(new MaxPoolScatter(pool, rule), inputs))]));
        double seconds = Clock.Medians(rounds, () => scatter.Run(x, pooled[1], pooled[0]), () => TensorFactory.Clone(x.Handle).Delete())[0];
        double copy = Clock.Medians(rounds, () => TensorFactory.Clone(x.Handle).Delete())[0];
        int size = dtype.ElementSize();
        double bytes = (2.0 * size * _images.Count64) + ((size + 8.0) * maxima.Count64);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{precision,-9} {pool.Kernel} {rule,-10} {seconds * 1e3,7:F1} ms {bytes / seconds / 1e9,6:F1} GB/s; copy {2.0 * size * _images.Count64 / copy / 1e9,6:F1} GB/s"));
        foreach (var tensor in pooled)
        {
            tensor.Dispose();
        }
    }
}
