using Nonsmooth.Dictionary;
using Nonsmooth.Differentiation;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Native;
using Nonsmooth.LibTorch.Tensors;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.LibTorch.Tests.Execution;

[Collection(Alone.Name)]
public sealed class FusionTests
{
    [Fact]
    public void ATrainingStepOfNormalisedLayersStaysFused()
    {
        var builder = new ProgramBuilder();
        var x = builder.Input("x", TensorType.Real(new Shape(4, 3, 5, 5)));
        var w = builder.Input("w", TensorType.Real(new Shape(6, 3, 3, 3)));
        var (gain, bias) = (builder.Input("gain", TensorType.Real(new Shape(6))), builder.Input("bias", TensorType.Real(new Shape(6))));
        var h = builder.Apply(new Conv2d([1, 1], [0, 0], [1, 1], 1), x, w);
        h = Functions.Gelu(Functions.Relu(Functions.BatchNorm(h, gain, bias)));
        var program = builder.Build([("loss", Functions.Softmax(h.Reshape(new Shape(4, 54)), 1).Sum())]);
        using var compiled = new LibTorchExecutor().Compile(program.Backprop(new BackpropOptions { WithRespectTo = ["w", "gain", "bias"] }));
        Assert.Empty(compiled.HostNodes);
        string[] names = [.. compiled.Program.Nodes.Select(n => n.Function.Name)];
        Assert.Contains("batch_norm", names);
        Assert.Contains("batch_norm_gradient", names);
        Assert.Contains("gelu_gradient", names);
        Assert.Contains("softmax_gradient", names);
        Assert.DoesNotContain("rsqrt", names);
        Assert.DoesNotContain("erf", names);
    }

    [Fact]
    public void PairsRunAsOneWhereNothingElseReadsTheValueBetweenThem()
    {
        Assert.Equal(["batch_norm relu", "gate batch_norm_gradient"], Together(false, true));
        Assert.Equal(["gate batch_norm_gradient"], Together(true, true));
        Assert.Empty(Together(false, false));

        static IEnumerable<string> Together(bool givesTheNorm, bool fuse)
        {
            var builder = new ProgramBuilder();
            var x = builder.Input("x", TensorType.Real(new Shape(4, 16, 5, 5)));
            var (gain, bias) = (builder.Input("gain", TensorType.Real(new Shape(16))), builder.Input("bias", TensorType.Real(new Shape(16))));
            var norm = Functions.BatchNorm(x, gain, bias);
            var loss = ("loss", Functions.Square(Functions.Relu(norm)).Sum());
            var program = builder.Build(givesTheNorm ? [loss, ("norm", norm)] : [loss]);
            var derived = Lowering.Prepare(program.Backprop(new BackpropOptions { Of = ["loss"], WithRespectTo = ["gain", "bias"] }), new ExecutionOptions());
            var steps = Fusion.Steps(derived, fuse);
            Assert.Equal(derived.Nodes.Count, steps.Sum(s => s.Count));
            return steps.Where(s => s.Count > 1).Select(s => string.Join(' ', s.Select(n => n.Function.Name)));
        }
    }

