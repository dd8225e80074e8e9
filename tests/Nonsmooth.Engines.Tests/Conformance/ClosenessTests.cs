using Nonsmooth.Engines.Conformance;

namespace Nonsmooth.Engines.Tests.Conformance;

public class ClosenessTests
{
    [Theory]
    [InlineData(0.0, -0.0, "f64", true)]
    [InlineData(double.NaN, double.NaN, "f64", true)]
    [InlineData(double.NaN, 0.0, "f64", false)]
    [InlineData(double.PositiveInfinity, double.MaxValue, "f64", false)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity, "f32", true)]
    [InlineData(1.0, 1.0 + (8 * 2.220446049250313e-16), "f64", true)]
    [InlineData(1.0, 1.0 + (9 * 2.220446049250313e-16), "f64", false)]
    [InlineData(1.0, 1.0 + (8 * 1.1920928955078125e-07), "f32", true)]
    [InlineData(1.0, 1.0 + (9 * 1.1920928955078125e-07), "f32", false)]
    [InlineData(0.0, 2.2250738585072014e-308, "f64", false)]
    public void IsEightUnitsOfTheFormat(double a, double b, string format, bool same)
    {
        Assert.Equal(same, Closeness.Same(a, b, format));
        Assert.Equal(same, Closeness.Same(b, a, format));
        Assert.Equal(same, Closeness.Same(-a, -b, format));
    }

    [Theory]
    [InlineData(0.0, "f32", false)]
    [InlineData(1e-40, "f32", true)]
    [InlineData(1e-40, "f64", false)]
    [InlineData(-5e-324, "f64", true)]
    [InlineData(2.2250738585072014e-308, "f64", false)]
    [InlineData(double.NaN, "f64", false)]
    public void SubnormalIsSmallerThanTheLeastNormal(double x, string format, bool subnormal) =>
        Assert.Equal(subnormal, Closeness.IsSubnormal(x, format));
}
