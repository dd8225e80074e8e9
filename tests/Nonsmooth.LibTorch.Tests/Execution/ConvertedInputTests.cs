using Nonsmooth.Differentiation;
using Nonsmooth.Dictionary;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Measurement;
using Nonsmooth.LibTorch.Tensors;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.LibTorch.Tests.Execution;

/// <summary>Weights in 16 bits that are widened where a kernel reads them: the same bits, one of them wide at a time, and a prediction that knows.</summary>
public sealed class ConvertedInputTests
{
    private const int Layers = 6;
    private const int Width = 64;

    [Theory]
    [InlineData(TorchDtype.BFloat16)]
    [InlineData(TorchDtype.Float16)]
    public void TheBitsAreThoseOfConvertingAllAtOnceAndLessIsHeld(TorchDtype narrow)
    {
        var builder = new ProgramBuilder();
        var first = Functions.Multiply(builder.Input("x", TensorType.Real(new Shape(2, Width))), builder.Input("a", TensorType.Real(new Shape(Width)), InputRole.Parameter));
        var last = Enumerable.Range(0, Layers).Aggregate(first, (x, i) => Functions.Tanh(Functions.Linear(x, builder.Input($"w{i}", TensorType.Real(new Shape(Width, Width)), InputRole.Parameter))));
        var gradient = builder.Build([("loss", last.Sum(0, 1))]).Backprop("a");
        TorchTensor[] inputs = [.. gradient.Inputs.Select((input, i) => Values(gradient.Types[input.Value].Shape, i, i < 2 ? TorchDtype.Float32 : narrow))];
        var late = new ExecutionOptions { ConvertedWhereRead = Enumerable.Range(0, Layers).Select(i => $"w{i}").ToHashSet() };
        var (wide, most) = Run(gradient, inputs, new ExecutionOptions());
        var (same, least) = Run(gradient, inputs, late);
        Assert.Equal(wide, same);
        Assert.True(most - least >= Layers * Width * Width * 2, $"{most} and {least} bytes are held");
        var (before, after) = (MemoryPrediction.Of(gradient), MemoryPrediction.Of(gradient, options: late));
        Assert.Equal(Layers * Width * Width * 4, before.Frozen);
        Assert.Equal(Layers * Width * Width * 2, after.Frozen);
        Assert.Equal(before.Data, after.Data);

        // Where most is held a weight is read now, which may be at another node.
        Assert.InRange(after.Peak, before.Peak - (Layers * Width * Width * 2) + (Width * Width * 4) - 64, before.Peak - (Layers * Width * Width * 2) + (Width * Width * 4));
    }

    private static (float[] Results, long Held) Run(Program program, TorchTensor[] inputs, ExecutionOptions options)
    {
        using var compiled = new LibTorchExecutor(options).Compile(program);
        long held = 0;
        compiled.Observer = (_, running) => held = Math.Max(held, running.LiveBytes);
        var results = compiled.Call(inputs);
        return ([.. results[0].ToArray<float>(), .. results[1].ToArray<float>()], held);
    }

    private static TorchTensor Values(Shape shape, int seed, TorchDtype dtype)
    {
        using var wide = TorchTensor.FromArray(Enumerable.Range(0, shape.Elements).Select(i => (float)Math.Sin(i + (31 * seed)) / 8).ToArray(), shape);
        return wide.To(dtype);
    }
}
