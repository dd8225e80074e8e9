using Nonsmooth.LibTorch.Native;
using static Nonsmooth.LibTorch.Tests.Native.OperatorBench;

namespace Nonsmooth.LibTorch.Tests.Native;

public sealed class ReluGradientTests
{
    private static readonly double[] Special = [-1, -0.0, 0.0, 1, double.NaN, double.PositiveInfinity, double.NegativeInfinity, 1e-7, -1e-7, 3];

    [Trait("Speed", "Slow")]
    [Theory]
    [MemberData(nameof(Dtypes), MemberType = typeof(OperatorBench))]
    public void PassesPositivesAndNaNAndWeighsZero(TorchDtype dtype)
    {
        double[] x = [.. Enumerable.Range(0, 100_003).Select(i => Special[i % Special.Length])];
        double[] g = [.. Enumerable.Range(0, x.Length).Select(i => (double)(i % 7 + 1))];
        var (tx, tg) = (T(dtype, x), T(dtype, g));
        var result = TensorFactory.Empty([x.Length], dtype, Device.Cpu);
        foreach (var atZero in new[] { 0.0, 1.0, 0.5 })
        {
            if (atZero == 0.5 && dtype.ElementSize() == 2)
            {
                Assert.False(ReluGradient.TryRun(tg, tx, result, atZero));
                continue;
            }

            Assert.True(ReluGradient.TryRun(tg, tx, result, atZero));
            Assert.Equal(x.Zip(g, (a, b) => a <= 0 ? (a == 0 ? atZero * b : 0) : b), V(result));
        }

        Assert.True(ReluGradient.TryRun(tg, tx, tg));
        Assert.Equal(x.Zip(g, (a, b) => a <= 0 ? 0 : b), V(tg));
        tx.Delete();
        tg.Delete();
        result.Delete();
    }

    [Theory]
    [MemberData(nameof(Dtypes), MemberType = typeof(OperatorBench))]
    public void ANegativeNaNPassesToo(TorchDtype dtype)
    {
        var x = T(dtype, [-double.NaN, BitConverter.Int64BitsToDouble(unchecked((long)0xfff8_0000_0000_0000))]);
        var g = T(dtype, [1, 2]);
        Assert.True(ReluGradient.TryRun(g, x, g));
        Assert.Equal([1, 2], Take(g));
        x.Delete();
    }

    [Fact]
    public void DenseLayoutsRunAndOthersAreLeftAlone()
    {
        var x = T(TorchDtype.Float32, [1, -1, 2, -2, 3, -3, 4, -4], 1, 2, 2, 2);
        var last = TensorFactory.Contiguous(x, MemoryFormat.ChannelsLast);
        var g = TensorFactory.Clone(last);
        Assert.Equal(last.Strides.ToArray(), g.Strides.ToArray());
        Assert.True(last.IsDense);
        Assert.True(ReluGradient.TryRun(g, last, g));
        Assert.Equal([1, 0, 2, 0, 3, 0, 4, 0], V(g));
        Assert.False(ReluGradient.TryRun(x, last, x));
        var gaps = TensorFactory.View(x, [2], [2], 0);
        Assert.False(gaps.IsDense);
        Assert.False(ReluGradient.TryRun(gaps, gaps, gaps));
        foreach (var handle in new[] { x, last, g, gaps })
        {
            handle.Delete();
        }
    }
}
