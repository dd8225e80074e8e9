using Nonsmooth.Compiled;
using Nonsmooth.Dictionary;
using Nonsmooth.LibTorch;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Tensors;

namespace Nonsmooth.Solutions.Tests.LinearAlgebra;

using Matrices = Nonsmooth.Solutions.LinearAlgebra;

/// <summary>A gradient through functions of matrices, by every executor.</summary>
public sealed class ExecutorTests
{
    private const int _batch = 3;
    private static readonly Shape _matrices = new(_batch, 4, 4);
    private static readonly Shape _vectors = new(_batch, 4);

    // The loss of a Gaussian process of three covariances, with a penalty on what they have in common.
    private static readonly GradientProgram _gradient = Program.Trace(
        (s, y) => (Functions.Multiply(y, Matrices.Solve(s, y)).Sum() + Matrices.LogDeterminant(s).LogAbsolute.Sum())
            + (Matrices.SymmetricEigenvalues(s).Norm() + Matrices.NuclearNorm(Matrices.Polar(s) - Matrices.Cholesky(s)).Sum()),
        _matrices,
        _vectors).Backprop(new BackpropOptions());

    private static readonly double[][] _at =
    [
        [.. Enumerable.Range(0, _batch).SelectMany(i => Drawn.Definite(new CounterRandom((ulong)i), "S", 4, 0.5).Elements.Select(x => (double)(float)x))],
        [.. Drawn.Normal(new CounterRandom(7), "y", _batch, 4).Elements.Select(x => (double)(float)x)],
    ];

    [Theory]
    [InlineData(Precision.Float64, 1e-13)]
    [InlineData(Precision.Float32, 1e-5)]
    public void LibTorchsExecutorGivesTheInterpretersGradient(Precision precision, double tolerance)
    {
        using var compiled = new LibTorchExecutor(new ExecutionOptions { Precision = precision }).Compile(_gradient);
        using var s = TorchTensor.FromSpan<double>(_at[0], [_batch, 4, 4]);
        using var y = TorchTensor.FromSpan<double>(_at[1], [_batch, 4]);
        var results = compiled.Call(s, y);
        var expected = Interpreter.Run<Float64>(_gradient, _at);
        Assert.Equal(3, expected.Count);
        for (int i = 0; i < expected.Count; i++)
        {
            using var wide = results[i].To(TorchDtype.Float64);
            double[] numbers = ((Tensor<double>)expected[i]).Elements;
            Assert.All(wide.ToArray<double>().Zip(numbers), pair => Assert.Equal(pair.Second, pair.First, tolerance * numbers.Max(Math.Abs)));
        }
    }

    [Fact]
    public void ACompiledProgramHasTheInterpretersBits()
    {
        var expected = Interpreter.Run<Float64>(_gradient, _at);
        var compiled = CompiledProgram<double>.Of(_gradient).Run(_at);
        Assert.Equal(expected.Select(t => ((Tensor<double>)t).Elements), compiled.Select(t => ((Tensor<double>)t).Elements));
    }
}
