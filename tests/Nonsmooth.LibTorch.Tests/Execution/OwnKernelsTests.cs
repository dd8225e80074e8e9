using System.Numerics;
using Nonsmooth.Arithmetic;
using Nonsmooth.Dictionary;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Tensors;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.LibTorch.Tests.Execution;

public sealed class OwnKernelsTests
{
    static OwnKernelsTests() => OwnKernels.Register(new ReversedKernel());

    [Theory]
    [InlineData(Precision.Float64)]
    [InlineData(Precision.Float32)]
    [InlineData(Precision.BFloat16)]
    [InlineData(Precision.Float16)]
    public void AFunctionOfOnesOwnRunsOnItsOwnKernel(Precision precision)
    {
        var program = Program.Trace(static x => x.Builder.Apply(new Reversed(), 2 * x.Transpose(1, 0)), new Shape(2, 3));
        using var compiled = new LibTorchExecutor(new ExecutionOptions { Precision = precision }).Compile(program);
        Assert.Empty(compiled.HostNodes);
        using var x = TorchTensor.FromSpan<double>([1, 2, 3, 4, 5, 6], [2, 3]);
        using var y = compiled.Call(x)[0];
        using var wide = y.To(TorchDtype.Float64);
        Assert.Equal([12, 6, 10, 4, 8, 2], wide.ToArray<double>());
    }

    [Fact]
    public void ASecondKernelIsRefused()
    {
        var refused = Assert.Throws<NonsmoothException>(() => OwnKernels.Register(new ReversedKernel()));
        Assert.Contains("Reversed has a kernel already", refused.Message, StringComparison.Ordinal);
    }

    private sealed class ReversedKernel : ISpanKernel<Reversed>
    {
        public void Run<T>(Reversed function, SpanArguments<T> at)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            at.Argument(0).CopyTo(at.Result(0));
            at.Result(0).Reverse();
        }
    }

    private sealed record Reversed : ElementaryFunction
    {
        public override string Name => "reversed";

        public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType> arguments) => [arguments[0]];

        public override IReadOnlyList<Tensor> Evaluate<T>(IReadOnlyList<Tensor> arguments)
        {
            var x = (Tensor<T>)arguments[0];
            return [Tensor.Generate(x.Shape, i => x[x.Elements.Length - 1 - i])];
        }

        public override IReadOnlyList<Variable?> Jvp(Derivation at, IReadOnlyList<Variable?> tangents) => [tangents[0] is { } t ? at.Builder.Apply(this, t) : null];

        public override IReadOnlyList<Variable?> Vjp(Derivation at, IReadOnlyList<Variable?> cotangents) => [cotangents[0] is { } c ? at.Builder.Apply(this, c) : null];

        public override OperationCount Count(IReadOnlyList<TensorType> arguments) => OperationCount.Zero;

        protected override FunctionFacts? Facts => FunctionFacts.Smooth;
    }
}
