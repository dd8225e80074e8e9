using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Reliability.Introductions;

namespace Nonsmooth.Reliability.Tests.Introductions;

public class ZeroTests
{
    /// <summary>What libtorch's sums, accumulated in 32 bits, make of it; the interpreter rounds every addition to 16.</summary>
    public static TheoryData<Precision, double, double> Compensations => new()
    {
        { Precision.Float16, -2.44140625e-4, -4.8828125e-4 },
        { Precision.BFloat16, 0, 0 },
        { Precision.Float32, 5.9604644775390625e-08, 5.9604644775390625e-08 },
        { Precision.Float64, 1.1102230246251565e-16, 1.1102230246251565e-16 },
    };

    [Theory]
    [MemberData(nameof(Compensations))]
    public void Tied_elements_leave_the_rounding_error_of_a_sum(Precision precision, double compiled, double interpreted)
    {
        foreach (double t in (double[])[-0.7, 0, 1, 3.25])
        {
            Assert.Equal((0, compiled), Derivatives.Compiled(Zero.At(t, Zero.Tied), precision));
            Assert.Equal((0, interpreted), Derivatives.Interpreted(Zero.Program, precision, t, Zero.Tied));
        }
    }

    [Theory]
    [InlineData(Precision.Float16)]
    [InlineData(Precision.BFloat16)]
    [InlineData(Precision.Float32)]
    [InlineData(Precision.Float64)]
    public void Distinct_elements_are_told_apart_at_zero_alone(Precision precision)
    {
        Assert.Equal((0, -1.5), Derivatives.Compiled(Zero.At(0, Zero.Distinct), precision));
        Assert.Equal((0, -1.5), Derivatives.Interpreted(Zero.Program, precision, 0, Zero.Distinct));
        foreach (double t in (double[])[-2, 0.5, 1])
        {
            Assert.Equal((0, 0), Derivatives.Compiled(Zero.At(t, Zero.Distinct), precision));
            Assert.Equal((0, 0), Derivatives.Interpreted(Zero.Program, precision, t, Zero.Distinct));
        }
    }
}
