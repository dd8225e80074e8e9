using System.Globalization;
using Nonsmooth.Cli.Output;

namespace Nonsmooth.Cli.Tests.Output;

public sealed class NumbersTests
{
    [Fact]
    public void AreTheSameInEveryCulture()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("", false) { NumberFormat = { NumberDecimalSeparator = ",", NumberGroupSeparator = "." } };
            Assert.Equal("25,475", Numbers.Whole(25475));
            Assert.Equal("1,234.5", Numbers.Short(1234.5));
            Assert.Equal("−0.5", Numbers.Short(-0.5));
            Assert.Equal("0", Numbers.Short(-0.0));
            Assert.Equal("12.5 %", Numbers.Percent(0.125));
            Assert.Equal("1.2e-05", Numbers.Digits(1.2e-5));
            Assert.Equal("2.5 s", Numbers.Seconds(2.5));
            Assert.Equal("20.0 ms", Numbers.Seconds(0.02));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
