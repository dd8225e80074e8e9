using Nonsmooth.Differentiation;
using Nonsmooth.Dictionary;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Tensors;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.LibTorch.Tests.Formats;

/// <summary>Norms, embeddings and attention in 16 bits on inputs that people reported, with the right values.</summary>
public sealed class NarrowNormTests
{
    [Theory]
    [InlineData(1000)]
    [InlineData(8192)]
    [InlineData(100_000)]
    public void ABiasOfLayerNormCountsItsRows(int rows)
    {
        var program = Program.Trace((x, w, b) => Functions.LayerNorm(x, w, b).Sum(), new Shape(rows, 2), new Shape(2), new Shape(2));
        double[] x = [.. Enumerable.Range(0, 2 * rows).Select(i => 1.0 + (i % 2))];
        double[] of = Gradient(program, 2, Precision.BFloat16, false, x, [1, 1], [0, 0]);
        Assert.All(of, d => Assert.Equal(rows, d, rows / 256.0));
    }

    [Theory]
    [InlineData(257)]
    [InlineData(1000)]
    [InlineData(8192)]
    public void ATokensEmbeddingCountsItsUses(int uses)
    {
        var builder = new ProgramBuilder();
        var table = builder.Input("table", new Shape(3, 2));
        var tokens = builder.Input("tokens", TensorType.Index(new Shape(uses)));
        var program = builder.Build([("loss", Functions.Embedding(table, tokens).Sum())]);
        var of = Run(program.Backprop("table"), Precision.BFloat16, false, new double[6], Enumerable.Repeat(1L, uses).ToArray())[1];
        Assert.Equal(uses, of[2], uses / 256.0);
    }

    [Fact]
    public void BatchNormOfValuesWhoseSquaresOverflowHasItsGradient()
    {
        var builder = new ProgramBuilder();
        var x = builder.Input("x", new Shape(4, 1, 1, 1));
        var w = builder.Input("w", new Shape(1));
        var program = builder.Build([("y", builder.ApplyAll(new BatchNorm(), x, w, builder.Input("b", new Shape(1)))[0])]);
        var gradient = program.Backprop(new BackpropOptions { WithRespectTo = ["x", "w"] });
        foreach (bool gpu in (bool[])[false, true])
        {
            var of = Run(gradient, Precision.Float16, gpu, new double[] { 300, -300, 300, -300 }, new double[] { 1 }, new double[] { 0 }, new double[] { 1, -1, 2, -2 });
            Assert.All(of[1].Zip((double[])[-1.67e-3, 1.67e-3, 1.67e-3, -1.67e-3]), p => Assert.Equal(p.Second, p.First, 1e-5));
            Assert.Equal(6, of[2][0], 1e-2);
        }
    }

    [Fact]
    public void BatchNormOfALargeGivenVariance()
    {
        var builder = new ProgramBuilder();
        var inputs = new[] { builder.Input("x", new Shape(2, 1, 1, 1)) }.Concat(Enumerable.Range(0, 4).Select(i => builder.Input($"s{i}", new Shape(1)))).ToArray();
        var program = builder.Build([("y", builder.Apply(new BatchNormInference(), inputs))]);
        foreach (var precision in (Precision[])[Precision.Float32, Precision.BFloat16])
        {
            double[] y = Run(program, precision, false, new double[] { 1000, -1000 }, new double[] { 1 }, new double[] { 0.5 }, new double[] { 0 }, new double[] { 1e5 })[0];
            Assert.Equal(3.662, y[0], precision == Precision.Float32 ? 1e-3 : 2e-2);
            Assert.Equal(-2.662, y[1], precision == Precision.Float32 ? 1e-3 : 2e-2);
        }
    }

    [Theory]
    [InlineData(Precision.Float32)]
    [InlineData(Precision.BFloat16)]
    public void LayerNormOfEqualNumbersIsTheBias(Precision precision)
    {
        var program = Program.Trace((x, w, b) => Functions.LayerNorm(x, w, b).Sum(), new Shape(1, 2), new Shape(2), new Shape(2));
        Assert.All(Gradient(program, 1, precision, false, [1e6, 1e6], [2, 2], [3, 3]), d => Assert.Equal(0, d));
        var value = Program.Trace((x, w, b) => Functions.LayerNorm(x, w, b), new Shape(1, 2), new Shape(2), new Shape(2));
        Assert.All(Run(value, precision, false, new double[] { 1e6, 1e6 }, new double[] { 2, 2 }, new double[] { 3, 3 })[0], y => Assert.Equal(3, y));
    }

    [Theory]
    [InlineData(Precision.Float32)]
    [InlineData(Precision.BFloat16)]
    [InlineData(Precision.Float16)]
    public void BatchNormOfAConstantChannelIsTheBias(Precision precision)
    {
        foreach (var shape in (Shape[])[new Shape(3, 1, 7, 7), new Shape(5, 1), new Shape(4, 1, 1, 1)])
        {
            var builder = new ProgramBuilder();
            var program = builder.Build([("y", builder.ApplyAll(new BatchNorm(), builder.Input("x", shape), builder.Input("w", new Shape(1)), builder.Input("b", new Shape(1)))[0])]);
            double[] x = [.. Enumerable.Repeat(1000.1, shape.Elements)];
            Assert.All(Run(program, precision, false, x, new double[] { 1 }, new double[] { 3 })[0], y => Assert.Equal(3, y));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AttentionOfLargeScoresIsFinite(bool gpu)
    {
        var program = Program.Trace((q, k, v) => Functions.Attention(q, k, v), new Shape(1, 2, 64), new Shape(1, 2, 64), new Shape(1, 2, 4));
        double[] large = [.. Enumerable.Repeat(32.0, 128)];
        Assert.All(Run(program, Precision.Float16, gpu, large, large, new double[] { 1, 1, 1, 1, 1, 1, 1, 1 })[0], y => Assert.Equal(1, y, 1e-3));
    }

    [Fact]
    public void TheGradientOfLogSumExpIsSoftmax()
    {
        var program = Program.Trace(x => x.LogSumExp(1).Sum(), new Shape(8192, 2));
        double[] x = [.. Enumerable.Range(0, 16384).Select(i => (i % 2) * 0.5)];
        double[] of = Gradient(program, 0, Precision.BFloat16, false, x);
        double first = 1 / (1 + Math.Exp(0.5));
        Assert.All(of.Where((_, i) => i % 2 == 0), d => Assert.Equal(first, d, first / 128));
    }

    private static double[] Gradient(Program program, int input, Precision precision, bool gpu, params double[][] inputs) =>
        Run(program.Backprop(program.Inputs[input].Name), precision, gpu, inputs)[1];

    private static double[][] Run(Program program, Precision precision, bool gpu, params Array[] inputs)
    {
        using var compiled = new LibTorchExecutor(new ExecutionOptions { Precision = precision, AsOnGpu = gpu }).Compile(program);
        var tensors = program.Inputs.Select((input, i) =>
        {
            long[] sizes = [.. program.Types[input.Value].Shape.Select(s => (long)s)];
            return inputs[i] is long[] indices ? TorchTensor.FromSpan<long>(indices, sizes) : TorchTensor.FromSpan<double>((double[])inputs[i], sizes);
        }).ToArray();
        var outputs = compiled.Call(tensors);
        try
        {
            return [.. outputs.Select(o =>
            {
                using var wide = o.To(TorchDtype.Float64);
                return wide.ToArray<double>();
            })];
        }
        finally
        {
            foreach (var tensor in tensors.Concat(outputs))
            {
                tensor.Dispose();
            }
        }
    }
}
