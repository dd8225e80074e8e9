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

    [Theory]
    [InlineData(0, "0")]
    [InlineData(999, "999")]
    [InlineData(1000, "1.00 k")]
    [InlineData(1_814_073_344, "1.81 G")]
    [InlineData(9.996e6, "10.0 M")]
    [InlineData(999_600, "1.00 M")]
    [InlineData(2e30, "2000000 Y")]
    public void ScaledHasThreeDigits(double value, string expected) => Assert.Equal(expected, Numbers.Scaled(value));

    [Theory]
    [InlineData(60, "60 B")]
    [InlineData(1536, "1.5 KiB")]
    [InlineData(22_222_240, "21.2 MiB")]
    [InlineData(17_179_869_184, "16.00 GiB")]
    public void BytesAreBinary(double value, string expected) => Assert.Equal(expected, Numbers.Bytes(value));

    [Theory]
    [InlineData(0, "")]
    [InlineData(1, "████")]
    [InlineData(0.5, "██")]
    [InlineData(0.03125, "▏")]
    [InlineData(7, "████")]
    public void BarsHaveEighths(double fraction, string expected) => Assert.Equal(expected, Numbers.Bar(fraction, 4));
}
