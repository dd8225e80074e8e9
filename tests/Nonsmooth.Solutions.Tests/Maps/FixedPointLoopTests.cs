using Nonsmooth.Dictionary;
using Nonsmooth.LibTorch;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Tensors;

namespace Nonsmooth.Solutions.Tests.Maps;

public sealed class FixedPointLoopTests
{
    private static readonly Nonsmooth.Programs.Program _step = Nonsmooth.Programs.Program.Trace(
        (w, u, x) => Functions.Relu(Functions.MatMul(x, w) + u), new Shape(3, 3), new Shape(4, 3), new Shape(4, 3));

    private static readonly double[] _w = [0.2, -0.3, 0.1, 0.4, 0.1, -0.2, -0.1, 0.3, 0.2];
    private static readonly double[] _u = [.. Enumerable.Range(0, 12).Select(i => Math.Sin(i + 1))];

    [Theory]
    [InlineData(Precision.Float64, 1e-10)]
    [InlineData(Precision.Float32, 1e-5)]
    [InlineData(Precision.Float16, 3e-2)]
    public void AnExecutorsOwnLoopGivesTheInterpretersGradient(Precision precision, double tolerance)
    {
        var gradient = Loss(200).Backprop(new BackpropOptions { WithRespectTo = ["w", "u"] });
        using var compiled = new LibTorchExecutor(new ExecutionOptions { Precision = precision }).Compile(gradient);
        Assert.Empty(compiled.HostNodes);
        using var w = TorchTensor.FromSpan<double>(_w, [3, 3]);
        using var u = TorchTensor.FromSpan<double>(_u, [4, 3]);
        var results = compiled.Call(w, u);
        var expected = Interpreter.Run<Float64>(gradient, _w, _u);
        for (int i = 0; i < 3; i++)
        {
            using var wide = results[i].To(TorchDtype.Float64);
            Assert.All(
                wide.ToArray<double>().Zip(((Tensor<double>)expected[i]).Elements),
                pair => Assert.Equal(pair.Second, pair.First, tolerance * (1 + Math.Abs(pair.Second))));
        }
    }

    [Fact]
    public void AWantedParameterAloneGetsItsCotangent()
    {
        var gradient = Loss(200).Backprop("u");
        using var compiled = new LibTorchExecutor(new ExecutionOptions { Precision = Precision.Float64 }).Compile(gradient);
        using var w = TorchTensor.FromSpan<double>(_w, [3, 3]);
        using var u = TorchTensor.FromSpan<double>(_u, [4, 3]);
        using var found = compiled.Call(w, u)[1];
        Assert.All(
            found.ToArray<double>().Zip(((Tensor<double>)Interpreter.Run<Float64>(gradient, _w, _u)[1]).Elements),
            pair => Assert.Equal(pair.Second, pair.First, 1e-10));
    }

    // What is held does not depend on how many steps are made: that is what the implicit derivative is for.
    [Theory]
    [InlineData(0.1)]
    [InlineData(0.9)]
    [InlineData(0.99)]
    public void AsManyValuesAreHeldWhateverTheIterations(double contraction)
    {
        var step = Nonsmooth.Programs.Program.Trace((w, u, x) => (w * x) + u, Shape.Scalar, Shape.Scalar, Shape.Scalar);
        var map = new FixedPoint(step) { Strategy = new Neumann(10_000) };
        var runner = new CountingRunner();
        var (w, u, v) = (runner.Of(contraction), runner.Of(1), runner.Of(1));
        var solved = map.Loop(runner, [w, u]);
        var cotangent = new SolutionCotangent(map, [0], [0, 1], default);
        var found = cotangent.Loop(runner, [w, u, solved[0], solved[1], v]);
        Assert.Equal(7, runner.Held);
        Assert.Equal(9, runner.Most);
        Assert.True(runner.Runs > 2 * Math.Log(1e-13) / Math.Log(contraction));
        Assert.Equal(1 / (1 - contraction), CountingRunner.Number(solved[0]), 1e-9 / (1 - contraction));
        Assert.Equal(1 / (1 - contraction), CountingRunner.Number(found[1]), 1e-9 / (1 - contraction));
        Assert.Equal(Math.Pow(1 - contraction, -2), CountingRunner.Number(found[0]), 1e-9 * Math.Pow(1 - contraction, -2));
    }

