using System.Globalization;
using Nonsmooth.Settings;

namespace Nonsmooth.Tests.Settings;

public sealed class SettingTests
{
    private enum Colour
    {
        Red,
        Green,
    }

    private sealed record Options : Configuration
    {
        private static readonly SettingList _all = new();
        private static readonly Setting<double> _rate = _all.Add("rate", 0.5, Ranges.Positive, "the rate");
        private static readonly Setting<int?> _steps = _all.Add(new Setting<int?>("steps", null, Ranges.From(1).OrUnset(), "the steps") { CountsWhere = c => !c.Get(_flag!) });
        private static readonly Setting<bool> _flag = _all.Add("flag", false, Ranges.Switch, "a switch");
        private static readonly Setting<Colour> _colour = _all.Add("colour", Colour.Red, Ranges.OneOf<Colour>(), "a colour");
        private static readonly Setting<ulong> _seed = _all.Add("seed", 0ul, Ranges.Seed, "the seed");
        private static readonly Setting<long?> _size = _all.Add("size", null, ByteSize.Range.OrUnset(), "a size");
        private static readonly Setting<string?> _file = _all.Add("file", null, Ranges.Text("a file").OrNull(), "a file");

        public override IReadOnlyList<Setting> Declared => _all;

        public double Rate { get => Get(_rate); init => Set(_rate, value); }

        public int? Steps { get => Get(_steps); init => Set(_steps, value); }

        public bool Flag { get => Get(_flag); init => Set(_flag, value); }

        public string? File { get => Get(_file); init => Set(_file, value); }
    }

    [Theory]
    [InlineData("rate", "0.125")]
    [InlineData("rate", "1E-300")]
    [InlineData("steps", "2147483647")]
    [InlineData("flag", "true")]
    [InlineData("colour", "green")]
    [InlineData("seed", "18446744073709551615")]
    [InlineData("size", "3GiB")]
    [InlineData("size", "1000")]
    [InlineData("file", "A b.txt")]
    public void WhatIsPrintedIsReadBackWhateverTheCulture(string key, string text)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = ",", NegativeSign = "~" } };
            var setting = new Options().TryFind(key)!;
            var changed = setting.Read(new Options(), text);
            Assert.Equal(text, setting.Print(changed));
            Assert.Equal(changed, setting.Read(new Options(), setting.Print(changed)!));
            Assert.NotEqual(new Options(), changed);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("rate", "0", "rate is '0': give a finite number above 0")]
    [InlineData("rate", "NaN", "rate is 'NaN': give a finite number above 0")]
    [InlineData("rate", "1,5", "rate is '1,5': give a finite number above 0")]
    [InlineData("steps", "0", "steps is '0': give a whole number of at least 1")]
    [InlineData("steps", "1.5", "steps is '1.5': give a whole number of at least 1")]
    [InlineData("flag", "yes", "flag is 'yes': give true or false")]
    [InlineData("colour", "gren", "colour is 'gren': give one of red, green; did you mean green?")]
    [InlineData("seed", "-1", "seed is '-1': give a whole number from 0 to 18446744073709551615")]
    [InlineData("size", "0", "size is '0': give bytes with or without a unit, as in 16GiB, 512MiB or 8GB")]
    [InlineData("file", "", "file is '': give a file")]
    public void ATextThatIsNoValueIsNamed(string key, string text, string message)
    {
        var setting = new Options().TryFind(key)!;
        Assert.Equal(message, Assert.Throws<NonsmoothException>(() => setting.Read(new Options(), text)).Message);
        Assert.Equal(message, Assert.Throws<NonsmoothException>(() => setting.CheckText(text)).Message);
    }

    [Fact]
    public void AValueThatIsNotAllowedIsNamedWhenItIsChecked()
    {
        new Options().CheckEach();
        Assert.Equal("rate is NaN: give a finite number above 0", Assert.Throws<NonsmoothException>(() => new Options { Rate = double.NaN }.CheckEach()).Message);
        Assert.Equal("steps is -3: give a whole number of at least 1", Assert.Throws<NonsmoothException>(() => new Options { Steps = -3 }.CheckEach()).Message);
    }

    [Fact]
    public void ConfigurationsAreEqualWhereTheirValuesAre()
    {
        Assert.Equal(new Options(), new Options { Rate = 0.5, Flag = false });
        Assert.Equal(new Options { Rate = 2, Flag = true }, new Options { Flag = true, Rate = 2 });
        Assert.Equal((new Options { Rate = 2, File = "a" }).GetHashCode(), (new Options { File = "a", Rate = 2 }).GetHashCode());
        Assert.NotEqual(new Options { Rate = 2 }, new Options { Rate = 3 });
        Assert.Equal(new Options(), new Options { Rate = 2 } with { Rate = 0.5 });
    }

    [Fact]
    public void WhatDoesNotCountHasNoText()
    {
        Assert.Equal("7", new Options { Steps = 7 }.Facts().Single(f => f.Key == "steps").Text);
        Assert.Null(new Options { Steps = 7, Flag = true }.Facts().Single(f => f.Key == "steps").Text);
        Assert.False(new Options().TryFind("steps")!.Affects(new Options { Steps = 7, Flag = true }));
    }

    [Fact]
    public void TwoSettingsOfOneKeyAreRefused()
    {
        var list = new SettingList();
        list.Add("rate", 1.0, Ranges.Finite, "");
        Assert.Contains("'rate' is declared twice", Assert.Throws<NonsmoothException>(() => list.Add("rate", 2.0, Ranges.Finite, "")).Message, StringComparison.Ordinal);
    }
}
