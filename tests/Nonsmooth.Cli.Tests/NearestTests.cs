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

    [Theory]
    [InlineData("adamq", "give one of adam, adamw, sgd; did you mean adam or adamw?")]
    [InlineData("zzz", "give one of adam, adamw, sgd")]
    public void AShortListIsSaidWhole(string typed, string mend) => Assert.Equal(mend, Nearest.Mend(typed, ["adam", "adamw", "sgd"]));

    [Theory]
    [InlineData("name-12", "did you mean name-12?", 1)]
    [InlineData("name-x", "did you mean ", 3)]
    [InlineData("zzz", "give one of 40, as ", 3)]
    public void OfALongListThreeAre(string typed, string begins, int names)
    {
        string mend = Nearest.Mend(typed, Enumerable.Range(0, 40).Select(i => typed == "name-12" && i != 12 ? $"other{i}" : $"name-{i}"));
        Assert.StartsWith(begins, mend, StringComparison.Ordinal);
        Assert.Equal(names, mend.Split("name-").Length - 1 + (mend.Split("other").Length - 1));
    }
}
