using Nonsmooth.Tests.Shared;
using Nonsmooth.Arithmetic;
using Nonsmooth.Dictionary;
using Nonsmooth.Differentiation;
using Nonsmooth.Evaluation;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Native;
using Nonsmooth.LibTorch.Tensors;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.LibTorch.Tests.Execution;

/// <summary>Networks whose images are held with channels last, and whose norms run together with their relus.</summary>
[Collection(Alone.Name)]
public sealed class LastChannelsTests
{
    [Theory]
    [InlineData(1, 7)]
    [InlineData(3, 8)]
    public void AgreeWithTheInterpreter(int images, int side)
    {
        var program = Step(images, side);
        double[][] inputs = Draw(program);
        var expected = Interpreter.Run<Float64>(program, inputs);
        foreach (var (precision, tolerance) in new[] { (Precision.Float32, 1e-4), (Precision.BFloat16, 0.2) })
        {
            var actual = Run(program, inputs, new ExecutionOptions { Precision = precision });
            for (int o = 0; o < expected.Count; o++)
            {
                double[] wanted = ((Tensor<double>)expected[o]).Elements;
                double scale = Math.Max(1e-3, wanted.Max(Math.Abs));
                Assert.All(wanted.Zip(actual[o]), p => Assert.True(
                    Math.Abs(p.First - p.Second) <= tolerance * scale, $"{precision}, {program.Outputs[o].Name}: {p.First} and {p.Second}"));
            }
        }
    }

    [Fact]
    public void AgreeWithOperatorsOneByOne()
    {
        var program = Step(8, 8);
        double[][] inputs = Draw(program);
        var fused = Run(program, inputs, new ExecutionOptions());
        var plain = Run(program, inputs, new ExecutionOptions { Fused = false });
        for (int o = 0; o < fused.Length; o++)
        {
            double scale = Math.Max(1e-3, plain[o].Max(Math.Abs));
            Assert.All(plain[o].Zip(fused[o]), p => Assert.True(Math.Abs(p.First - p.Second) <= 1e-4 * scale, $"{p.First} and {p.Second}"));
        }
    }

    [Fact]
    public void AnObserverSeesEveryNodeAndChangesNoBit()
    {
        var program = Step(2, 8);
        double[][] inputs = Draw(program);
        var names = new List<string>();
        var watched = Run(program, inputs, new ExecutionOptions(), (node, _) => names.Add(node.Function.Name));
        Assert.Equal(Run(program, inputs, new ExecutionOptions()), watched);
        Assert.Equal(2, names.Count(n => n == "relu"));
        Assert.Equal(2, names.Count(n => n == "gate"));
    }

    [Fact]
    public void NormsHaveTheSameBitsForAnyNumberOfThreads()
    {
        var builder = new ProgramBuilder();
        var x = builder.Input("x", TensorType.Real(new Shape(16, 16, 33, 33)));
        var w = builder.Input("w", TensorType.Real(new Shape(64, 16, 1, 1)));
        var (gain, bias) = (builder.Input("gain", TensorType.Real(new Shape(64))), builder.Input("bias", TensorType.Real(new Shape(64))));
        var y = Functions.Relu(Functions.BatchNorm(Functions.Conv2d(x, w), gain, bias));
        var program = builder.Build([("y", y)]).Backprop(new BackpropOptions { WithRespectTo = ["gain", "bias"] });
        double[][] inputs = Draw(program);
        Assert.Equal(With(1), With(2));
        double[][] With(int threads)
        {
            using var use = LibTorchThreads.Use(threads);
            return Run(program, inputs, new ExecutionOptions());
        }
    }

    [Fact]
    public void NoManagedMemoryIsTakenByAStep()
    {
        var program = Step(2, 8);
        var tensors = Tensors(program, Draw(program));
        using var compiled = new LibTorchExecutor().Compile(program);
        Assert.Equal(0, SteadyAllocation.Of(() => compiled.Run(tensors)));
        Array.ForEach(tensors, t => t.Dispose());
    }

    // Two convolutions with norms and relus, a skip, a max pooling and a head: what residual networks are made of.
    private static Program Step(int images, int side)
    {
        var builder = new ProgramBuilder();
        var x = builder.Input("x", TensorType.Real(new Shape(images, 3, side, side)));
        var h = Layer("1", x, 32);
        h = Functions.MaxPool2d(h + Layer("2", h, 32), 2);
        var program = builder.Build([("loss", Functions.Square(h.Mean(2, 3)).Sum())]);
        return program.Backprop(new BackpropOptions { WithRespectTo = [.. program.Inputs.Select(i => i.Name).Where(n => n != "x")] });

        Variable Layer(string name, Variable input, int channels)
        {
            var w = builder.Input("w" + name, TensorType.Real(new Shape(channels, input.Shape[1], 3, 3)));
            var gain = builder.Input("gain" + name, TensorType.Real(new Shape(channels)));
            var bias = builder.Input("bias" + name, TensorType.Real(new Shape(channels)));
            return Functions.Relu(Functions.BatchNorm(Functions.Conv2d(input, w, padding: 1), gain, bias));
        }
    }

    private static double[][] Draw(Program program)
    {
        var random = new Random(5);
        return [.. program.Inputs.Select(i => Enumerable.Range(0, program.Types[i.Value].Shape.Elements)
            .Select(_ => BFloat16.Round((2 * random.NextDouble()) - 1)).ToArray())];
    }

    private static TorchTensor[] Tensors(Program program, double[][] inputs) => [.. inputs.Select((v, i) => TorchTensor.FromSpan<float>(
        Array.ConvertAll(v, e => (float)e), [.. program.Types[program.Inputs[i].Value].Shape.Select(s => (long)s)]))];

    private static double[][] Run(Program program, double[][] inputs, ExecutionOptions options, Action<Node, CompiledProgram>? observer = null)
    {
        using var compiled = new LibTorchExecutor(options).Compile(program);
        compiled.Observer = observer;
        var tensors = Tensors(program, inputs);
        var outputs = compiled.Call(tensors);
        double[][] values = [.. outputs.Select(o =>
        {
            using var wide = o.To(TorchDtype.Float64);
            return wide.ToArray<double>();
        })];
        foreach (var tensor in tensors.Concat(outputs))
        {
            tensor.Dispose();
        }

        return values;
    }
}
