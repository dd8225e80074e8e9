using Nonsmooth.Optimizers.Schedules;

namespace Nonsmooth.Optimizers.Tests.Groups;

public sealed class GroupTextTests
{
    [Fact]
    public void What_is_written_is_read_back()
    {
        GroupedOptions[] all =
        [
            new([ParameterGroup.Rest(new AdamWOptions())]),
            new([ParameterGroup.Named(["head", "fc2.weight"], new LionOptions { Beta1 = 0.8 }, rateFactor: 0.5, decay: false), ParameterGroup.Rest(new InnapropOptions())]),
            new([ParameterGroup.Named(["a"], new RmspropOptions { Decay = 0.5 }, decay: true), ParameterGroup.Named(["b"], new QHAdamOptions { Beta1 = 0.9 }), ParameterGroup.Rest(new SgdOptions { Nesterov = true })]),
            new([ParameterGroup.Rest(new InnapropOptions { AlphaSchedule = new LinearRate(0.1, 2, 100), StateFormat = NumberFormat.BFloat16 }, rateFactor: 1e-3)]),
        ];
        Assert.All(all, options =>
        {
            Assert.Equal(options, GroupedOptions.Parse(options.ToString()));
            Assert.Equal(options.ToString(), GroupedOptions.Parse(options.ToString()).ToString());
            Assert.Equal(options.Facts(), GroupedOptions.Parse(options.ToString()).Facts());
        });
        Assert.Equal("head, fc2.weight: lion beta1=0.8 rate-factor=0.5 decay=false; rest: innaprop", all[1].ToString());
    }

    [Theory]
    [InlineData("", "number of groups is 0")]
    [InlineData("head", "'head' is no group: give NAME")]
    [InlineData("head:", "'head:' is no group: give NAME")]
    [InlineData("head: lyon", "no optimizer 'lyon'")]
    [InlineData("head: lion beta1", "group 'head' has 'beta1': give key=value")]
    [InlineData("head: lion beta9=1", "optimizer 'lion' has no setting 'beta9'")]
    [InlineData("head: lion rate-factor=NaN", "rate-factor of group 'head' is 'NaN': give a finite number")]
    [InlineData("head: lion; head: adamw", "two groups have the name 'head'")]
    public void What_is_wrong_is_named(string text, string message) =>
        Assert.StartsWith(message, Assert.Throws<NonsmoothException>(() => GroupedOptions.Parse(text)).Message, StringComparison.Ordinal);
}
