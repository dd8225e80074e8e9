using Nonsmooth.Tests.Shared;
using Nonsmooth.Arithmetic;
using Nonsmooth.Dictionary;
using Nonsmooth.Differentiation;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Tensors;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;
using static Nonsmooth.Dictionary.Functions;

namespace Nonsmooth.LibTorch.Tests.Execution;

[Collection(Alone.Name)]
public sealed class CompiledProgramTests
{
    private readonly LibTorchExecutor _executor = new();

    [Fact]
    public void AProgramRunsManyTimesAndKeepsItsOutputs()
    {
        var program = Program.Trace((x, w) => Relu(MatMul(x, w)).Sum(), new Shape(2, 3), new Shape(3, 2)).Backprop("w");
        using var compiled = _executor.Compile(program);
        using var x = TorchTensor.FromSpan<float>([1, 2, 3, -1, -2, -3], [2, 3]);
        using var w = TorchTensor.FromSpan<float>([1, 0, 0, 1, 1, 1], [3, 2]);
        for (int i = 0; i < 3; i++)
        {
            compiled.Run(x, w);
            Assert.Equal(9, compiled.OutputScalar(0));
            unsafe
            {
                Assert.Equal([1, 1, 2, 2, 3, 3], new ReadOnlySpan<float>((float*)compiled.OutputPointer(1), 6).ToArray());
            }
        }
    }

    [Fact]
    public void AFailureOfLibtorchNamesTheNodeItsShapesAndTheReason()
    {
        var builder = new ProgramBuilder();
        var table = builder.Input("table", new Shape(5, 2));
        var index = builder.Input("tokens", TensorType.Index(new Shape(3)));
        Variable rows;
        using (builder.Scope("encoder.embed"))
        {
            rows = Embedding(table, index);
        }

        using var compiled = _executor.Compile(builder.Build([("rows", rows)]));
        using var values = TorchTensor.Zeros([5, 2]);
        using var tokens = TorchTensor.FromSpan<long>([0, 7, 1], [3]);
        var error = Assert.Throws<NonsmoothException>(() => compiled.Run(values, tokens));
        Assert.StartsWith("encoder.embed.embedding: embedding(real 5×2, index 3): ", error.Message, StringComparison.Ordinal);
        Assert.Contains("out of range", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);

        // The plan is usable afterwards.
        using var good = TorchTensor.FromSpan<long>([0, 4, 1], [3]);
        compiled.Run(values, good);
    }

    [Fact]
    public void AnInputOfAnotherShapeIsRefusedByName()
    {
        using var compiled = _executor.Compile(Program.Trace(x => Relu(x), new Shape(2, 3)));
        using var wrong = TorchTensor.Zeros([3, 2]);
        Assert.Equal(
            "input 'x' is real 2×3: a tensor of shape 3×2 does not fit",
            Assert.Throws<ShapeException>(() => compiled.Run(wrong)).Message);
        Assert.Equal(
            "the program takes 1 inputs (x), given 0", Assert.Throws<NonsmoothException>(() => compiled.Run()).Message);
    }

    [Fact]
    public void WhatHasNoKernelRunsOnTheInterpreterAndIsNamed()
    {
        var builder = new ProgramBuilder();
        Variable reversed;
        var x = builder.Input("x", new Shape(3));
        using (builder.Scope("head"))
        {
            reversed = builder.Apply(new Reversed(), x * 2.0);
        }

        using var compiled = _executor.Compile(builder.Build([("y", reversed)]));
        Assert.Equal(["head.reversed"], compiled.HostNodes);
        using var numbers = TorchTensor.FromSpan<float>([1, 2, 3], [3]);
        using var y = compiled.Call(numbers)[0];
        Assert.Equal([6f, 4f, 2f], y.ToArray<float>());
    }

    [Fact]
    public void AnObserverSeesEveryNode()
    {
        var program = Program.Trace(x => Relu(x) * 2.0, new Shape(2));
        using var compiled = _executor.Compile(program);
        var seen = new List<string>();
        compiled.Observer = (node, run) =>
        {
            using var value = run.Peek(node.Results[0]);
            seen.Add($"{node.Name}={string.Join(',', value.ToArray<float>())}");
        };
        using var x = TorchTensor.FromSpan<float>([-1, 3], [2]);
        compiled.Run(x);
        Assert.Equal(["relu=0,3", "scale=0,6"], seen);
    }