    [Fact]
    public void BackpropKeepsTheInputsOfConvolutionsAndNormsAndTheValuesOfReluOnly()
    {
        var builder = new ProgramBuilder();
        var x = builder.Input("x", TensorType.Real(new Shape(4, 3, 5, 5)));
        var w = builder.Input("w", TensorType.Real(new Shape(6, 3, 3, 3)));
        var (gain, bias) = (builder.Input("gain", TensorType.Real(new Shape(6))), builder.Input("bias", TensorType.Real(new Shape(6))));
        var convolved = builder.Apply(new Conv2d([1, 1], [0, 0], [1, 1], 1), x, w);
        var program = builder.Build([("loss", Functions.Square(Functions.Relu(Functions.BatchNorm(convolved, gain, bias))).Sum())]);
        var derived = program.Backprop(new BackpropOptions { WithRespectTo = ["w", "gain", "bias"] });
        var made = derived.Nodes.Where(n => !n.Name.Contains(".vjp", StringComparison.Ordinal))
            .SelectMany(n => n.Results.Select(r => (r, n.Function.Name))).ToDictionary(p => p.r, p => p.Name);
        var kept = derived.Nodes.Where(n => n.Name.Contains(".vjp", StringComparison.Ordinal)).SelectMany(n => n.Arguments).Distinct()
            .Where(a => made.ContainsKey(a) && derived.Types[a].Shape.Count64 > 6).Select(a => made[a]).Order();
        Assert.Equal(["conv2d", "relu"], kept);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(19)]
    [InlineData(4096)]
    public void BatchNormAgreesWithTheInterpreterOnPlanesOfAnySize(int plane)
    {
        var types = new[] { new Shape(3, 5, plane), new Shape(5), new Shape(5) };
        var program = Program.Trace((x, w, b) => Functions.BatchNorm(x, w, b), types[0], types[1], types[2])
            .Backprop(new BackpropOptions());
        var random = new Random(plane);
        double[][] inputs = [.. program.Inputs.Select(i => Enumerable.Range(0, program.Types[i.Value].Shape.Elements)
            .Select(_ => (double)(float)((2 * random.NextDouble()) - 1)).ToArray())];
        var expected = Evaluation.Interpreter.Run<Arithmetic.Float64>(program, inputs);
        foreach (var (precision, tolerance) in new[] { (Precision.Float32, 2e-4), (Precision.Float64, 1e-11) })
        {
            using var compiled = new LibTorchExecutor(new ExecutionOptions { Precision = precision }).Compile(program);
            var tensors = inputs.Select((v, i) => TorchTensor.FromSpan<double>(
                v, [.. program.Types[program.Inputs[i].Value].Shape.Select(s => (long)s)])).ToArray();
            var actual = compiled.Call(tensors);
            for (int o = 0; o < expected.Count; o++)
            {
                using var wide = actual[o].To(TorchDtype.Float64);
                double[] values = wide.ToArray<double>();
                double[] wanted = ((Tensor<double>)expected[o]).Elements;
                double scale = wanted.Max(Math.Abs);
                for (int i = 0; i < wanted.Length; i++)
                {
                    Assert.True(
                        Math.Abs(wanted[i] - values[i]) <= tolerance * scale, $"{precision}, output {o}, {i}: {wanted[i]} and {values[i]}");
                }
            }

            foreach (var tensor in tensors.Concat(actual))
            {
                tensor.Dispose();
            }
        }
    }

    [Fact]
    public void BatchNormHasTheSameBitsForAnyNumberOfThreads()
    {
        var program = Program.Trace((x, w, b) => Functions.BatchNorm(x, w, b), new Shape(8, 16, 64, 33), new Shape(16), new Shape(16))
            .Backprop(new BackpropOptions());
        var random = new Random(3);
        float[][] inputs = [.. program.Inputs.Select(i => Enumerable.Range(0, program.Types[i.Value].Shape.Elements)
            .Select(_ => (float)random.NextDouble()).ToArray())];
        using var compiled = new LibTorchExecutor().Compile(program);
        var tensors = inputs.Select((v, i) => TorchTensor.FromSpan<float>(
            v, [.. program.Types[program.Inputs[i].Value].Shape.Select(s => (long)s)])).ToArray();
        try
        {
            Assert.Equal(Bits(1), Bits(2));
        }
        finally
        {
            foreach (var tensor in tensors)
            {
                tensor.Dispose();
            }
        }

        float[][] Bits(int threads)
        {
            using var use = LibTorchThreads.Use(threads);
            var outputs = compiled.Call(tensors);
            float[][] values = [.. outputs.Select(o => o.ToArray<float>())];
            foreach (var output in outputs)
            {
                output.Dispose();
            }

            return values;
        }
    }
}
