using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.LibTorch.Tests.Measurement.Defects;

/// <summary>A function of one tensor without a kernel: it runs on the interpreter.</summary>
internal abstract record HostFunction : ElementaryFunction
{
    protected override FunctionFacts? Facts => FunctionFacts.Smooth;

    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType> arguments) => [arguments[0]];

    public override IReadOnlyList<Tensor> Evaluate<T>(IReadOnlyList<Tensor> arguments)
    {
        var x = (Tensor<T>)arguments[0];
        return [new Tensor<T>(x.Shape, Map(x.Elements))];
    }

    public override IReadOnlyList<Variable?> Jvp(Derivation at, IReadOnlyList<Variable?> tangents) =>
        throw new NotSupportedException($"{Name} is part of a gradient and is not differentiated again");

    public override IReadOnlyList<Variable?> Vjp(Derivation at, IReadOnlyList<Variable?> cotangents) =>
        throw new NotSupportedException($"{Name} is part of a gradient and is not differentiated again");

    public override OperationCount Count(IReadOnlyList<TensorType> arguments) =>
        OperationCount.Of(ScalarOperation.Add, arguments[0].Shape.Count64);

    protected abstract T[] Map<T>(T[] x)
        where T : struct, INumeric<T>;
}
