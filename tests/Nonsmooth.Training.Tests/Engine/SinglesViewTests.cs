using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Training.Engine;

namespace Nonsmooth.Training.Tests.Engine;

public unsafe class SinglesViewTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(147)]
    public void ConvertsEveryElement(int length)
    {
        float[] values = [.. Enumerable.Range(0, length).Select(i => i - 70f), ];
        double[] wide = [.. values.Select(v => v + 1e-12)];
        ushort[] brain = [.. values.Select(v => (ushort)(BitConverter.SingleToUInt32Bits(v) >> 16))];
        fixed (float* single = values)
        fixed (double* doubles = wide)
        fixed (ushort* halves = brain)
        {
            using var same = new SinglesView(Precision.Float32, length);
            using var narrowed = new SinglesView(Precision.Float64, length);
            using var widened = new SinglesView(Precision.BFloat16, length);
            Assert.Equal((nint)single, same.Of((nint)single));
            Assert.Equal(values.Select(v => (float)(v + 1e-12)), Read(narrowed.Of((nint)doubles), length));
            Assert.Equal(values, Read(widened.Of((nint)halves), length));
        }
    }

    private static float[] Read(nint address, int length) => new ReadOnlySpan<float>((float*)address, length).ToArray();
}
