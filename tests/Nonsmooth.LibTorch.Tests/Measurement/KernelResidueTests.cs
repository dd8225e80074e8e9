using Nonsmooth.Dictionary;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Measurement;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.LibTorch.Tests.Measurement;

public sealed class KernelResidueTests
{
    private const long Free = 448 << 10;
    private const long Function = 192 << 10;

    [Fact]
    public void AFunctionCountsOnceAndWhatTheHeapHasRoomForDoesNot()
    {
        var program = Program.Trace(
            [("x", Real(4, 8))], v => [("y", Functions.Tanh(Functions.Sigmoid(Functions.Tanh(Functions.Exp(v[0])))))]);
        Assert.Equal([0, 0, (3 * Function) - Free, (3 * Function) - Free], Residue(program));
    }

    [Fact]
    public void EqualConvolutionsLeaveTheirCodeOnce()
    {
        long[] left = Residue(Program.Trace([("x", Real(32, 8, 8, 8)), ("w", Real(8, 8, 3, 3))], v =>
        {
            var y = v[0];
            for (int i = 0; i < 8; i++)
            {
                y = Functions.Conv2d(y, v[1], padding: 1);
            }

            return [("y", y)];
        }));
        Assert.All(left, bytes => Assert.Equal(0, bytes));
    }

    [Fact]
    public void ConvolutionsOfEverNewSizesLeaveTheirsEachTime()
    {
        long[] left = Residue(Program.Trace([("x", Real(32, 8, 32, 32)), ("w", Real(8, 8, 3, 3))], v =>
        {
            var y = v[0];
            for (int i = 0; i < 8; i++)
            {
                y = Functions.Conv2d(y, v[1]);
            }

            return [("y", y)];
        }));
        Assert.Equal((8 * (96 << 10)) - Free, left[^1]);
    }

    [Fact]
    public void OnlyAProductLargerThanAllBeforeNeedsAnotherBuffer()
    {
        long[] left = Residue(Program.Trace(
            [("x", Real(512, 384)), ("small", Real(384, 384)), ("large", Real(1536, 384))],
            v =>
            {
                var y = Functions.Linear(v[0], v[1]);
                return [("y", Functions.Linear(y, v[2])), ("z", Functions.Linear(y, v[2]))];
            }));
        long buffer = 4 * 192 * (1536 + 512);
        Assert.Equal(0, left[0]);
        Assert.Equal(buffer - Free, left[^1]);
    }

    private static long[] Residue(Program program)
    {
        using var compiled = new LibTorchExecutor().Compile(program);
        return KernelResidue.Of(compiled.Program, new ExecutionOptions());
    }

    private static TensorType Real(params ReadOnlySpan<int> sizes) => TensorType.Real(new Shape(sizes));
}
