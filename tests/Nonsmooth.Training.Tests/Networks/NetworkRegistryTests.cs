using Nonsmooth.Training.Networks;

namespace Nonsmooth.Training.Tests.Networks;

public class NetworkRegistryTests
{
    [Fact]
    public void FindsEveryRowByItsName() =>
        Assert.All(NetworkRegistry.All, row => Assert.Equal(row.Name, NetworkRegistry.Find(row.Name).Name));

    [Theory]
    [InlineData("lenet", "lenet5")]
    [InlineData("LeNet-5", "lenet5")]
    [InlineData("mpl:4-3", "mlp:784-128-64-10")]
    public void AnUnknownNameGetsTheNearestOne(string name, string nearest)
    {
        var failure = Assert.Throws<NonsmoothException>(() => NetworkRegistry.Find(name));
        Assert.Contains($"no network '{name}', did you mean '{nearest}'?", failure.Message, StringComparison.Ordinal);
        Assert.All(NetworkRegistry.All, row => Assert.Contains(row.Name, failure.Message, StringComparison.Ordinal));
        Assert.DoesNotContain('\n', failure.Message);
    }
}
