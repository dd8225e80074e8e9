using Nonsmooth.Training.Networks;

namespace Nonsmooth.Training.Tests.Networks;

public class ModelsTests
{
    [Fact]
    public void FindsEveryRowByItsName() =>
        Assert.All(Models.All, row => Assert.Equal(row.Name, Models.Find(row.Name).Name));

    [Theory]
    [InlineData("lenet", ": did you mean lenet5?")]
    [InlineData("LeNet-5", ": did you mean lenet5?")]
    [InlineData("resnet-18", ": did you mean resnet18, ")]
    [InlineData("transformer", ": give one of ")]
    [InlineData("mpl:4-3", "; did you mean mlp:784-128-64-10?")]
    public void AnUnknownNameGetsTheNearestOnes(string name, string nearest)
    {
        var failure = Assert.Throws<NonsmoothException>(() => Models.Find(name));
        Assert.StartsWith($"no network '{name}'{nearest}", failure.Message, StringComparison.Ordinal);
        Assert.InRange(Models.All.Count(row => failure.Message.Contains(row.Name, StringComparison.Ordinal)), 1, 8);
        Assert.DoesNotContain('\n', failure.Message);
    }
}
