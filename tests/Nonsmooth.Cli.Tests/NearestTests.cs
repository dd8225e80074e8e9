namespace Nonsmooth.Cli.Tests;

public sealed class NearestTests
{
    [Theory]
    [InlineData("adawm", "adamw")]
    [InlineData("SGD", "sgd")]
    [InlineData("innapropp", "innaprop")]
    [InlineData("zzz", null)]
    [InlineData("", null)]
    public void FindsSlipsOnly(string typed, string? name) => Assert.Equal(name, Nearest.To(typed, ["innaprop", "adamw", "sgd"]));
}
