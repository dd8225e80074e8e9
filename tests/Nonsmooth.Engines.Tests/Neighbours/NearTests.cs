using Nonsmooth.Engines.Neighbours;

namespace Nonsmooth.Engines.Tests.Neighbours;

public class NearTests
{
    [Fact]
    public void AnUlpBelowThreeAndThreeIsNotSix()
    {
        double below = Math.BitDecrement(3);
        Assert.Equal(6, below + 3);
        Assert.Equal(-1, (Series.Of(below) + Series.Of(3) - Series.Of(6)).Sign);
    }

    [Theory]
    [InlineData(2.5)]
    [InlineData(-2.5)]
    public void TheRootOfASquareIsTheSize(double v)
    {
        var root = Near.Sqrt(At(0, v) * At(0, v));
        Assert.Equal(0, root.Value.Standard);
        Assert.Equal(Math.Sign(v), root.Gradient[0].Standard);
    }

    [Fact]
    public void TheExponentialOfALogarithmIsTheNumberAtZeroToo()
    {
        var same = Near.Exp(Near.Log(At(0, 0.7)));
        Assert.True((same.Value - Series.Near(0, 0.7)).IsZero);
        Assert.Equal(1, same.Gradient[0].Standard, 12);
        Assert.True(Near.IsNaN(Near.Log(At(0, -0.7))));
    }

    [Fact]
    public void TheSlopeOfARootAtZeroIsInfinite()
    {
        Assert.Equal(double.PositiveInfinity, Near.Sqrt(At(0, 1)).Gradient[0].Standard);
        Assert.True(Near.IsNaN(Near.Sqrt(At(0, -1))));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(-1, -1)]
    public void FloorIsTheOneOfTheSide(double v, double floor) => Assert.Equal(floor, Near.ToDouble(Near.Floor(At(0, v))));

    [Fact]
    public void SinXOverXIsOneWithSlopeZero()
    {
        var x = At(0, 1.5);
        var quotient = Near.Sin(x) / x;
        Assert.Equal(1, Near.ToDouble(quotient), 12);
        Assert.Equal(0, quotient.Gradient[0].Standard, 12);
    }

    [Fact]
    public void DerivativesAreThoseOfDifferences()
    {
        (Func<Near, Near> Near, Func<double, double> Plain)[] functions =
        [
            (Near.Exp, Math.Exp), (Near.ExpM1, x => Math.Exp(x) - 1), (Near.Log, Math.Log), (Near.LogP1, x => Math.Log(1 + x)),
            (Near.Tanh, Math.Tanh), (Near.Sigmoid, x => 1 / (1 + Math.Exp(-x))), (Near.Sin, Math.Sin), (Near.Cos, Math.Cos),
            (Near.Atan, Math.Atan), (Near.Rsqrt, x => 1 / Math.Sqrt(x)), (x => Near.Pow(x, x), x => Math.Pow(x, x)),
        ];
        foreach (var (near, plain) in functions)
        {
            double difference = (plain(0.7 + 1e-6) - plain(0.7 - 1e-6)) / 2e-6;
            var at = near(At(0.7, 1));
            Assert.Equal(plain(0.7), Near.ToDouble(at), 12);
            Assert.Equal(difference, at.Gradient[0].Standard, 8);
        }
    }

    [Fact]
    public void TellsWhetherAnythingWasDecidedByAnInfinitesimal()
    {
        Assert.False(Near.Watch(() => Near.Max(At(1, 1), Near.FromDouble(0))).IsTied);
        Assert.True(Near.Watch(() => Near.Max(At(0, 1), Near.FromDouble(0))).IsTied);
        Assert.True(Near.Watch(() => Near.Sqrt(At(0, 1))).IsTied);
    }

    private static Near At(double x, double v) => new(Series.Near(x, v), [Series.Of(1)]);
}
