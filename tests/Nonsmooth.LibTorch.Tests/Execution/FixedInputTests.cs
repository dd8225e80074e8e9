using Nonsmooth.Dictionary;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Tensors;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.LibTorch.Tests.Execution;

public sealed class FixedInputTests
{
    private static readonly Shape _image = new(1, 8, 12, 20);

    public static TheoryData<string> Networks => new(_networks.Keys);

    private static readonly Dictionary<string, (Shape Weight, Func<Variable, Variable, Variable, Variable> Build)> _networks = new()
    {
        ["laid out once"] = (new(16, 8, 3, 3), (x, w, b) => Functions.Conv2d(x, w, b, padding: 1)),
        ["strided, without bias"] = (new(16, 8, 3, 3), (x, w, _) => Functions.Conv2d(x, w, stride: 2, padding: 1)),
        ["grouped"] = (new(16, 4, 3, 3), (x, w, b) => Functions.Conv2d(x, w, b, padding: 1, groups: 2)),
        ["a small product"] = (new(16, 8, 1, 1), (x, w, b) => Functions.Conv2d(x, w, b)),
        ["small windows"] = (new(16, 8, 3, 5), (x, w, b) => Functions.Conv2d(x, w, b, stride: new Pair(3, 4), dilation: new Pair(2, 1))),
        ["a channel each"] = (new(8, 1, 3, 5), (x, w, b) => Functions.Conv2d(x, w, b.Slice(0, 0, 8), stride: new Pair(1, 2), padding: new Pair(2, 3), dilation: new Pair(1, 2), groups: 8)),
        ["a channel each along one axis"] = (new(96, 1, 1, 5), (x, w, _) => Functions.Conv2d(x.Reshape(new Shape(1, 96, 1, 20)), w, padding: new Pair(0, 2), groups: 96)),
        ["carries a norm"] = (new(16, 8, 3, 3), (x, w, b) => Functions.BatchNormInference(Functions.Conv2d(x, w, padding: 1), b, b, b, Functions.Square(b))),
        ["carries a norm, a factor and a summand"] = (new(16, 8, 3, 3), (x, w, b) => Functions.Relu((Functions.BatchNormInference(Functions.Conv2d(x, w, b), b, b, b, Functions.Square(b)) * 3.0) + 0.5)),
        ["read twice"] = (new(8, 8, 1, 1), (x, w, b) => Functions.Conv2d(x, w) is var y ? (y * 2.0) + Functions.Relu(y) : x),
    };

    [Theory]
    [MemberData(nameof(Networks))]
    public void ValuesAreThoseWithoutUpToRounding(string network)
    {
        using var given = Compiled(network, Precision.Float64);
        double[] expected = given.Run(1);
        foreach (var precision in new[] { Precision.Float64, Precision.Float32, Precision.BFloat16 })
        {
            using var settled = Compiled(network, precision, "w", "b");
            double within = expected.Max(Math.Abs) * (precision == Precision.Float64 ? 1e-12 : precision == Precision.Float32 ? 1e-5 : 0.05);
            for (int run = 0; run < 3; run++)
            {
                double[] found = settled.Run(1);
                Assert.Equal(expected.Length, found.Length);
                Assert.All(expected.Zip(found), p => Assert.True(Math.Abs(p.First - p.Second) <= within, $"{precision}, run {run}: {p}"));
            }

            Assert.NotEqual(expected, settled.Run(2));
        }
    }

    [Fact]
    public void WhatDependsOnThemAloneIsComputedOnce()
    {
        using var settled = Compiled("carries a norm", Precision.Float32, "w", "b");
        var seen = new List<string>();
        settled.Program.Observer = (node, _) => seen.Add(node.Function.Name);
        settled.Run(1);
        Assert.Contains("rsqrt", seen);
        Assert.DoesNotContain("batch_norm_inference", seen);
        seen.Clear();
        settled.Run(2);
        Assert.Equal(["conv2d"], seen);
    }

    [Fact]
    public void AnotherTensorOrNoInputIsRefusedByName()
    {
        using var settled = Compiled("a small product", Precision.Float32, "w");
        settled.Run(1);
        using var other = TorchTensor.FromSpan<float>(settled.Inputs[1].ToArray<float>(), [16, 8, 1, 1]);
        var refused = Assert.Throws<NonsmoothException>(() =>
        {
            settled.Program.Run(settled.Inputs[0], other, settled.Inputs[2]);
        });
        Assert.StartsWith("input 'w' is fixed", refused.Message, StringComparison.Ordinal);
        Assert.Contains("takes x, w, b", Assert.Throws<NonsmoothException>(() => Compiled("a small product", Precision.Float32, "weight")).Message, StringComparison.Ordinal);
    }

    private static Subject Compiled(string network, Precision precision, params string[] names)
    {
        var (weight, build) = _networks[network];
        var builder = new ProgramBuilder();
        var (x, w, b) = (Input("x", _image), Input("w", weight), Input("b", new Shape(16)));
        return new Subject(new LibTorchExecutor(new ExecutionOptions { Precision = precision, Fixed = names }).Compile(builder.Build([("y", build(x, w, b))])));
        Variable Input(string name, Shape shape) => builder.Input(name, TensorType.Real(shape));
    }

    private sealed class Subject(CompiledProgram program) : IDisposable
    {
        public CompiledProgram Program => program;

        public TorchTensor[] Inputs { get; } = [.. program.Program.Inputs.Select((input, i) => Draw(program.Program.Types[input.Value].Shape, i))];

        public double[] Run(int seed)
        {
            using var x = Draw(_image, seed);
            program.Run([x, .. Inputs[1..]]);
            var output = program.Program.Outputs[0];
            using var y = TorchTensor.FromSpan<double>(new double[program.Program.Types[output.Value].Shape.Elements], [program.Program.Types[output.Value].Shape.Elements]);
            program.CopyOutput(0, y);
            return y.ToArray<double>();
        }

        public void Dispose()
        {
            program.Dispose();
            Array.ForEach(Inputs, i => i.Dispose());
        }

        private static TorchTensor Draw(Shape shape, int seed)
        {
            var random = new Random(seed);
            return TorchTensor.FromSpan<float>([.. Enumerable.Range(0, shape.Elements).Select(_ => (float)(random.NextDouble() - 0.3))], [.. shape.Select(s => (long)s)]);
        }
    }
}
