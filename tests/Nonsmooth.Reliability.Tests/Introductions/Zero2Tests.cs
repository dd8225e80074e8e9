using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Reliability.Introductions;

namespace Nonsmooth.Reliability.Tests.Introductions;

public class Zero2Tests
{
    [Theory]
    [MemberData(nameof(ZeroTests.Compensations), MemberType = typeof(ZeroTests))]
    public void Tied_elements_leave_the_opposite_error(Precision precision, double compiled, double interpreted)
    {
        foreach (double t in (double[])[-0.7, 0, 1, 3.25])
        {
            Assert.Equal(-compiled, Derivatives.Compiled(Zero2.At(t, Zero.Tied), precision).Slope);
            Assert.Equal(-interpreted, Derivatives.Interpreted(Zero2.Program, precision, t, Zero.Tied).Slope);
        }
    }

    [Theory]
    [InlineData(Precision.Float16)]
    [InlineData(Precision.BFloat16)]
    [InlineData(Precision.Float32)]
    [InlineData(Precision.Float64)]
    public void Distinct_elements_are_told_apart_at_zero_alone(Precision precision)
    {
        Assert.Equal((0, 1.5), Derivatives.Compiled(Zero2.At(0, Zero.Distinct), precision));
        Assert.Equal((0, 1.5), Derivatives.Interpreted(Zero2.Program, precision, 0, Zero.Distinct));
        foreach (double t in (double[])[-2, 0.5, 1])
        {
            Assert.Equal((0, 0), Derivatives.Compiled(Zero2.At(t, Zero.Distinct), precision));
            Assert.Equal((0, 0), Derivatives.Interpreted(Zero2.Program, precision, t, Zero.Distinct));
        }
    }
}
