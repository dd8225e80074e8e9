using Nonsmooth.LibTorch.Native;
using static Nonsmooth.LibTorch.Tests.Native.OperatorBench;

namespace Nonsmooth.LibTorch.Tests.Native;

/// <summary>Which of several equal extremes libtorch names: it decides which element gets the gradient.</summary>
public sealed class TieTests
{
    [Theory]
    [MemberData(nameof(Dtypes), MemberType = typeof(OperatorBench))]
    public void ReductionsNameTheFirstAndCummaxTheLast(TorchDtype dtype)
    {
        foreach (var length in new[] { 5, 37, 1000, 100_000 })
        {
            double[] x = [.. Enumerable.Range(0, length).Select(i => (double)(i % 5 is 2 or 3 ? 1 : 0))];
            var t = T(dtype, x, 1, length);
            Assert.Equal(2, Index("max", "dim", Slot.Of(t), Slot.Of(1L), Slot.Of(false)));
            Assert.Equal(0, Index("min", "dim", Slot.Of(t), Slot.Of(1L), Slot.Of(false)));
            Assert.Equal([2], Call("argmax", Slot.Of(t), Slot.Optional(1L), Slot.Of(false)));
            Assert.Equal([0], Call("argmin", Slot.Of(t), Slot.Optional(1L), Slot.Of(false)));
            var (values, order) = Dispatcher.Call2(new OperatorName("sort", "stable"), [Slot.Of(t), Slot.Optional(true), Slot.Of(1L), Slot.Of(true)]);
            values.Delete();
            Assert.Equal(Enumerable.Range(0, length).OrderByDescending(i => x[i]).Select(i => (double)i), Take(order));
            var (running, at) = Dispatcher.Call2(new OperatorName("cummax"), [Slot.Of(t), Slot.Of(1L)]);
            running.Delete();
            Assert.Equal([0, 1, 2, 3, 3], Take(at)[..5]);
            t.Delete();
        }
    }

    [Theory]
    [MemberData(nameof(Dtypes), MemberType = typeof(OperatorBench))]
    public void PoolingNamesTheFirstInEitherLayout(TorchDtype dtype)
    {
        var x = T(dtype, [.. Enumerable.Repeat(1.0, 2 * 40 * 16)], 2, 40, 4, 4);
        var last = TensorFactory.Contiguous(x, MemoryFormat.ChannelsLast);
        var pool = new DirectMaxPool([2, 2], [2, 2], [0, 0], [1, 1], false);
        foreach (var image in new[] { x, last })
        {
            var (values, indices) = pool.Forward(image);
            values.Delete();
            Assert.Equal(Enumerable.Range(0, 80).SelectMany(_ => new[] { 0.0, 2, 8, 10 }), Take(indices));
            image.Delete();
        }
    }

    [Theory]
    [MemberData(nameof(Dtypes), MemberType = typeof(OperatorBench))]
    public void MedianIsTheLowerMiddle(TorchDtype dtype)
    {
        var x = T(dtype, [4, 1, 3, 2], 1, 4);
        var (value, index) = Dispatcher.Call2(new OperatorName("median", "dim"), [Slot.Of(x), Slot.Of(1L), Slot.Of(false)]);
        Assert.Equal([2], Take(value));
        Assert.Equal([3], Take(index));
        x.Delete();
    }

    private static double Index(string name, string overload, params ulong[] stack)
    {
        var (value, index) = Dispatcher.Call2(new OperatorName(name, overload), stack);
        value.Delete();
        return Take(index)[0];
    }
}
