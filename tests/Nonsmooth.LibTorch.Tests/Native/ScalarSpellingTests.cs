using Nonsmooth.LibTorch.Native;
using static Nonsmooth.LibTorch.Tests.Native.OperatorBench;

namespace Nonsmooth.LibTorch.Tests.Native;

/// <summary>The spellings that stand in for operators whose scalars the dispatcher refuses.</summary>
public sealed class ScalarSpellingTests
{
    private static readonly double[] X = [-30, -3, -0.5, 0, 0.25, 1, 6, 30];

    private static TensorHandle One(string name, string overload, params ulong[] stack) =>
        Dispatcher.Call1(new OperatorName(name, overload), stack);

    [Theory]
    [MemberData(nameof(Dtypes), MemberType = typeof(OperatorBench))]
    public void SoftplusIsLogAddExpWithZero(TorchDtype dtype)
    {
        var x = T(dtype, X);
        Close([.. X.Select(v => v > 20 ? v : Math.Log(1 + Math.Exp(v)))], Call("logaddexp", Slot.Of(x), Slot.Of(Scalar(dtype, 0))), dtype);
        x.Delete();
    }

    [Theory]
    [MemberData(nameof(Dtypes), MemberType = typeof(OperatorBench))]
    public void EluIsWhereOverExpm1(TorchDtype dtype)
    {
        var x = T(dtype, X);
        var mask = One("gt", "Tensor", Slot.Of(x), Slot.Of(Scalar(dtype, 0)));
        var low = One("expm1", "", Slot.Of(x));
        var scaled = DirectOperators.For(DeviceKind.Cpu).Multiply(low, 1.5);
        Close([.. X.Select(v => v > 0 ? v : 1.5 * (Math.Exp(v) - 1))], Call(("where", "self"), Slot.Take(mask), Slot.Of(x), Slot.Take(scaled)), dtype);
        low.Delete();
        x.Delete();
    }

    [Theory]
    [MemberData(nameof(Dtypes), MemberType = typeof(OperatorBench))]
    public void HardtanhIsClampWithTensors(TorchDtype dtype)
    {
        var x = T(dtype, X);
        var y = Call(("clamp", "Tensor"), Slot.Of(x), Slot.Optional(Scalar(dtype, -1)), Slot.Optional(Scalar(dtype, 1)));
        Close([.. X.Select(v => Math.Clamp(v, -1, 1))], y, dtype);
        x.Delete();
    }

    [Theory]
    [MemberData(nameof(Dtypes), MemberType = typeof(OperatorBench))]
    public void LerpAddcmulAndVariance(TorchDtype dtype)
    {
        var (a, b) = (T(dtype, [1, 2, 3, 6]), T(dtype, [3, 2, 1, 0]));
        Close([2, 2, 2, 3], Call(("lerp", "Tensor"), Slot.Of(a), Slot.Of(b), Slot.Of(Scalar(dtype, 0.5))), dtype);
        var dims = Slot.Some(Slot.Of((ReadOnlySpan<long>)[0]));
        Close([3.5], Call(("var", "dim"), Slot.Of(a), dims, Slot.Of(false), Slot.Of(false)), dtype);
        a.Delete();
        b.Delete();
    }

    [Fact]
    public void AnAbsentOptionalScalarIsAccepted()
    {
        var x = T(TorchDtype.Float64, [1, 2, 3, 6]);
        var dims = Slot.Some(Slot.Of((ReadOnlySpan<long>)[0]));
        Close([14 / 3.0], Call(("var", "correction"), Slot.Of(x), dims, Slot.None, Slot.Of(false)), TorchDtype.Float64);
        x.Delete();
    }

    [Fact]
    public void AFloat64ScalarTensorIsUsedUnroundedLikeAScalar()
    {
        var x = T(TorchDtype.BFloat16, [256]);
        var rounded = Call(("mul", "Tensor"), Slot.Of(x), Slot.Of(Scalar(TorchDtype.BFloat16, 0.001)));
        var exact = Call(("mul", "Tensor"), Slot.Of(x), Slot.Of(Scalar(TorchDtype.Float64, 0.001)));
        var direct = Take(DirectOperators.For(DeviceKind.Cpu).Multiply(x, 0.001));
        Assert.Equal(direct, exact);
        Assert.Equal(0.256, exact[0], 0.002);
        Assert.Equal(0.256, rounded[0], 0.002);
        x.Delete();
    }
}
