using Nonsmooth.Checkpointing;
using Nonsmooth.Differentiation;
using Nonsmooth.Dictionary;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Measurement;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.LibTorch.Tests.Measurement;

public sealed class MemoryPredictionTests
{
    [Fact]
    public void PartsAddUp()
    {
        var memory = MemoryPrediction.Of(Gradient(8));
        Assert.Equal(4 * 12, memory.Parameters);
        Assert.Equal(memory.Parameters, memory.Gradients);
        Assert.Equal(2 * memory.Parameters, memory.OptimizerState);
        Assert.Equal(4 * 8 * 3, memory.Data);
        using var compiled = new LibTorchExecutor().Compile(Gradient(8));
        var plan = LivenessSimulator.Simulate(compiled.Program);
        Assert.Equal(plan.Peak + memory.OptimizerState, memory.Peak);
        Assert.Equal(plan.PeakNode, memory.PeakNode);
        Assert.True(memory.Saved + memory.Temporaries <= memory.Peak - memory.Parameters - memory.Data - memory.OptimizerState);
    }

    [Fact]
    public void ConvolutionsNeedRoomForCopiesInBlocks()
    {
        var program = Program.Trace(
            [("x", TensorType.Real(new Shape(2, 3, 8, 8))), ("w", TensorType.Real(new Shape(4, 3, 3, 3)))],
            v => [("y", Functions.Conv2d(v[0], v[1]))]);
        var memory = MemoryPrediction.Of(program);
        long all = 4 * ((2 * 3 * 64) + (4 * 27) + (2 * 4 * 36));
        Assert.Equal(all, memory.Peak);

        // Three channels are read as they are; four are written as 16, and so is the weight.
        long copies = 4 * ((16 * 27) + (2 * 16 * 36));
        Assert.Equal(copies - (4 * 2 * 4 * 36), memory.Workspace);
        Assert.Equal(all + memory.Workspace, memory.ProcessPeak);
    }

    [Fact]
    public void HalfAsWideNumbersTakeLess() =>
        Assert.True(MemoryPrediction.Of(Gradient(64), 2, new ExecutionOptions { Precision = Precision.BFloat16 }).Peak < MemoryPrediction.Of(Gradient(64)).Peak);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(64)]
    [InlineData(100)]
    public void TheLargestBatchIsFoundToTheByte(int batch)
    {
        long peak = MemoryPrediction.Of(Gradient(batch)).ProcessPeak;
        Assert.Equal(batch, MemoryPrediction.Fits(peak, Gradient));
        Assert.Equal(batch - 1, MemoryPrediction.Fits(peak - 1, Gradient));
    }

    [Fact]
    public void ALimitIsKept() => Assert.Equal(50, MemoryPrediction.Fits(long.MaxValue, Gradient, limit: 50));

    private static GradientProgram Gradient(int batch) => Program.Trace(
        [("x", TensorType.Real(new Shape(batch, 3))), ("w", TensorType.Real(new Shape(4, 3)))],
        v => [("loss", Functions.Relu(Functions.Linear(v[0], v[1])).Mean(0, 1))]).Backprop("w");
}
