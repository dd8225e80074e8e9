using Nonsmooth.Checkpointing;
using Nonsmooth.Dictionary;
using Nonsmooth.Differentiation;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Native;
using Nonsmooth.LibTorch.Tensors;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;
using static Nonsmooth.Dictionary.Functions;

namespace Nonsmooth.LibTorch.Tests.Execution;

/// <summary>Checkpointed gradients as libtorch runs them: nothing is shared away, bits and bytes are those foretold.</summary>
[Collection(Alone.Name)]
public sealed class CheckpointedTests
{
    private readonly LibTorchExecutor _executor = new();

    [Fact]
    public void TheBytesHeldAreThoseSimulatedAndTheBitsThoseOfBackprop()
    {
        var program = Network();
        var frontier = CheckpointPlanner.Frontier(program, new CheckpointOptions());
        Assert.True(frontier.Count > 2, $"{frontier.Count}");
        using var plain = _executor.Compile(program.Backprop(new BackpropOptions()));
        var inputs = Inputs(program);
        plain.Run(inputs);
        var expected = Outputs(plain);
        foreach (var planned in frontier)
        {
            using var compiled = _executor.Compile(planned.Gradient);
            Assert.Equal(planned.Gradient.ToString(), compiled.Program.ToString());
            Assert.Equal(planned.Memory.During, Held(compiled, inputs));
            Assert.Equal(expected, Outputs(compiled));
        }

        Array.ForEach(inputs, i => i.Dispose());
    }

    [Fact]
    public void AFunctionWithoutAKernelIsWrittenOutAnewInACopy()
    {
        var program = Program.Trace(
            x =>
            {
                for (int i = 0; i < 4; i++)
                {
                    x = Softplus(LeakyRelu(x, 0.1));
                }

                return x.Sum();
            },
            new Shape(16));
        var chain = SegmentChain.Of(program, new BackpropOptions());
        var gradient = Checkpointer.Apply(program, new BackpropOptions(), CheckpointPlan.Revolve(chain, 1));
        using var compiled = _executor.Compile(gradient);
        Assert.True(compiled.Program.Nodes.Count >= gradient.Nodes.Count);
        Assert.True(compiled.Program.Nodes.Count(n => n.Name.StartsWith("recompute.", StringComparison.Ordinal))
            >= gradient.Nodes.Count(n => n.Name.StartsWith("recompute.", StringComparison.Ordinal)));
    }

    // Convolutions with residual blocks, pooling, a transpose, slices and a linear layer.
    private static Program Network()
    {
        var builder = new ProgramBuilder();
        var x = builder.Input("x", new Shape(4, 3, 12, 12));
        for (int i = 0; i < 3; i++)
        {
            x = Relu(Conv2d(x, builder.Input($"w{i}", new Shape(3, 3, 3, 3)), padding: 1));
            x = Tanh(x + Relu(Conv2d(Relu(x), builder.Input($"v{i}", new Shape(3, 3, 3, 3)), padding: 1)));
        }

        x = MaxPool2d(x, 2);
        x = builder.Apply(new Transpose(new[] { 0, 2, 3, 1 }), x);
        x = Sin(x.Reshape(new Shape(4, 108)));
        x = builder.Apply(new Slice(new[] { 0, 0 }, new[] { 4, 100 }, new[] { 1, 1 }), x);
        return builder.Build([("loss", Square(Linear(x, builder.Input("u", new Shape(5, 100)), builder.Input("b", new Shape(5)))).Sum())]);
    }

    private static TorchTensor[] Inputs(Program program)
    {
        var random = new Random(3);
        return
        [
            .. program.Inputs.Select(i => program.Types[i.Value].Shape).Select(shape => TorchTensor.FromSpan<float>(
                Enumerable.Range(0, shape.Elements).Select(_ => (float)(random.NextDouble() - 0.5)).ToArray(), [.. shape.Select(s => (long)s)])),
        ];
    }

    private static float[][] Outputs(CompiledProgram compiled) => [.. compiled.Program.Outputs.Select((output, i) =>
    {
        unsafe
        {
            return new ReadOnlySpan<float>((float*)compiled.OutputPointer(i), compiled.Program.Types[output.Value].Shape.Elements).ToArray();
        }
    })];

    // What is held while each node runs, from the addresses that libtorch gives.
    private static List<long> Held(CompiledProgram compiled, TorchTensor[] inputs)
    {
        var program = compiled.Program;
        var last = new int[program.Types.Count];
        for (int n = 0; n < program.Nodes.Count; n++)
        {
            foreach (int value in program.Nodes[n].Arguments.Concat(program.Nodes[n].Results))
            {
                last[value] = n;
            }
        }

        foreach (int value in program.Inputs.Concat(program.Outputs).Select(v => v.Value))
        {
            last[value] = int.MaxValue;
        }

        var bytes = new Dictionary<nint, long>();
        var places = new Dictionary<int, nint>();
        var held = new List<long>();
        for (int i = 0; i < inputs.Length; i++)
        {
            Place(program.Inputs[i].Value, inputs[i]);
        }

        compiled.Observer = (node, run) =>
        {
            foreach (int result in node.Results)
            {
                using var tensor = run.PeekInPlace(result);
                Place(result, tensor);
            }

            held.Add(bytes.Values.Sum());
            foreach (int value in places.Keys.Where(v => last[v] == held.Count - 1).ToList())
            {
                places.Remove(value);
            }

            foreach (nint place in bytes.Keys.Except(places.Values).ToList())
            {
                bytes.Remove(place);
            }
        };
        compiled.Run(inputs);
        compiled.Observer = null;
        return held;

        void Place(int value, TorchTensor tensor)
        {
            int size = tensor.Dtype switch { TorchDtype.Int64 => 8, TorchDtype.Bool => 1, _ => 4 };
            nint place = tensor.DataPointer - (nint)(TensorFactory.Offset(tensor.Handle) * size);
            bytes.TryAdd(place, tensor.ElementCount * size);
            places[value] = place;
        }
    }
}
