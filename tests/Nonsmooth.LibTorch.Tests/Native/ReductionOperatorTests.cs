using Nonsmooth.LibTorch.Native;
using static Nonsmooth.LibTorch.Tests.Native.OperatorBench;

namespace Nonsmooth.LibTorch.Tests.Native;

public sealed class ReductionOperatorTests
{
    private static readonly double[] X = [1, 3, 2, 3, -1, 0];

    private static ulong Dims(params long[] dims) => Slot.Of(dims);

    [Theory]
    [MemberData(nameof(Dtypes), MemberType = typeof(OperatorBench))]
    public void SumsAndExtremes(TorchDtype dtype)
    {
        var x = T(dtype, X, 2, 3);
        Close([6, 2], Call(("sum", "dim_IntList"), Slot.Of(x), Slot.Some(Dims(1)), Slot.Of(false), Slot.None), dtype);
        Close([8], Call(("sum", "dim_IntList"), Slot.Of(x), Slot.None, Slot.Of(false), Slot.None), dtype);
        Close([8], Call("sum", Slot.Of(x), Slot.None), dtype);
        Close([4, 2, 2], Call(("sum", "dim_IntList"), Slot.Of(x), Slot.Some(Dims(0)), Slot.Of(true), Slot.Optional(TorchDtype.Float32)), dtype);
        Close([2, 2 / 3.0], Call(("mean", "dim"), Slot.Of(x), Slot.Some(Dims(1)), Slot.Of(false), Slot.None), dtype);
        Close([3, 3], Call("amax", Slot.Of(x), Dims(1), Slot.Of(false)), dtype);
        Close([1, -1], Call("amin", Slot.Of(x), Dims(1), Slot.Of(false)), dtype);
        Close([3], Call("max", Slot.Of(x)), dtype);
        Close(
            [.. new[] { X[..3], X[3..] }.Select(row => Math.Log(row.Sum(Math.Exp)))],
            Call("logsumexp", Slot.Of(x), Dims(1), Slot.Of(false)),
            dtype);
        Close([6, 0], Call(("prod", "dim_int"), Slot.Of(x), Slot.Of(1L), Slot.Of(false), Slot.None), dtype);
        x.Delete();
    }

    [Theory]
    [MemberData(nameof(Dtypes), MemberType = typeof(OperatorBench))]
    public void ExtremesWithPositions(TorchDtype dtype)
    {
        var x = T(dtype, X, 2, 3);
        foreach (var (name, values, positions) in new[] { ("max", new double[] { 3, 3 }, new double[] { 1, 0 }), ("min", [1, -1], [0, 1]), ("median", [2, 0], [2, 2]) })
        {
            var (value, index) = Dispatcher.Call2(new OperatorName(name, "dim"), [Slot.Of(x), Slot.Of(1L), Slot.Of(false)]);
            Assert.Equal(TorchDtype.Int64, index.Dtype);
            Close(values, Take(value), dtype);
            Assert.Equal(positions, Take(index));
        }

        Assert.Equal([1, 0], Call("argmax", Slot.Of(x), Slot.Optional(1L), Slot.Of(false)));
        Assert.Equal([1], Call("argmax", Slot.Of(x), Slot.None, Slot.Of(false)));
        Assert.Equal([0, 1], Call("argmin", Slot.Of(x), Slot.Optional(1L), Slot.Of(false)));
        x.Delete();
    }

    [Theory]
    [MemberData(nameof(Dtypes), MemberType = typeof(OperatorBench))]
    public void OrderAndRunning(TorchDtype dtype)
    {
        var x = T(dtype, X, 2, 3);
        var (sorted, order) = Dispatcher.Call2(new OperatorName("sort", "stable"), [Slot.Of(x), Slot.Optional(true), Slot.Of(1L), Slot.Of(true)]);
        Close([3, 2, 1, 3, 0, -1], Take(sorted), dtype);
        Assert.Equal([1, 2, 0, 0, 2, 1], Take(order));
        (sorted, order) = Dispatcher.Call2(new OperatorName("topk"), [Slot.Of(x), Slot.Of(2L), Slot.Of(1L), Slot.Of(true), Slot.Of(true)]);
        Close([3, 2, 3, 0], Take(sorted), dtype);
        Assert.Equal([1, 2, 0, 2], Take(order));
        Close([1, 4, 6, 3, 2, 2], Call("cumsum", Slot.Of(x), Slot.Of(1L), Slot.None), dtype);
        Close([1, 4, 6, 3, 2, 2], Take(DirectOperators.For(DeviceKind.Cpu).CumulativeSum(x, 1)), dtype);
        var (running, at) = Dispatcher.Call2(new OperatorName("cummax"), [Slot.Of(x), Slot.Of(1L)]);
        Close([1, 3, 3, 3, 3, 3], Take(running), dtype);
        Assert.Equal([0, 1, 1, 0, 0, 0], Take(at));
        x.Delete();
    }

    [Theory]
    [MemberData(nameof(Dtypes), MemberType = typeof(OperatorBench))]
    public void SoftmaxAndItsGradients(TorchDtype dtype)
    {
        double[] g = [1, -1, 0.5, 0, 2, 1];
        var (x, grad) = (T(dtype, X, 2, 3), T(dtype, g, 2, 3));
        var softmax = new[] { X[..3], X[3..] }.SelectMany(row => row.Select(v => Math.Exp(v) / row.Sum(Math.Exp))).ToArray();
        var output = Dispatcher.Call1(new OperatorName("_softmax"), [Slot.Of(x), Slot.Of(1L), Slot.Of(false)]);
        Close(softmax, V(output), dtype);
        Close(
            Rows((y, d) => y.Zip(d, (v, e) => v * (e - y.Zip(d, (a, b) => a * b).Sum())), softmax, g),
            Call("_softmax_backward_data", Slot.Of(grad), Slot.Of(output), Slot.Of(1L), Slot.Of(dtype)),
            dtype);
        var log = Dispatcher.Call1(new OperatorName("_log_softmax"), [Slot.Of(x), Slot.Of(1L), Slot.Of(false)]);
        Close([.. softmax.Select(v => Math.Log(v))], V(log), dtype);
        Close(
            Rows((y, d) => y.Zip(d, (v, e) => e - v * d.Sum()), softmax, g),
            Call("_log_softmax_backward_data", Slot.Of(grad), Slot.Of(log), Slot.Of(1L), Slot.Of(dtype)),
            dtype);
        foreach (var handle in new[] { x, grad, output, log })
        {
            handle.Delete();
        }
    }

    private static double[] Rows(Func<double[], double[], IEnumerable<double>> f, double[] y, double[] g) =>
        [.. f(y[..3], g[..3]), .. f(y[3..], g[3..])];
}
