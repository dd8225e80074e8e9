using Nonsmooth.LibTorch.Native;
using static Nonsmooth.LibTorch.Tests.Native.OperatorBench;

namespace Nonsmooth.LibTorch.Tests.Native;

public sealed class ShapeOperatorTests
{
    private static readonly double[] X = [1, 2, 3, 4, 5, 6];

    private static ulong Ints(params long[] values) => Slot.Of(values);

    [Theory]
    [MemberData(nameof(Dtypes), MemberType = typeof(OperatorBench))]
    public void Views(TorchDtype dtype)
    {
        var x = T(dtype, X, 2, 3);
        var view = Dispatcher.Call1(new OperatorName("view"), [Slot.Of(x), Ints(3, -1)]);
        Assert.Equal([3L, 2L], view.Sizes.ToArray());
        Assert.Equal(X, Take(view));
        Assert.Equal(X, Call("reshape", Slot.Of(x), Ints(6)));
        Assert.Equal([1, 4, 2, 5, 3, 6], Call("permute", Slot.Of(x), Ints(1, 0)));
        Assert.Equal([1, 4, 2, 5, 3, 6], Call(("transpose", "int"), Slot.Of(x), Slot.Of(0L), Slot.Of(1L)));
        Assert.Equal([.. X, .. X], Call("expand", Slot.Of(x), Ints(2, 2, 3), Slot.Of(false)));
        Assert.Equal([2, 3, 5, 6], Call(("slice", "Tensor"), Slot.Of(x), Slot.Of(1L), Slot.Optional(1L), Slot.Optional(3L), Slot.Of(1L)));
        Assert.Equal([1, 3, 4, 6], Call(("slice", "Tensor"), Slot.Of(x), Slot.Of(1L), Slot.None, Slot.None, Slot.Of(2L)));
        Assert.Equal([3, 6], Call(("select", "int"), Slot.Of(x), Slot.Of(1L), Slot.Of(2L)));
        Assert.Equal(X, Call("unsqueeze", Slot.Of(x), Slot.Of(0L)));
        Assert.Equal([3, 2, 1, 6, 5, 4], Call("flip", Slot.Of(x), Ints(1)));
        Assert.Equal([3, 1, 2, 6, 4, 5], Call("roll", Slot.Of(x), Ints(1), Ints(1)));
        Assert.Equal([1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6], Call("repeat", Slot.Of(x), Ints(1, 2)));
        Assert.Equal([1, 5], Take(TensorFactory.View(x, [2], [4], 0)));
        x.Delete();
    }

    [Theory]
    [MemberData(nameof(Dtypes), MemberType = typeof(OperatorBench))]
    public void Joins(TorchDtype dtype)
    {
        var (x, y) = (T(dtype, X, 2, 3), T(dtype, [7, 8], 2, 1));
        Assert.Equal([1, 2, 3, 7, 4, 5, 6, 8], Call("cat", Slot.Of([x, y]), Slot.Of(1L)));
        Assert.Equal([.. X, .. X], Call("stack", Slot.Of([x, x]), Slot.Of(0L)));
        Assert.Equal([0, 1, 2, 3, 0, 4, 5, 6], Call("pad", Slot.Of(x), Ints(1, 0), Slot.Of("constant"u8), Slot.None));
        Assert.Equal([-2, 1, 2, 3, -2, 4, 5, 6], Call("pad", Slot.Of(x), Ints(1, 0), Slot.Of("constant"u8), Slot.Optional(-2.0)));
        Assert.Equal([2, 3, 5, 6], Call("pad", Slot.Of(x), Ints(-1, 0), Slot.Of("constant"u8), Slot.None));
        x.Delete();
        y.Delete();
    }

    [Theory]
    [MemberData(nameof(Dtypes), MemberType = typeof(OperatorBench))]
    public void Indexing(TorchDtype dtype)
    {
        var x = T(dtype, X, 2, 3);
        var index = T(TorchDtype.Int64, [2, 0], 2, 1);
        var rows = T(TorchDtype.Int64, [1, 1, 0]);
        var source = T(dtype, [10, 20], 2, 1);
        Assert.Equal([3, 4], Call("gather", Slot.Of(x), Slot.Of(1L), Slot.Of(index), Slot.Of(false)));
        Assert.Equal([1, 2, 13, 24, 5, 6], Call("scatter_add", Slot.Of(x), Slot.Of(1L), Slot.Of(index), Slot.Of(source)));
        Assert.Equal([1, 2, 10, 20, 5, 6], Call(("scatter", "src"), Slot.Of(x), Slot.Of(1L), Slot.Of(index), Slot.Of(source)));
        Assert.Equal([4, 5, 6, 4, 5, 6, 1, 2, 3], Call("index_select", Slot.Of(x), Slot.Of(0L), Slot.Of(rows)));
        Assert.Equal([4, 5, 6, 4, 5, 6, 1, 2, 3], Call(("index", "Tensor"), Slot.Of(x), Slot.Optionals([rows])));
        var grad = T(dtype, [1, 1, 1, 2, 2, 2, 3, 3, 3], 3, 3);
        Assert.Equal([4, 5, 6, 7, 8, 9], IndexAdd(x, rows, grad));
        Assert.Equal([4, 5, 6, 4, 5, 6, 1, 2, 3], Call("embedding", Slot.Of(x), Slot.Of(rows), Slot.Of(-1L), Slot.Of(false), Slot.Of(false)));
        Assert.Equal([3, 3, 3, 3, 3, 3], Call("embedding_dense_backward", Slot.Of(grad), Slot.Of(rows), Slot.Of(2L), Slot.Of(-1L), Slot.Of(false)));
        Assert.Equal([0, 1, 0, 1, 1, 0], Call("one_hot", Slot.Of(rows), Slot.Of(2L)));
        var direct = DirectOperators.For(DeviceKind.Cpu);
        var result = TensorFactory.Clone(x);
        direct.Scatter(result, x, 1, index, source);
        Assert.Equal([1, 2, 10, 20, 5, 6], V(result));
        direct.Scatter(result, x, 1, index, -1);
        Assert.Equal([1, 2, -1, -1, 5, 6], V(result));
        foreach (var handle in new[] { x, index, rows, source, grad, result })
        {
            handle.Delete();
        }
    }

