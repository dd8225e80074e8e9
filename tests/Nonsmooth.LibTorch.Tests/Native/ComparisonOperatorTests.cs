using Nonsmooth.LibTorch.Native;
using static Nonsmooth.LibTorch.Tests.Native.OperatorBench;

namespace Nonsmooth.LibTorch.Tests.Native;

public sealed class ComparisonOperatorTests
{
    private static readonly double[] X = [-1, 0, 0.5, 2, double.NaN];
    private static readonly double[] Y = [-1, 1, 0.25, 2, 0];

    private static readonly Dictionary<string, Func<double, double, bool>> Comparisons = new()
    {
        ["gt"] = (x, y) => x > y,
        ["ge"] = (x, y) => x >= y,
        ["lt"] = (x, y) => x < y,
        ["le"] = (x, y) => x <= y,
        ["eq"] = (x, y) => x == y,
        ["ne"] = (x, y) => x != y,
    };

    [Theory]
    [MemberData(nameof(Dtypes), MemberType = typeof(OperatorBench))]
    public void CompareTensorsAndScalarTensors(TorchDtype dtype)
    {
        var (x, y) = (T(dtype, X), T(dtype, Y));
        foreach (var (name, f) in Comparisons)
        {
            var result = Dispatcher.Call1(new OperatorName(name, "Tensor"), [Slot.Of(x), Slot.Of(y)]);
            Assert.Equal(TorchDtype.Bool, result.Dtype);
            Assert.Equal(X.Zip(Y, (a, b) => f(a, b) ? 1.0 : 0), Take(result));
            Assert.Equal(X.Select(a => f(a, 0.5) ? 1.0 : 0), Call((name, "Tensor"), Slot.Of(x), Slot.Of(Scalar(dtype, 0.5))));
        }

        Assert.Equal([0, 0, 0, 0, 1], Call("isnan", Slot.Of(x)));
        Assert.Equal([1, 1, 1, 1, 0], Call("isfinite", Slot.Of(x)));
        x.Delete();
        y.Delete();
    }

    [Fact]
    public void LogicOnMasks()
    {
        var (a, b) = (T(TorchDtype.Bool, [0, 0, 1, 1]), T(TorchDtype.Bool, [0, 1, 0, 1]));
        Assert.Equal([0, 0, 0, 1], Call("logical_and", Slot.Of(a), Slot.Of(b)));
        Assert.Equal([0, 1, 1, 1], Call("logical_or", Slot.Of(a), Slot.Of(b)));
        Assert.Equal([0, 1, 1, 0], Call("logical_xor", Slot.Of(a), Slot.Of(b)));
        Assert.Equal([1, 1, 0, 0], Call("logical_not", Slot.Of(a)));
        a.Delete();
        b.Delete();
    }

    [Theory]
    [MemberData(nameof(Dtypes), MemberType = typeof(OperatorBench))]
    public void ChooseByMask(TorchDtype dtype)
    {
        var (x, y, mask) = (T(dtype, [1, 2, 3]), T(dtype, [4, 5, 6]), T(TorchDtype.Bool, [1, 0, 1]));
        Assert.Equal([1, 5, 3], Call(("where", "self"), Slot.Of(mask), Slot.Of(x), Slot.Of(y)));
        Assert.Equal([1, 0, 3], Call(("where", "self"), Slot.Of(mask), Slot.Of(x), Slot.Of(Scalar(dtype, 0))));
        Assert.Equal([-1, 2, -1], Call(("masked_fill", "Tensor"), Slot.Of(x), Slot.Of(mask), Slot.Of(Scalar(dtype, -1))));
        x.Delete();
        y.Delete();
        mask.Delete();
    }
}