    [Fact]
    public void WhatIsRefusedHoldsNothing()
    {
        var step = Nonsmooth.Programs.Program.Trace((w, u, x) => (w * x) + u, Shape.Scalar, Shape.Scalar, Shape.Scalar);
        var map = new FixedPoint(step) { Strategy = new Neumann(100) };
        var runner = new CountingRunner();
        var (w, u, v) = (runner.Of(1.5), runner.Of(1), runner.Of(1));
        Assert.Throws<NotContractingException>(() => map.Loop(runner, [w, u]));
        Assert.Equal(3, runner.Held);

        // With u = 0 the iteration stands still at 0, and the adjoint's terms grow.
        var still = runner.Of(0);
        var solved = map.Loop(runner, [w, still]);
        Assert.Equal(6, runner.Held);
        Assert.Throws<NotContractingException>(() => new SolutionCotangent(map, [0], [0, 1], default).Loop(runner, [w, still, solved[0], solved[1], v]));
        Assert.Equal(6, runner.Held);
    }

    [Fact]
    public void AnIterationThatDoesNotContractIsRefusedByNode()
    {
        using var compiled = new LibTorchExecutor().Compile(Loss(200));
        using var w = TorchTensor.Full([3, 3], 2);
        using var u = TorchTensor.Full([4, 3], 1);
        var error = Assert.Throws<NonsmoothException>(() => compiled.Run(w, u));
        Assert.Contains("fixed_point", error.Message, StringComparison.Ordinal);
        Assert.Contains("does not contract", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OnlyOneProblemWithNeumannTermsLoops()
    {
        TensorType[] one = [new Shape(3, 3), new Shape(4, 3)];
        var map = new FixedPoint(_step);
        Assert.False(map.LoopsOver(one));
        Assert.True((map with { Strategy = new Neumann(3) }).LoopsOver(one));
        Assert.False((map with { Strategy = new Neumann(3) }).LoopsOver([new Shape(2, 3, 3), new Shape(4, 3)]));
    }

    private static Nonsmooth.Programs.Program Loss(int terms) => Nonsmooth.Programs.Program.Trace(
        (w, u) => Functions.Square(w.Builder.ApplyAll(new FixedPoint(_step) { Strategy = new Neumann(terms) }, w, u)[0]).Sum(),
        new Shape(3, 3),
        new Shape(4, 3));

    private sealed class CountingRunner : IProgramRunner<CountingRunner.Value>
    {
        public int Held { get; private set; }

        public int Most { get; private set; }

        public int Runs { get; private set; }

        public double UnitRoundoff => 1.0 / (1L << 53);

        public static double Number(Value value) => Rounded<Float64>.ToDouble(((Tensor<Rounded<Float64>>)value.Tensor).Elements[0]);

        public Value Of(double number) => Made(Tensor.Generate(Shape.Scalar, _ => Rounded<Float64>.FromDouble(number)));

        public Value Zeros(TensorType type) =>
            Made(type.Kind == ElementKind.Index ? Tensor.Generate(type.Shape, _ => 0L) : Tensor.Generate(type.Shape, _ => Rounded<Float64>.FromDouble(0)));

        public IReadOnlyList<Value> Run(Nonsmooth.Programs.Program program, IReadOnlyList<Value> inputs)
        {
            Runs++;
            return [.. Interpreter.Evaluate<Rounded<Float64>>(program, [.. inputs.Select(i => i.Tensor)]).Select(Made)];
        }

        public double Read(Value scalar) => Number(scalar);

        private Value Made(Tensor tensor)
        {
            Most = Math.Max(Most, ++Held);
            return new Value(this, tensor);
        }

        internal sealed class Value(CountingRunner owner, Tensor tensor) : IDisposable
        {
            private bool _disposed;

            public Tensor Tensor => _disposed ? throw new ObjectDisposedException(nameof(Value)) : tensor;

            public void Dispose()
            {
                Assert.False(_disposed);
                (_disposed, owner.Held) = (true, owner.Held - 1);
            }
        }
    }
}