    [Fact]
    public void HalfPrecisionRoundsAtOperatorBoundaries()
    {
        // 2048 + 1 is not a half; the sum is rounded before the next operator reads it.
        var program = Program.Trace(x => (x + 1.0) - 2048.0, new Shape(1));
        using var compiled = new LibTorchExecutor(new ExecutionOptions { Precision = Precision.Float16 }).Compile(program);
        using var x = TorchTensor.Full([1], 2048);
        using var y = compiled.Call(x)[0];
        Assert.Equal(0, y.Item());
    }

    [Fact]
    public void TheBytesHeldAreAccountedFor()
    {
        // x, then relu beside it, then the scaled one beside relu; x stays, being an input. A view adds nothing.
        var program = Program.Trace(x => (Relu(x) * 2.0).Reshape(new Shape(32, 8)).Transpose() + 1.0, new Shape(256));
        using var compiled = _executor.Compile(program);
        var held = new List<long>();
        compiled.Observer = (_, run) => held.Add(run.LiveBytes);
        using var x = TorchTensor.Zeros([256]);
        compiled.Run(x);
        Assert.Equal([2048, 3072, 2048, 2048, 3072], held);
    }

    [Fact]
    public void ARunAllocatesNoManagedMemory()
    {
        var program = Program.Trace(
            (x, w, k, t) => CrossEntropy(Linear(Relu(MaxPool2d(Conv2d(x, k), 2)).Flatten(1), w), t),
            new Shape(4, 1, 8, 8), new Shape(3, 18), new Shape(2, 1, 3, 3), TensorType.Index(new Shape(4)));
        using var compiled = _executor.Compile(program.Backprop(new BackpropOptions { WithRespectTo = ["w", "k"] }));
        using var x = TorchTensor.Full([4, 1, 8, 8], 0.5);
        using var w = TorchTensor.Full([3, 18], 0.1);
        using var k = TorchTensor.Full([2, 1, 3, 3], 0.1);
        using var t = TorchTensor.Zeros([4], TorchDtype.Int64);
        TorchTensor[] tensors = [x, w, k, t];
        Assert.Equal(0, SteadyAllocation.Of(() => compiled.Run(tensors)));
    }

    [Trait("Speed", "Slow")]
    [Fact]
    public void RunsDoNotLeak()
    {
        var program = Program.Trace((x, w) => Relu(MatMul(x, w)).Sum(), new Shape(64, 512), new Shape(512, 512)).Backprop("w");
        using var compiled = _executor.Compile(program);
        using var x = TorchTensor.Zeros([64, 512]);
        using var w = TorchTensor.Zeros([512, 512]);
        for (int i = 0; i < 20; i++)
        {
            compiled.Run(x, w);
        }

        long before = Environment.WorkingSet;
        for (int i = 0; i < 2000; i++)
        {
            compiled.Run(x, w);
        }

        // One leaked gradient a run would be 2 GB.
        Assert.True(Environment.WorkingSet - before < 200L << 20);
    }

    /// <summary>A function of one's own, for which nobody wrote a kernel.</summary>
    private sealed record Reversed : ElementaryFunction
    {
        public override string Name => "reversed";

        protected override FunctionFacts? Facts => FunctionFacts.Smooth;

        public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType> arguments) => [arguments[0]];

        public override IReadOnlyList<Tensor> Evaluate<T>(IReadOnlyList<Tensor> arguments)
        {
            var x = (Tensor<T>)arguments[0];
            return [new Tensor<T>(x.Shape, [.. x.Elements.Reverse()])];
        }

        public override IReadOnlyList<Variable?> Jvp(Derivation at, IReadOnlyList<Variable?> tangents) => [null];

        public override IReadOnlyList<Variable?> Vjp(Derivation at, IReadOnlyList<Variable?> cotangents) => [null];

        public override OperationCount Count(IReadOnlyList<TensorType> arguments) => OperationCount.Zero;
    }
}
