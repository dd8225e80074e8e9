using Nonsmooth.Dictionary;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Tensors;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.LibTorch.Tests.Execution;

public sealed class OffsetViewTests
{
    [Fact]
    public void ASliceOfASliceStartsWhereItShould()
    {
        var program = Program.Trace([("x", TensorType.Real(new Shape(10)))], v => [("y", v[0].Slice(0, 3, 9).Slice(0, 2, 4))]);
        using var compiled = new LibTorchExecutor().Compile(program);
        using var x = TorchTensor.FromSpan<float>([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], [10]);
        using var y = compiled.Call(x)[0];
        Assert.Equal([5f, 6f], y.ToArray<float>());
    }

    [Fact]
    public void ATransposedFactorMayBePartOfALargerTensor()
    {
        var program = Program.Trace(
            [("x", TensorType.Real(new Shape(4, 2)))],
            v => [("y", Functions.MatMul(v[0].Slice(0, 2, 4), v[0].Slice(0, 2, 4), transposeRight: true))]);
        using var compiled = new LibTorchExecutor().Compile(program);
        using var x = TorchTensor.FromSpan<float>([0, 1, 2, 3, 4, 5, 6, 7], [4, 2]);
        using var y = compiled.Call(x)[0];
        Assert.Equal([41f, 59f, 59f, 85f], y.ToArray<float>());
    }
}
