using Nonsmooth.Arithmetic;
using Nonsmooth.Reliability.Formats;

namespace Nonsmooth.Reliability.Tests.Formats;

public class NarrowFormatTests
{
    [Fact]
    public void Limits_are_where_rounding_changes()
    {
        Check<Float16>();
        Check<BFloat16>();
        Check<Float8E4M3>();
        Check<Float8E5M2>();
    }

    [Fact]
    public void Known_limits()
    {
        Assert.Equal(["f16", "bf16", "e4m3", "e5m2"], NarrowFormat.All.Select(f => f.Name));
        Assert.Equal(Math.BitDecrement(65520), NarrowFormat.All[0].Finite);
        Assert.Equal(464, NarrowFormat.All[2].Finite);
        Assert.Equal(Math.BitDecrement(61440), NarrowFormat.All[3].Finite);
    }

    private static void Check<T>()
        where T : IFormat
    {
        var format = NarrowFormat.Of<T>();
        double normal = Math.ScaleB(T.Smallest, T.Precision - 1);
        Assert.Equal(0, T.Round(format.Vanishing));
        Assert.Equal(T.Smallest, T.Round(Math.BitIncrement(format.Vanishing)));
        Assert.Equal(normal, T.Round(format.Subnormal));
        Assert.True(T.Round(Math.BitDecrement(format.Subnormal)) < normal);
        Assert.Equal(T.Largest, T.Round(format.Finite));
        Assert.False(double.IsFinite(T.Round(Math.BitIncrement(format.Finite))));
    }
}