    [Theory]
    [MemberData(nameof(Dtypes), MemberType = typeof(OperatorBench))]
    public void CreationAndConversion(TorchDtype dtype)
    {
        foreach (var (name, value) in new[] { ("zeros", 0.0), ("ones", 1.0) })
        {
            var made = Dispatcher.Call1(new OperatorName(name), [Ints(2, 2), Slot.Optional(dtype), Slot.None, Slot.None, Slot.None]);
            Assert.Equal(dtype, made.Dtype);
            Assert.Equal([value, value, value, value], Take(made));
        }

        var full = TensorFactory.Full([2], 2.5, dtype, Device.Cpu);
        Assert.Equal([2.5, 2.5], V(full));
        Dispatcher.CallInPlace(new OperatorName("fill_", "Tensor"), [Slot.Of(full), Slot.Of(Scalar(dtype, -1))]);
        Assert.Equal([-1, -1], V(full));
        var x = T(dtype, [3, 4]);
        Dispatcher.CallInPlace(new OperatorName("copy_"), [Slot.Of(full), Slot.Of(x), Slot.Of(false)]);
        Assert.Equal([3, 4], V(full));
        Dispatcher.CallInPlace(new OperatorName("mul_", "Tensor"), [Slot.Of(full), Slot.Of(x)]);
        Assert.Equal([9, 16], V(full));
        Dispatcher.CallInPlace(new OperatorName("relu_"), [Slot.Of(full)]);
        foreach (var target in Floats)
        {
            var converted = TensorFactory.Convert(x, target, Device.Cpu);
            Assert.Equal(target, converted.Dtype);
            Assert.Equal([3, 4], Take(converted));
        }

        full.Delete();
        x.Delete();
    }

    [Fact]
    public void RangesComeFromACumulativeSum()
    {
        var ones = Dispatcher.Call1(new OperatorName("ones"), [Ints(5), Slot.Optional(TorchDtype.Int64), Slot.None, Slot.None, Slot.None]);
        Assert.Equal([1, 2, 3, 4, 5], Call("cumsum", Slot.Of(ones), Slot.Of(0L), Slot.None));
        ones.Delete();
        var (start, end) = (Scalar(TorchDtype.Float64, 0), Scalar(TorchDtype.Float64, 4));
        Assert.Equal([0, 1, 2, 3, 4], Call(("linspace", "Tensor_Tensor"), Slot.Of(start), Slot.Of(end), Slot.Of(5L), Slot.Optional(TorchDtype.Float32), Slot.None, Slot.None, Slot.None));
    }

    [Theory]
    [MemberData(nameof(Dtypes), MemberType = typeof(OperatorBench))]
    public void ChannelsLastKeepsTheValues(TorchDtype dtype)
    {
        var x = T(dtype, [.. Enumerable.Range(0, 12).Select(i => (double)i)], 1, 3, 2, 2);
        var last = TensorFactory.Contiguous(x, MemoryFormat.ChannelsLast);
        Assert.Equal([12L, 1L, 6L, 3L], last.Strides.ToArray());
        Assert.False(last.IsContiguous);
        Assert.Equal(V(x), V(last));
        x.Delete();
        last.Delete();
    }

    /// <summary>index_add takes a Scalar: scatter_add with the index spread over the rows does the same.</summary>
    private static double[] IndexAdd(TensorHandle self, TensorHandle index, TensorHandle source)
    {
        var wide = Dispatcher.Call1(new OperatorName("unsqueeze"), [Slot.Of(index), Slot.Of(1L)]);
        var spread = Dispatcher.Call1(new OperatorName("expand"), [Slot.Take(wide), Ints(3, 3), Slot.Of(false)]);
        return Call("scatter_add", Slot.Of(self), Slot.Of(0L), Slot.Take(spread), Slot.Of(source));
    }
}
