using Nonsmooth.LibTorch.Autograd;
using Nonsmooth.LibTorch.Native;

namespace Nonsmooth.LibTorch.Tests.Autograd;

public sealed class AutogradProbeTests
{
    [Fact]
    public void GradientsOfSmoothFunctionsAreTheirDerivatives()
    {
        var product = AutogradProbe.Measure([2, 3, 5], static x => x.Call("prod", "", AutogradArgument.None));
        Assert.Equal([30], product.Value);
        Assert.Equal([15, 10, 6], product.Gradient);
        Assert.Equal([Math.Cos(0.7)], AutogradProbe.Measure([0.7], static x => x.Call("sin", "")).Gradient);
    }

    [Fact]
    public void ScalarsReachTheFunction()
    {
        Assert.Equal([0.1, 1], AutogradProbe.Measure([-1, 1], static x => x.CallScalars("leaky_relu", 0.1)).Gradient);
        Assert.Equal([1, 0], AutogradProbe.Measure([-0.5, 2], static x => x.CallScalars("hardtanh", -1, 1)).Gradient);
        var elu = AutogradProbe.Measure([-1, 1], static x => x.CallScalars("elu", 2, 1, 1));
        Assert.Equal(2 * Math.Exp(-1), elu.Gradient[0], 1e-15);
    }

    [Fact]
    public void NaNAndInfinityComeThrough()
    {
        Assert.Equal([double.PositiveInfinity, double.NaN], AutogradProbe.Measure([0, double.NaN], static x => x.Call("sqrt", "")).Gradient);
    }

    [Fact]
    public void AnUnknownOperatorIsNamed()
    {
        var error = Assert.ThrowsAny<NonsmoothException>(() => AutogradProbe.Measure([1], static x => x.Call("no_such_function", "")));
        Assert.Contains("no_such_function", error.Message, StringComparison.Ordinal);
        var missing = Assert.Throws<NonsmoothException>(() => AutogradProbe.Measure([1], static x => x.CallScalars("no_such_function", 1)));
        Assert.Contains("no_such_function", missing.Message, StringComparison.Ordinal);
    }

    // A change of the number of threads prepares a thread anew in the middle of a measurement.
    [Fact]
    public void AChangeOfTheNumberOfThreadsInBetweenDoesNotStopTheRecording()
    {
        var measured = AutogradProbe.Measure([3.0, -2], x =>
        {
            using var use = LibTorchThreads.Use(LibTorchThreads.Count + 1);
            return x.Call("mul", "Tensor", x);
        });
        Assert.Equal([6.0, -4], measured.Gradient);
    }
}
