using Nonsmooth.Training.Networks;

namespace Nonsmooth.Training.Tests.Networks;

public class ModelsTests
{
    [Fact]
    public void FindsEveryRowByItsName() =>
        Assert.All(Models.All, row => Assert.Equal(row.Name, Models.Find(row.Name).Name));

    [Theory]
    [InlineData("lenet", "lenet5")]
    [InlineData("LeNet-5", "lenet5")]
    [InlineData("mpl:4-3", "mlp:784-128-64-10")]
    public void AnUnknownNameGetsTheNearestOne(string name, string nearest)
    {
        var failure = Assert.Throws<NonsmoothException>(() => Models.Find(name));
        Assert.Contains($"no network '{name}'; did you mean {nearest}?", failure.Message, StringComparison.Ordinal);
        Assert.All(Models.All, row => Assert.Contains(row.Name, failure.Message, StringComparison.Ordinal));
        Assert.DoesNotContain('\n', failure.Message);
    }
}
